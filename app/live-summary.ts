/** What `start` has to say when it ends, for people and for programs. */
import { count, money } from './amounts';
import { type LimitLine, limitSentence } from './limit-lines';
import type { LiveState } from './live-facts';
import type { AccountLine } from './portfolio';

export interface Summary
  extends Pick<LiveState, 'seconds' | 'epoch' | 'recordsIn' | 'refused' | 'troubles' | 'dir'> {
  readonly type: 'summary';
  /** Events that the simulator made. */
  readonly simulated: number;
  readonly recordsOut: number;
  readonly deadLetters: number;
  readonly accounts: readonly AccountLine[];
  readonly positions: number;
  readonly limits: readonly LimitLine[];
}

export function summaryLines(summary: Summary): string[] {
  const { seconds, recordsIn, recordsOut, epoch, deadLetters, refused, accounts, positions } = summary;
  return [
    `ran ${seconds.toFixed(1)} s: ${count(recordsIn)} records in, ${count(recordsOut)} out, up to epoch ${count(epoch)}`,
    `${count(deadLetters)} dead letters, ${count(refused)} fills refused, ${count(positions)} positions in ${dirOf(summary)}`,
    ...accounts.map(
      ({ account, currency, realised, unrealised, known, unpriced }) =>
        `${account} ${currency}: realised ${money(realised, currency)}, ` +
        (unpriced > 0
          ? `unrealised unknown for ${count(unpriced)} unpriced; known of it all ${money(known, currency)}`
          : `unrealised ${money(unrealised, currency)}`),
    ),
    ...summary.limits.map(limitSentence),
    ...summary.troubles.map((trouble) => `! ${trouble}`),
  ];
}

const dirOf = ({ dir }: Summary): string => dir;
