/**
 * An account that buys in clips until its limit is breached, and sells again until it is flat, over and over: so that
 * within seconds a limit is seen to warn, to be breached and to end. Its price is that of the market, its pace that of events.
 */
import { LimitMeasure, LimitSense } from '../../schemas/limits';
import type { FeedRecord } from '../feed';

export const scriptedDesk = {
  account: 'PROP',
  instrument: 'BIRCH',
  /** So many events from one clip to the next. */
  eventsAClip: 1_000,
  lotsAClip: 10n,
  /** So many are bought, and as many sold. */
  clips: 14,
} as const;

/** Bought or sold by the clip of an event; 0 where there is none. */
export function clipOf(event: number): -1 | 0 | 1 {
  const { eventsAClip, clips } = scriptedDesk;
  if (event % eventsAClip !== 0) return 0;
  return (event / eventsAClip - 1) % (2 * clips) < clips ? 1 : -1;
}

/** Limits of the simulated firm, for `risk.limits`. Some 1,000 shares at 42 dollars are a clip. */
export const limitRecords = (): FeedRecord[] => [
  {
    topic: 'risk.limits',
    time: 0,
    sequence: 1,
    row: {
      limit: 'PROP gross',
      dimension: 'account',
      account: scriptedDesk.account,
      member: '',
      measure: LimitMeasure.Gross,
      sense: LimitSense.Absolute,
      currency: 'USD',
      warning: 400_000,
      breach: 500_000,
      hysteresis: 0.02,
      version: 1,
      by: 'simulator',
      why: 'a limit to be seen at work',
      validFrom: 0,
      validUntil: 0,
    },
  },
];
