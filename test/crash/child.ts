/** The process that is killed: `node child.js ORDERS-AS-JSON`. */
import { openSync } from 'node:fs';
import type { CrashOrders } from './commit-thread';
import { sliceScenario } from './slice-scenario';
import { runWorld } from './world';

export interface ChildOrders extends Omit<CrashOrders, 'phaseFile'> {
  readonly dir: string;
  readonly batches: number;
  readonly sentFile: string;
  readonly phaseFile: string;
}

async function main(): Promise<void> {
  const { phaseFile, ...orders } = JSON.parse(process.argv[2]!) as ChildOrders;
  await runWorld({
    ...orders,
    scenario: sliceScenario,
    orders: { ...orders, phaseFile: openSync(phaseFile, 'r+') },
    report: (line) => process.stdout.write(`${line}\n`),
  });
  process.stdout.write('done\n');
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
