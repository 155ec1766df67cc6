/** Books of options and of rates in columns: prepared once, moved, repriced where they moved. */
export * from './book.js';
export * from './book-threads.js';
export { BOOK_UNITS, MEASURES, type Measure, type VanillaColumns } from './columns.js';
export * from './implied-volatilities.js';
export * from './rates/book.js';
export { REASONS, type RowReason } from './reasons.js';
export * from './row-worth.js';
export type { BookSmile, StrikeSmile, SviSmile } from './smiles.js';
export * from './taylor.js';
