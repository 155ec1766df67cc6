/** What the generator knows of a record once its Avro schema has been read: everything that code and pages are made of. */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
export type JsonObject = { readonly [name: string]: Json };

/** How a record is kept: a topic's rows or columns, or a table's rows or numbered columns. */
export type RecordForm = 'rows' | 'columns' | 'table-rows' | 'table-numbered';

export interface RecordModel {
  /** The file it was read from, relative to `schemas/`. */
  readonly file: string;
  readonly name: string;
  /** `market` of `breakwater.market`. */
  readonly domain: string;
  readonly fullName: string;
  readonly form: RecordForm;
  readonly doc: string;
  readonly fields: readonly FieldModel[];
  /** The record's Avro schema, with every named type written out where it first occurs. */
  readonly schema: JsonObject;
}

export interface FieldModel {
  readonly name: string;
  readonly type: FieldType;
  readonly doc: string;
  readonly unit: string | undefined;
  /** What NaN means in this field; undefined where NaN must not occur. */
  readonly nan: string | undefined;
  /** The field's Avro default; undefined if it has none (Avro's null is null). */
  readonly default: Json | undefined;
  /** The field's Avro type, named types written out. */
  readonly avro: Json;
}

export type FieldType =
  | { readonly kind: 'int' | 'long' | 'double' | 'boolean' | 'string' | 'bytes' }
  | { readonly kind: 'decimal'; readonly scale: number }
  /** A long of fixed-point: a bigint in memory. */
  | { readonly kind: 'scaled'; readonly scale: number }
  /** Microseconds since 1970 UTC, a number in memory. */
  | { readonly kind: 'time' }
  | { readonly kind: 'enum'; readonly enum: EnumModel }
  | { readonly kind: 'optional'; readonly of: FieldType; readonly nullFirst: boolean }
  | { readonly kind: 'array'; readonly of: FieldType };

export interface EnumModel {
  readonly name: string;
  readonly fullName: string;
  readonly doc: string;
  readonly symbols: readonly string[];
  /** The file of the record that defines it: other records import it from there. */
  readonly file: string;
}

/** A schema that the generator refuses, and what to do about it. */
export class SchemaError extends Error {
  override readonly name = 'SchemaError';
}
