/** Who brings a notice to people. */
import type { Notice } from './notice';

export interface Courier {
  /**
   * Resolves when whoever is to have it has taken it, with a remark where not all was well. Rejects with a DeliveryError,
   * or anything else, where he has not.
   */
  deliver(notice: Notice, stop: AbortSignal): Promise<string | undefined>;
}
