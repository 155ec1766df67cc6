/**
 * Commits an epoch whatever becomes of the answer. An epoch that was computed is never computed again: where nobody can
 * say whether a commit took effect, the task's committed-epoch marker says it, and the same bytes are sent again only if
 * it is absent.
 */
import { OutcomeUnknownError, type TaskStore } from '../ports/backend';
import type { Epoch } from '../ports/epoch';

/** Throws what else went wrong: then the task has to be dropped and restored. */
export async function commitSurely(store: TaskStore, epoch: Epoch): Promise<void> {
  for (;;) {
    try {
      await store.commit(epoch);
      return;
    } catch (error) {
      if (!(error instanceof OutcomeUnknownError)) throw error;
      if ((await store.committed()) >= epoch.number) return;
    }
  }
}
