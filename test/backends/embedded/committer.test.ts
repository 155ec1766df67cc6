/** Requests of several threads in one transaction: a refusal is its own request's alone. */
import { layArena } from '../../../backends/embedded/arena';
import { Committer } from '../../../backends/embedded/committer';
import { OwnedStore } from '../../../backends/embedded/owned-store';
import type { CommitRequest, Operation, Request } from '../../../backends/embedded/protocol';
import { BackendError } from '../../../runtime/ports/backend';
import { noFailpoints } from '../../../runtime/ports/failpoint';
import { chunkOf, QUOTES, TASK, to } from '../../conformance/support';
import { temporaryFolder } from '../../support/temporary-folder';
import { NOON } from './support';

/** Refuses every epoch when its outputs are written already. */
class HalfWay extends Committer {
  protected override writeTables(): never {
    throw new BackendError('refused half way');
  }
}

const dir = temporaryFolder();
const requestOf = (id: number, operation: Operation): Request => ({ id, now: NOON, operation });

function commitOf(): CommitRequest {
  const { buffer, outputs, tables, computed } = layArena({
    outputs: [to(QUOTES.name, 0, chunkOf('a'))],
    tables: [],
    computed: new Uint8Array(0),
  });
  const place = { kind: 'commit', task: TASK, generation: 1, epoch: 1, nextStep: 1, stepNow: 1 } as const;
  return {
    ...place,
    progress: [],
    filled: [],
    phase: undefined,
    marks: [],
    buffer,
    outputs,
    tables,
    computed,
  };
}

test('a request that is refused half way takes no other with it that has the same id in another thread', async () => {
  const store = new OwnedStore(dir, 2 ** 28);
  const quota = { full: false, usedBytes: 0, quotaBytes: 1 };
  const committer = new HalfWay(store, noFailpoints, () => quota);
  committer.group([
    requestOf(1, { kind: 'topics', topics: [QUOTES] }),
    requestOf(2, { kind: 'task', task: TASK }),
  ]);
  const bookmark = { name: 'sink', state: Buffer.from('done'), needs: [] };
  const { answers, ends } = committer.group([
    requestOf(7, commitOf()),
    requestOf(7, { kind: 'bookmark', name: 'sink', bookmark }),
  ]);

  expect(answers.map(({ failure }) => failure?.message)).toEqual(['refused half way', undefined]);
  expect(ends).toEqual([]);
  await store.close();
});
