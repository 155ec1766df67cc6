/**
 * Rounds of life and death on one data folder: start the child, kill it (at a failpoint, or at a random instant),
 * again and again until it has sent and computed everything; then hold what is there against an undisturbed run, the
 * run's own recorded epochs, and the producer's own file.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareTopics, topicsOf } from '../../runtime/drive/open-job';
import type { Backend } from '../../runtime/ports/backend';
import { recompute } from '../../runtime/rerun/recompute';
import type { Topic } from '../../runtime/stream/topic';
import { MessageCursor } from '../../runtime/wire/messages';
import { compareRuns } from '../support/compare-runs';
import { HandClock } from '../support/toy';
import type { ChildOrders } from './child';
import type { Sabotage } from './commit-thread';
import { BUILD, PRODUCER, type Scenario } from './scenario';
import { sliceScenario } from './slice-scenario';
import { openWorld, runWorld } from './world';

export interface RoundsOptions {
  readonly dir: string;
  readonly batches: number;
  /** Deaths; then the child may live to the end. */
  readonly rounds: number;
  readonly seed: number;
  readonly sabotage?: Sabotage;
  readonly report?: (line: string) => void;
}

export interface RoundsResult {
  /** How often death came in which phase. */
  readonly deaths: Readonly<Record<string, number>>;
  /** What differs; none if nothing was lost, doubled or changed. */
  readonly findings: readonly string[];
}

const FAILPOINTS = [
  'commit.before-transaction',
  'commit.in-transaction.after-outputs',
  'commit.in-transaction.after-tables',
  'commit.before-flush',
  'commit.after-flush',
];

export async function runRounds(options: RoundsOptions): Promise<RoundsResult> {
  const disturbed = join(options.dir, 'disturbed');
  const sentFile = join(options.dir, 'sent');
  mkdirSync(disturbed, { recursive: true });
  const resumed = progressOf(options.dir);
  if (!resumed) writeFileSync(sentFile, '');
  const deaths: Record<string, number> = resumed?.deaths ?? {};
  const random = randomOf(options.seed);
  for (let round = resumed?.rounds ?? 0; round < options.rounds; round += 1) {
    const phase = await live(options, { dir: disturbed, sentFile, kill: killOf(options, round, random) });
    if (phase === undefined) break;
    deaths[phase] = (deaths[phase] ?? 0) + 1;
    saveProgress(options.dir, { rounds: round + 1, deaths });
    options.report?.(`round ${round + 1} of ${options.rounds}: died in ${phase}`);
  }
  const end = await live(options, { dir: disturbed, sentFile, kill: undefined });
  const findings =
    end === undefined ? await compare(options, disturbed, sentFile) : [`the last child died in ${end}`];
  return { deaths, findings };
}

interface RoundsProgress {
  readonly rounds: number;
  readonly deaths: Record<string, number>;
}

/** How far an earlier call came on the same folder. */
function progressOf(dir: string): RoundsProgress | undefined {
  const file = join(dir, 'progress.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as RoundsProgress) : undefined;
}

const saveProgress = (dir: string, progress: RoundsProgress): void =>
  writeFileSync(join(dir, 'progress.json'), JSON.stringify(progress));

type Kill =
  | { readonly failpoint: { readonly name: string; readonly passing: number } }
  | { readonly afterMillis: number };

function killOf({ sabotage }: RoundsOptions, round: number, random: () => number): Kill {
  const passing = 1 + Math.floor(random() * 12);
  if (sabotage) return { failpoint: { name: 'sabotage.between', passing } };
  if (round % 2 === 1) return { afterMillis: random() * 120 };
  return { failpoint: { name: FAILPOINTS[Math.floor(random() * FAILPOINTS.length)]!, passing } };
}

/** One life. Answers the phase in which it was killed, undefined if it came to its end. */
async function live(
  { batches, sabotage }: RoundsOptions,
  {
    dir,
    sentFile,
    kill,
  }: { readonly dir: string; readonly sentFile: string; readonly kill: Kill | undefined },
): Promise<string | undefined> {
  const phaseFile = `${sentFile}.phase`;
  writeFileSync(phaseFile, 'starting'.padEnd(64));
  const orders: ChildOrders = {
    dir,
    batches,
    sentFile,
    phaseFile,
    ...(sabotage && { sabotage }),
    ...(kill && 'failpoint' in kill && kill),
  };
  const child = spawn(process.execPath, [join(__dirname, 'child.js'), JSON.stringify(orders)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (data) => {
    said += data;
  });
  child.stdout.on('data', (data) => {
    if (kill && 'afterMillis' in kill && String(data).includes('ready'))
      setTimeout(() => child.kill('SIGKILL'), kill.afterMillis);
  });
  const { code, signal } = await new Promise<{ code: number | null; signal: string | null }>((resolve) =>
    child.on('exit', (exitCode, exitSignal) => resolve({ code: exitCode, signal: exitSignal })),
  );
  if (code === 0) return undefined;
  if (signal === 'SIGKILL') return readFileSync(phaseFile, 'utf8').trim();
  throw new Error(`the child ended with ${code ?? signal}: ${said}`);
}

async function compare(options: RoundsOptions, disturbed: string, sentFile: string): Promise<string[]> {
  const scenario: Scenario = sliceScenario;
  const undisturbed = join(options.dir, 'undisturbed');
  mkdirSync(undisturbed, { recursive: true });
  await runWorld({
    dir: undisturbed,
    scenario,
    batches: options.batches,
    sentFile: join(options.dir, 'undisturbed-sent'),
  });
  const [one, other] = await Promise.all(
    [disturbed, undisturbed].map((dir) => openWorld({ dir }, new HandClock())),
  );
  const id = { job: scenario.job.name, partition: 0 };
  const runs = [one!, other!].map(async (backend) => ({
    backend,
    tasks: [(await backend.openTask(id)).restored],
  }));
  const schemaIds = await prepareTopics([...topicsOf(scenario.job), scenario.deadLetters as Topic], 1, one!);
  const findings = [
    ...sentAgainstLog(scenario, one!, schemaIds, { sentFile, batches: options.batches }),
    ...compareRuns(await runs[0]!, await runs[1]!, scenario.compared),
    ...(await recomputed(scenario, one!, schemaIds)),
  ];
  await Promise.all([one!.close(), other!.close()]);
  return findings;
}

async function recomputed(
  scenario: Scenario,
  backend: Backend,
  schemaIds: ReadonlyMap<string, number>,
): Promise<string[]> {
  const differences = await recompute(backend.recorded({ job: scenario.job.name, partition: 0 }, 1), {
    job: scenario.job,
    partition: 0,
    backend,
    schemaIds,
    deadLetters: scenario.deadLetters,
    versions: scenario.versions,
    build: BUILD,
    stepBytes: 1 << 14,
    holdMicros: 5_000_000,
  });
  return differences.map(({ topic, epoch, detail }) => `epoch ${epoch} run again, ${topic}: ${detail}`);
}

/** The log's inputs must be what the producer sent, in its order, once. */
function sentAgainstLog(
  scenario: Scenario,
  { log }: Backend,
  schemaIds: ReadonlyMap<string, number>,
  { sentFile, batches }: { readonly sentFile: string; readonly batches: number },
): string[] {
  const lines = readFileSync(sentFile, 'utf8').split('\n');
  const acknowledged = new Set(
    lines.filter((line) => line.startsWith('acknowledged')).map((line) => Number(line.split(' ')[1])),
  );
  const sent = new Set(
    lines.filter((line) => line.startsWith('sent')).map((line) => Number(line.split(' ')[1])),
  );
  const findings: string[] = [];
  if (sent.size !== batches) findings.push(`${PRODUCER} sent ${sent.size} batches of ${batches}`);
  for (const sequence of acknowledged)
    if (!sent.has(sequence)) findings.push(`batch ${sequence} was never sent`);
  const expected = new Map<string, Buffer[]>();
  for (let sequence = 1; sequence <= batches; sequence += 1) {
    for (const { topic, messages } of scenario.batch(sequence, schemaIds)) {
      const all = expected.get(topic) ?? [];
      all.push(...messagesOf(messages));
      expected.set(topic, all);
    }
  }
  for (const [topic, messages] of expected) {
    const found = readMessages(log, topic);
    const at = messages.findIndex((message, index) => !found[index]?.equals(message));
    if (found.length !== messages.length)
      findings.push(`topic ${topic} holds ${found.length} messages of ${messages.length} sent`);
    else if (at >= 0) findings.push(`topic ${topic}: message ${at} is not the one that was sent`);
  }
  return findings;
}

function readMessages(log: Backend['log'], topic: string): Buffer[] {
  const reader = log.reader({ topic, partition: 0, next: 0 }, 'crash-test');
  const messages: Buffer[] = [];
  for (let chunk = reader.poll(1 << 20); chunk; chunk = reader.poll(1 << 20))
    messages.push(...messagesOf(chunk));
  reader.close();
  return messages;
}

function messagesOf(chunk: Parameters<MessageCursor['over']>[0]): Buffer[] {
  const cursor = new MessageCursor().over(chunk);
  const messages: Buffer[] = [];
  while (cursor.next()) messages.push(Buffer.from(cursor.bytes.subarray(cursor.keyStart, cursor.valueEnd)));
  return messages;
}

/** Mulberry32: small, seeded, good enough to choose where to die. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
