/** How a run shows itself: a picture on a terminal, lines elsewhere, JSON if asked. */
import { join } from 'node:path';
import { amount } from './amounts';
import type { Config } from './config';
import { type Summary, summaryLines } from './live-summary';
import { type LiveState, liveView } from './live-view';
import { type Logger, logTo } from './log-to';
import { outputTo } from './terminal/output';
import { printable } from './terminal/printable';
import { Screen } from './terminal/screen';

export interface Face {
  readonly everyMillis: number;
  readonly logger: Logger;
  show(state: LiveState): void;
  leave(): void;
  finish(summary: Summary): void;
}

export function faceOf({ json = false }: { readonly json?: boolean }, { logs, dataFolder }: Config): Face {
  const output = outputTo(process.stdout);
  const say = (line: string): void => output.write(`${line}\n`);
  if (json) {
    return {
      everyMillis: 1000,
      logger: logTo(logs),
      show: ({ seconds, epoch, accounts }) =>
        say(JSON.stringify({ type: 'accounts', seconds, epoch, accounts })),
      leave: () => undefined,
      finish: (summary) => say(JSON.stringify(summary)),
    };
  }
  const finish = (summary: Summary): void => summaryLines(summary).forEach(say);
  if (!output.isTerminal) {
    return {
      everyMillis: 2000,
      logger: logTo(logs),
      show: (state) => plainLines(state).forEach(say),
      leave: () => undefined,
      finish,
    };
  }
  const screen = new Screen(output);
  return {
    everyMillis: 100,
    // The picture would be torn by lines on standard error.
    logger: logTo({ ...logs, file: logs.file ?? join(dataFolder, 'breakwater.log') }),
    show: (state) => screen.draw(liveView(state, output)),
    leave: () => screen.close(),
    finish,
  };
}

function plainLines({ seconds, epoch, recordsInPerSecond, accounts, troubles }: LiveState): string[] {
  const rate = amount(recordsInPerSecond, 0);
  const lines = [
    `${seconds.toFixed(1)} s, epoch ${epoch}, ${rate} records/s`,
    ...accounts.map(
      ({ account, currency, realised, unrealised, positions, unpriced }) =>
        `  ${account} ${currency}: realised ${amount(realised)}, unrealised ${amount(unrealised)}, ${positions} positions${unpriced > 0 ? `, ${unpriced} unpriced` : ''}`,
    ),
    ...troubles.map((trouble) => `  ! ${trouble}`),
  ];
  return lines.map(printable);
}
