/**
 * The long crash test: `node dist/test/crash/run.js DIR [ROUNDS]`. Called again on the same folder it goes on where it was.
 * Prints where each child died, and at the end the count by phase and what differs; exits with 1 if anything does.
 */
import { runRounds } from './rounds';

async function main(): Promise<void> {
  const [dir, rounds = '200'] = process.argv.slice(2);
  if (dir === undefined) throw new Error('usage: node dist/test/crash/run.js DIR [ROUNDS]');
  const count = Number(rounds);
  const { deaths, findings } = await runRounds({
    dir,
    batches: count * 75,
    rounds: count,
    seed: 1,
    report: console.log,
  });
  console.log(JSON.stringify({ deaths, findings: findings.slice(0, 20) }, undefined, 2));
  process.exitCode = findings.length > 0 ? 1 : 0;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
