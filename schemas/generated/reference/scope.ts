// Generated from schemas/scope.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';

/** What a node of the tree stands for. */
export const ScopeKind = { Firm: 0, Desk: 1, Book: 2, Trader: 3, Strategy: 4 } as const;
export type ScopeKind = (typeof ScopeKind)[keyof typeof ScopeKind];
export const scopeKindNames = ['Firm', 'Desk', 'Book', 'Trader', 'Strategy'] as const;

/** Which price of a mark values a position. */
export const MarkSide = { Inherited: 0, Mid: 1, ClosingSide: 2 } as const;
export type MarkSide = (typeof MarkSide)[keyof typeof MarkSide];
export const markSideNames = ['Inherited', 'Mid', 'ClosingSide'] as const;

/** A node of the tree that positions and risk are summed over, from one time on: firm, desk, book, trader, strategy. */
export interface Scope {
  /** Number of the scope, as reference data allotted it. */
  readonly scope: number;
  /** The name as people and files know it; no two scopes share one. */
  readonly name: string;
  /** What it stands for. */
  readonly kind: ScopeKind;
  /** Number of the scope above it; null for a root. */
  readonly parent: number | undefined;
  /** What its totals are in; null: as the scope above it, and of a root the configuration. */
  readonly baseCurrency: string | undefined;
  /** Which price values its positions: the middle, or the side at which they could be closed. Inherited: as the scope above it, and of a root the configuration. */
  readonly markSide: MarkSide;
  /** Name of the calendar whose trading days roll its day; null: as the scope above it. */
  readonly calendar: string | undefined;
  /** From when on this holds; 0: since whenever, until told otherwise. Unit: microseconds since 1970 UTC. */
  readonly validFrom: number;
  /** Until when this holds, that time not included; 0: until another version takes its place. Unit: microseconds since 1970 UTC. */
  readonly validTo: number;
  /** Number of the load of reference data that last changed this; 0: it came by another way. */
  readonly version: number;
  /** Who changed it; empty where nobody said. */
  readonly changedBy: string;
  /** Why it was changed; empty where nobody said. */
  readonly why: string;
}

export const scopeCodec: RowsCodec<Scope> = {
  layout: 'rows',
  record: 'breakwater.reference.Scope',
  schema:
    '{"type":"record","name":"Scope","namespace":"breakwater.reference","doc":"A node of the tree that positions and risk are summed over, from one time on: firm, desk, book, trader, strategy.","fields":[{"name":"scope","type":"int","doc":"Number of the scope, as reference data allotted it."},{"name":"name","type":"string","doc":"The name as people and files know it; no two scopes share one."},{"name":"kind","type":{"type":"enum","name":"ScopeKind","namespace":"breakwater.reference","doc":"What a node of the tree stands for.","symbols":["Firm","Desk","Book","Trader","Strategy"]},"doc":"What it stands for."},{"name":"parent","type":["null","int"],"default":null,"doc":"Number of the scope above it; null for a root."},{"name":"baseCurrency","type":["null","string"],"default":null,"doc":"What its totals are in; null: as the scope above it, and of a root the configuration."},{"name":"markSide","type":{"type":"enum","name":"MarkSide","namespace":"breakwater.reference","doc":"Which price of a mark values a position.","symbols":["Inherited","Mid","ClosingSide"],"default":"Inherited"},"default":"Inherited","doc":"Which price values its positions: the middle, or the side at which they could be closed. Inherited: as the scope above it, and of a root the configuration."},{"name":"calendar","type":["null","string"],"default":null,"doc":"Name of the calendar whose trading days roll its day; null: as the scope above it."},{"name":"validFrom","type":{"type":"long","logicalType":"timestamp-micros"},"default":0,"doc":"From when on this holds; 0: since whenever, until told otherwise.","unit":"microseconds since 1970 UTC"},{"name":"validTo","type":{"type":"long","logicalType":"timestamp-micros"},"default":0,"doc":"Until when this holds, that time not included; 0: until another version takes its place.","unit":"microseconds since 1970 UTC"},{"name":"version","type":"long","default":0,"doc":"Number of the load of reference data that last changed this; 0: it came by another way."},{"name":"changedBy","type":"string","default":"","doc":"Who changed it; empty where nobody said."},{"name":"why","type":"string","default":"","doc":"Why it was changed; empty where nobody said."}]}',
  encode(row, to) {
    to.int(row.scope);
    to.string(row.name);
    to.index(row.kind, 5);
    if (row.parent === undefined) to.index(0, 2);
    else {
      to.index(1, 2);
      to.int(row.parent);
    }
    if (row.baseCurrency === undefined) to.index(0, 2);
    else {
      to.index(1, 2);
      to.string(row.baseCurrency);
    }
    to.index(row.markSide, 3);
    if (row.calendar === undefined) to.index(0, 2);
    else {
      to.index(1, 2);
      to.string(row.calendar);
    }
    to.long(row.validFrom);
    to.long(row.validTo);
    to.long(row.version);
    to.string(row.changedBy);
    to.string(row.why);
  },
  decode: (from) => ({
    scope: from.int(),
    name: from.string(),
    kind: from.index(5) as ScopeKind,
    parent: from.index(2) === 1 ? from.int() : undefined,
    baseCurrency: from.index(2) === 1 ? from.string() : undefined,
    markSide: from.index(3) as MarkSide,
    calendar: from.index(2) === 1 ? from.string() : undefined,
    validFrom: from.long(),
    validTo: from.long(),
    version: from.long(),
    changedBy: from.string(),
    why: from.string(),
  }),
};
