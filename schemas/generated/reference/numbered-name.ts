// Generated from schemas/numbered-name.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';

/** The number that stands for a name, allotted once and for ever. */
export interface NumberedName {
  /** What is numbered: instrument, account, venue, … */
  readonly domain: string;
  /** The name as people and files know it. */
  readonly name: string;
  /** Its number within the domain; dense from 0, never used again for another name. */
  readonly number: number;
}

export const numberedNameCodec: RowsCodec<NumberedName> = {
  layout: 'rows',
  record: 'breakwater.reference.NumberedName',
  schema:
    '{"type":"record","name":"NumberedName","namespace":"breakwater.reference","doc":"The number that stands for a name, allotted once and for ever.","fields":[{"name":"domain","type":"string","doc":"What is numbered: instrument, account, venue, …"},{"name":"name","type":"string","doc":"The name as people and files know it."},{"name":"number","type":"int","doc":"Its number within the domain; dense from 0, never used again for another name."}]}',
  encode(row, to) {
    to.string(row.domain);
    to.string(row.name);
    to.int(row.number);
  },
  decode: (from) => ({
    domain: from.string(),
    name: from.string(),
    number: from.int(),
  }),
};
