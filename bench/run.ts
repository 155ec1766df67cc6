/** Runs benches from the command line: `node dist/bench/run.js [NAME] [SCALE] [--json]`. */
import { benches } from './all';
import { runBenches } from './report';

const [name, scale] = process.argv.slice(2).filter((word) => !word.startsWith('--'));

runBenches(
  benches.filter((bench) => name === undefined || bench.name === name),
  { scale: Number(scale ?? 1), json: process.argv.includes('--json'), print: (line) => console.log(line) },
).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
