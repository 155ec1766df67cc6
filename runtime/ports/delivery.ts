/** Bringing something to people by a provider that is not ours: over HTTP, by mail. */

/** It was not taken, or nobody knows whether it was. */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError';

  constructor(
    message: string,
    readonly how: {
      /** When the other side asks to be tried again. */
      readonly retryAfterMicros?: number;
      /** The other side says that this is wrong in itself: to send it again is of no use. */
      readonly isRefused?: boolean;
    } = {},
  ) {
    super(message);
  }
}
