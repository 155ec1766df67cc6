/**
 * Which committed records people are told of, and in which words. A record comes as people are shown it: names for
 * numbers, symbols for enums, decimals and times as text.
 */
import type { Topic } from '../../runtime/stream/topic';
import { lateFills, refusedFills } from '../../schemas/ledger';
import { breaches } from '../../schemas/limits';
import { venueStates } from '../../schemas/market';
import { deadLetters } from '../../schemas/ops';
import type { Alert, Severity } from './alert';

export type ShownRecord = Readonly<Record<string, string | number | boolean | null>>;

export interface AlertSource {
  readonly topic: Topic;
  /** Undefined for a record that nobody has to be told of. */
  readonly alertOf: (record: ShownRecord) => Alert | undefined;
}

const source = (topic: { readonly name: string }, alertOf: AlertSource['alertOf']): AlertSource => ({
  topic: topic as Topic,
  alertOf,
});

export const alertSources: readonly AlertSource[] = [
  source(breaches, (breach) => {
    const { limit, excursion, phase, time } = breach;
    const isOver = phase === 'Ended';
    return {
      key: `limit ${limit} ${excursion}`,
      state: isOver ? 'cleared' : 'raised',
      severity: phase === 'Warned' ? 'warning' : 'critical',
      title: titleOfBreach(breach),
      why: whyOfBreach(breach),
      next: isOver ? '' : cureOf(breach),
      time: text(time),
    };
  }),
  source(venueStates, ({ venue, state, detail, time }) => {
    if (state === 'Recovering') return undefined;
    const what = { Down: 'is down', Gap: 'lost updates', Up: 'is up again' }[String(state)] ?? String(state);
    return {
      key: `venue ${venue}`,
      state: state === 'Up' ? 'cleared' : 'raised',
      severity: 'warning',
      title: `Venue ${venue} ${what}`,
      why: text(detail),
      next:
        state === 'Up'
          ? ''
          : 'None of its quotes counts until it is up: marks go by other venues, or say venue down.',
      time: text(time),
    };
  }),
  source(deadLetters, ({ topic, partition, offset, reason, detail, by, time }) => ({
    key: `dead letter ${topic}/${partition}/${offset}`,
    state: 'once',
    severity: 'critical',
    title: `Message ${topic}/${partition}/${offset} was set aside by ${by}: ${reason}`,
    why: text(detail),
    next: 'What it says is in no number. See it with: breakwater tail ops.dead_letters',
    time: text(time),
  })),
  source(refusedFills, ({ executionId, account, instrument, reason, detail, time }) => ({
    key: `refused fill ${account} ${instrument} ${executionId}`,
    state: 'once',
    severity: severityOfRefusal(text(reason)),
    title: `Fill ${executionId} of ${account} in ${instrument} was refused: ${reason}`,
    why: text(detail),
    next: 'It changed no position. Correct it with a message of its own, or send it again mended.',
    time: text(time),
  })),
  source(
    lateFills,
    ({ identity, executionId, account, instrument, quantity, price, status, detail, time }) => {
      if (status === 'Waiting') return undefined;
      const isOpen = status === 'Open';
      return {
        key: `late fill ${identity}`,
        state: isOpen ? 'raised' : 'cleared',
        severity: 'warning',
        title: `Late fill ${executionId} of ${account}, ${quantity} ${instrument} at ${price}: ${isOpen ? 'waits for a person' : text(status).toLowerCase()}`,
        why: text(detail),
        next: isOpen ? 'It is in no position. See it with: breakwater late list' : '',
        time: text(time),
      };
    },
  ),
];

const titleOfBreach = (row: ShownRecord): string => {
  const { limit, phase, measure, after, warning, breach, extreme } = row;
  const isKnown = text(after) !== '';
  const reading = `${measure} is ${isKnown && Number(row['unpriced']) > 0 ? 'at least ' : ''}${amount(after)}`;
  if (phase === 'Ended' && !isKnown)
    return `Limit ${limit} is no longer in force: its excursion ends, the worst was ${amount(extreme)}`;
  if (phase === 'Ended') return `Limit ${limit} is kept again: ${reading}, the worst was ${amount(extreme)}`;
  const level =
    phase === 'Warned'
      ? `warning at ${amount(warning)}, breach at ${amount(breach)}`
      : `breach at ${amount(breach)}`;
  return `Limit ${limit} ${phase === 'Warned' ? 'warns' : 'is breached'}: ${reading}, ${level}`;
};

const whyOfBreach = ({ cause, before, byFills, byPrices, byRates, unpriced }: ShownRecord): string => {
  const parts = `It was ${amount(before)}; fills changed it by ${amount(byFills)}, prices by ${amount(byPrices)}, rates by ${amount(byRates)}`;
  const without = Number(unpriced) > 0 ? `; ${unpriced} positions are not priced` : '';
  return `Cause: ${cause}. ${parts}${without}.`;
};

const cureOf = ({ limit, cureInstrument, cureAccount, cureQuantity, cureValue }: ShownRecord): string => {
  if (text(cureInstrument) === '')
    return `No single trade would cure it. See: breakwater tail risk.breach_parts, limit ${limit}`;
  const side = text(cureQuantity).startsWith('-') ? 'sell' : 'buy';
  return `The smallest trade that cures it: ${side} ${text(cureQuantity).replace('-', '')} ${cureInstrument} in ${cureAccount}, worth ${amount(cureValue)}.`;
};

/** What a source that repeats itself sends is no fault of anybody's. */
const severityOfRefusal = (reason: string): Severity =>
  reason === 'Duplicate' || reason === 'Superseded' ? 'info' : 'warning';

const AMOUNT = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });

/** A double of risk as people write it: to a hundredth, which is what they look at. */
const amount = (value: ShownRecord[string] | undefined): string =>
  text(value) === '' ? 'unknown' : AMOUNT.format(Number(value));

const text = (value: ShownRecord[string] | undefined): string => (value === null ? '' : String(value ?? ''));
