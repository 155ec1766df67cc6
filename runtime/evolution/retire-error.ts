/** What a person asked for cannot be done; the message says what can. */
export class RetireError extends Error {
  override readonly name = 'RetireError';
}
