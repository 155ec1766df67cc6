/** The process that is killed: `node child.js ORDERS-AS-JSON`. */
import { openSync } from 'node:fs';
import type { CrashOrders } from './commit-thread';
import { scenarios } from './scenarios';
import { runWorld } from './world';

export interface ChildOrders extends Omit<CrashOrders, 'phaseFile'> {
  readonly dir: string;
  readonly scenario: keyof typeof scenarios;
  readonly batches: number;
  readonly sentFile: string;
  readonly phaseFile: string;
}

async function main(): Promise<void> {
  const { phaseFile, scenario, ...orders } = JSON.parse(process.argv[2]!) as ChildOrders;
  await runWorld({
    ...orders,
    scenario: scenarios[scenario],
    orders: { ...orders, phaseFile: openSync(phaseFile, 'r+') },
    report: (line) => process.stdout.write(`${line}\n`),
  });
  process.stdout.write('done\n');
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
