/**
 * A stopped folder is damaged, and started again: it goes on with exactly what was written, or ends within seconds,
 * names the damage and says so with its exit code. It never hangs, dies without a word, or shows a wrong number.
 */
import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startCommand } from '../support/command-line';
import { type Damage, inflict, randoms, someDamage } from '../support/damage';
import { inLongRuns } from '../support/long-runs';
import { temporaryFolder } from '../support/temporary-folder';

const CASES = inLongRuns(100, 5);
/** A start mostly waits for its second to pass. */
const AT_ONCE = 3;
/** What hangs does so for ever; a crowded machine only takes its time. */
const PATIENCE_MILLIS = 60_000;

const folder = temporaryFolder();
const config = join(folder, 'breakwater.json');
const whole = join(folder, 'whole');

interface Shown {
  readonly type: string;
  readonly recordsIn: number;
  readonly accounts: readonly { account: string; currency: string; realised: number; positions: number }[];
}

const summaryOf = (stdout: string): Shown => JSON.parse(stdout.trimEnd().split('\n').at(-1)!) as Shown;

/** What does not move with the clock: who holds how much, and what was realised. */
function booksOf(stdout: string): string {
  return JSON.stringify(
    summaryOf(stdout).accounts.map(({ account, currency, realised, positions }) => [
      account,
      currency,
      realised,
      positions,
    ]),
  );
}

const start = (dir: string, ...more: string[]) =>
  startCommand(['start', '--config', config, '--dir', dir, '--json', '--port', '0', ...more]);

async function outcomeOf(one: Damage, books: string): Promise<string> {
  const dir = join(folder, `${one.number}`);
  cpSync(whole, dir, { recursive: true });
  inflict(one, dir);
  const run = start(dir, '--no-simulator', '--for', '1s');
  let hung = false;
  const patience = setTimeout(() => {
    hung = true;
    run.child.kill('SIGKILL');
  }, PATIENCE_MILLIS);
  const { code, signal, stdout, stderr } = await run.finished;
  clearTimeout(patience);
  rmSync(dir, { recursive: true, force: true });
  if (hung) return 'hung';
  if (code === 0) return booksOf(stdout) === books ? 'right' : `wrong: ${stdout}`;
  if (
    code === 3 &&
    /breakwater: .*(damaged|missing|truncated|contradict|checksum|acknowledged|last written)/.test(stderr)
  )
    return 'named';
  return `code ${code}, signal ${signal}: ${stderr}`;
}

test(`${CASES} damaged folders: what was written, or the damage named with exit code 3`, async () => {
  writeFileSync(config, JSON.stringify({ clickhouse: { enabled: false } }));
  expect((await start(whole, '--for', '2s').finished).code).toBe(0);
  // Read to the end: what a start shows does not depend on how far it comes.
  let undamaged: string;
  do undamaged = (await start(whole, '--no-simulator', '--for', '1s').finished).stdout;
  while (summaryOf(undamaged).recordsIn > 0);
  const books = booksOf(undamaged);
  expect(books).toContain('ARB-1');
  const files = readdirSync(whole).filter((name) => name !== 'lock.mdb');
  const random = randoms(20_261_130);
  const cases = Array.from({ length: CASES }, (_, number) => someDamage(number, whole, files, random));
  const wrong: unknown[] = [];
  const lane = async (): Promise<void> => {
    for (let one = cases.shift(); one; one = cases.shift()) {
      const outcome = await outcomeOf(one, books);
      if (outcome !== 'right' && outcome !== 'named') wrong.push([one, outcome]);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  expect(wrong).toEqual([]);
}, 1_200_000);
