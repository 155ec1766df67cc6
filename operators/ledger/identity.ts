/**
 * By what an execution is known: who gave its id (the venue, or a broker), account, instrument and the id itself, and
 * the trading day where the source says that its ids start anew every day. Two venues give the same id, and one venue
 * gives it for two instruments.
 */
import type { Fill } from '../../schemas/ledger';

export type Source = Pick<Fill, 'account' | 'instrument' | 'venue' | 'broker'>;
export type Identified = Source & Pick<Fill, 'executionId' | 'tradingDay'>;
export type Referring = Identified & Pick<Fill, 'refersTo' | 'refersToDay'>;

/** Where a broker gives the ids, the venue is no part of them. */
const BY_BROKER = -1;

/**
 * What tells executions of one source apart, one text for each. Nearly always it is the id itself; what has a broker or
 * a day, or a line break in the id, is a line break and JSON: no id looks like that.
 */
export function idText({
  executionId,
  broker,
  tradingDay,
}: Pick<Identified, 'executionId' | 'broker' | 'tradingDay'>): string {
  if (broker === undefined && tradingDay === undefined && !executionId.includes('\n')) return executionId;
  return `\n${JSON.stringify([executionId, tradingDay ?? null, broker ?? null])}`;
}

/** The identity of what a bust or correction refers to. */
export function referred(message: Referring): Identified {
  return {
    ...message,
    executionId: message.refersTo!,
    tradingDay: message.refersToDay ?? message.tradingDay,
  };
}

/** As one text, for what is rare. */
export const identityText = (one: Identified): string =>
  `${one.account} ${one.instrument} ${one.broker === undefined ? one.venue : ''} ${idText(one)}`;

/** A number of who gave the id, for an index: of two sources it may be one. */
export const sourceHash = ({ account, instrument, venue, broker }: Source): number =>
  Math.imul(Math.imul(account, 0x9e3779b1) ^ instrument, 0x85ebca77) ^
  (broker === undefined ? venue : BY_BROKER);
