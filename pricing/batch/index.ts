/** Books of options and of rates in columns: prepared once, moved, repriced where they moved. */
export * from './book';
export * from './book-threads';
export { BOOK_UNITS, MEASURES, type Measure, type VanillaColumns } from './columns';
export * from './implied-volatilities';
export * from './rates/book';
export { REASONS, type RowReason } from './reasons';
export * from './row-worth';
export type { BookSmile, StrikeSmile, SviSmile } from './smiles';
export * from './taylor';
