import type { ReferenceRow } from './reference-row';

/** Says what is wrong with a field of a row, and what to do. */
export type Report = (row: ReferenceRow, field: string | undefined, what: string, todo: string) => void;
