/** The process that is killed while its tasks run on worker threads: `node workers-child.js ORDERS-AS-JSON`. */
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { type Amount, amounts } from '../support/toy';
import { ToyThreads } from '../support/toy-threads';

export interface WorkersOrders {
  readonly dir: string;
  readonly count: number;
  readonly threads: number;
  readonly batches: number;
  readonly phaseFile: string;
  readonly failpoint?: { readonly name: string; readonly passing: number };
}

const KEYS = 17;

/** The same whenever it is made. */
export const batchOf = (sequence: number): Amount[] =>
  Array.from({ length: 8 }, (_, index) => ({
    key: (sequence * 7 + index * 3) % KEYS,
    amount: ((sequence + index) % 5) + 1,
  }));

export const totalOf = (batches: number): number => {
  let total = 0;
  for (let sequence = 1; sequence <= batches; sequence += 1)
    for (const { amount } of batchOf(sequence)) total += amount;
  return total;
};

async function main(): Promise<void> {
  const { phaseFile, failpoint, batches, ...place } = JSON.parse(process.argv[2]!) as WorkersOrders;
  const data = { phaseFile: openSync(phaseFile, 'r+'), ...(failpoint && { failpoint }) };
  const world = await ToyThreads.open({
    ...place,
    thread: { file: join(__dirname, 'commit-thread.js'), data },
  });
  process.stdout.write(`ready at ${world.backend.log.ends({ topic: amounts.name, partition: 0 }).next}\n`);
  while (world.sequence < batches) await world.send(batchOf(world.sequence + 1));
  await world.drained();
  await world.until(() => world.total() === totalOf(batches));
  await world.stop();
  await world.backend.close();
}

if (require.main === module)
  main().then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      process.exit(1);
    },
  );
