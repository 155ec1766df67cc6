/** Another thread of the owning process: reads a topic, looks a name up, sets a bookmark, and says what it saw. */
import { parentPort, workerData } from 'node:worker_threads';
import { attachEmbedded, type EmbeddedShare } from '../../../backends/embedded/open';
import { read } from '../../conformance/support';
import { NOON } from './support';

interface Orders {
  readonly share: EmbeddedShare;
  readonly topic: string;
  readonly count: number;
}

async function run({ share, topic, count }: Orders): Promise<void> {
  const backend = attachEmbedded(share, { clock: { now: () => NOON } });
  const refused = await backend.names.numbersOf('account', ['NEW']).catch((error: Error) => error.message);
  parentPort?.postMessage({ refused });
  const messages = await read(backend, count, { topic });
  const next = messages.at(-1)!.offset + 1;
  await backend.bookmarks.set({
    name: 'joined',
    state: Buffer.from('seen'),
    needs: [{ topic, partition: 0, next }],
  });
  parentPort?.postMessage({
    keys: messages.map(({ key }) => key),
    name: backend.names.nameOf('account', 0),
  });
  await backend.close();
}

run(workerData as Orders).catch((error: unknown) => {
  throw error;
});
