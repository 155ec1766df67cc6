/** What a book cannot take: it would be wrong from there on, so whoever feeds it must start over from a snapshot. */
export class BookError extends Error {
  override readonly name = 'BookError';
}
