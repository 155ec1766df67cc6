/** `breakwater start`: the job, live, until Ctrl-C or `--for` is over. */
import { type Command, InvalidArgumentError } from 'commander';
import type { Config, FeedConfig } from '../config';
import { drawPaced } from '../draw-paced';
import { durationMillis } from '../durations';
import { feedOption, withFeeds } from '../feeds/feed-option';
import { listenForInterrupts } from '../interrupts';
import { type Live, openLive } from '../live';
import type { Summary } from '../live-summary';
import { type Face, faceOf } from '../start-face';
import { systemClock } from '../system-clock';
import { configOf, type PlaceOptions, withPlace } from './options';

interface StartOptions extends PlaceOptions {
  readonly feed?: readonly FeedConfig[];
  readonly for?: number;
  readonly json?: boolean;
  readonly port?: number;
  readonly rate?: number;
  readonly simulator: boolean;
}

const EXAMPLES = `
Examples:
  npm start                                    the simulator, P&L moving in the terminal
  npm start -- --for 30s                       … ends by itself with a summary
  npx breakwater start --json > pnl.ndjson     one JSON object a line, a second each, and a summary
  npx breakwater start --feed binance:btcusdt,ethusdt --feed deribit:BTC-options
                                               … the prices of venues instead
  npx breakwater start --no-simulator          only what is produced: see "breakwater produce --help"

In the terminal 1, 2, … turn pages, ? tells the keys and columns, q stops.
After a crash the next start goes on where it was. Ctrl-C stops cleanly; a second one stops at once.`;

export function addStartCommand(program: Command): void {
  withPlace(program.command('start'))
    .description('run the job live: what comes in moves positions and P&L')
    .option('--for <duration>', 'end after this time with a summary (30s, 2m, 1h)', durationMillis)
    .option('--feed <venue:symbols>', 'a venue and what to follow there; may be said again', feedOption)
    .option('--json', 'one JSON object a line instead of a picture')
    .option('--port <number>', 'port for metrics and health, 0 for any free one', wholeNumber)
    .option('--rate <number>', 'events of the simulator a second', wholeNumber)
    .option('--no-simulator', 'make no market')
    .addHelpText('after', EXAMPLES)
    .action((options: StartOptions) => start(options));
}

function wholeNumber(text: string): number {
  if (/^\d{1,7}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Write a whole number.');
}

async function start(options: StartOptions): Promise<void> {
  const config = startConfig(options);
  const face = faceOf(options, config);
  const interrupts = listenForInterrupts(() => face.leave());
  try {
    const live = await openLive({ config, clock: systemClock, logger: face.logger });
    const last = await run(live, face, interrupts.signal, options.for);
    face.leave();
    face.finish(last);
  } finally {
    face.leave();
    interrupts.release();
  }
}

/** Shows until the end, closes, and answers the summary. */
async function run(
  live: Live,
  face: Face,
  signal: AbortSignal,
  millis: number | undefined,
): Promise<Summary> {
  let summary: Summary;
  const drawing = drawPaced(face, live);
  try {
    await Promise.race([
      stopped(signal),
      ...(millis === undefined ? [] : [after(millis, signal)]),
      live.failed,
      drawing.failed,
    ]);
    summary = summaryOf(live);
  } finally {
    drawing.stop();
    await live.close();
  }
  return summary;
}

function summaryOf(live: Live): Summary {
  const { state, accounts, positionCount, limits } = live.shown();
  const { dir, seconds, epoch, recordsIn, refused, troubles } = state;
  const { recordsOut, deadLetters } = live.counts();
  return {
    type: 'summary',
    dir,
    seconds,
    epoch,
    simulated: live.simulated(),
    recordsIn,
    recordsOut,
    deadLetters,
    refused,
    troubles,
    accounts: accounts(),
    positions: positionCount(),
    limits: limits(),
  };
}

function startConfig(options: StartOptions): Config {
  const config = configOf(options);
  const { port, rate, simulator, feed } = options;
  const feeds = withFeeds(config.feeds, feed ?? []);
  return {
    ...config,
    feeds,
    http: { ...config.http, ...(port !== undefined && { port }) },
    simulator: {
      ...config.simulator,
      // Made-up prices beside real ones would be one P&L.
      enabled: config.simulator.enabled && simulator && feeds.length === 0,
      ...(rate !== undefined && { eventsPerSecond: rate }),
    },
  };
}

const stopped = (signal: AbortSignal): Promise<void> =>
  signal.aborted
    ? Promise.resolve()
    : new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

const after = (millis: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, millis);
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  });
