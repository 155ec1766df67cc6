/** A ledger to be told of fills by hand: instruments EQ (1, dollars), COIN (2, inverse) and BTC/USD (3, a spot pair). */
import type { ApplyFillsOptions } from '../../operators/apply-fills';
import { positionsWith } from '../../pipelines/positions';
import {
  type Fill,
  FillKind,
  type FillRefusal,
  fillRefusalNames,
  LateAction,
  type LateResolution,
  type Position,
} from '../../schemas/ledger';
import { type Instrument, InstrumentKind } from '../../schemas/reference';
import { fillUntold, instrumentUntold } from '../../schemas/untold';
import { type Row, Run } from './run';

export const SECOND = 1_000_000;
export const DAY = 86_400 * SECOND;
/** Monday, 5 January 1970, ten o'clock. */
export const START = 4 * DAY + 36_000 * SECOND;
export const ONE = 10n ** 9n;
export const EQ: Instrument = {
  instrument: 1,
  name: 'EQ',
  currency: 'USD',
  multiplier: ONE,
  inverse: false,
  kind: InstrumentKind.Equity,
  ...instrumentUntold,
};
export const COIN: Instrument = { ...EQ, instrument: 2, name: 'COIN', inverse: true };
export const PAIR: Instrument = { ...EQ, instrument: 3, name: 'BTC/USD', kind: InstrumentKind.Crypto };
export const OPTIONS: ApplyFillsOptions = {
  horizon: { tradingDays: 1, bytes: 1e6 },
  limits: {
    patienceMicros: 60 * SECOND,
    waiting: 2,
    aheadMicros: 5 * SECOND,
    positions: 3,
    remembered: 1000,
  },
};

export type Told = Partial<Omit<Fill, 'quantity' | 'price'>> & {
  readonly quantity?: number;
  readonly price?: number;
};
/** `time` in seconds after the start. */
export const told = (
  executionId: string,
  { quantity = 10, price = 100, time = 0, ...fill }: Told = {},
): Fill => ({
  executionId,
  kind: FillKind.New,
  refersTo: undefined,
  account: 7,
  instrument: 1,
  fee: 0n,
  feeCurrency: 'USD',
  venue: 1,
  ...fillUntold,
  ...fill,
  quantity: BigInt(Math.round(quantity * 1e9)),
  price: BigInt(Math.round(price * 1e9)),
  time: START + time * SECOND,
});
export const bust = (executionId: string, refersTo: string, fill: Told = {}) =>
  told(executionId, { ...fill, kind: FillKind.Bust, refersTo });
export const correct = (executionId: string, refersTo: string, fill: Told = {}) =>
  told(executionId, { ...fill, kind: FillKind.Correct, refersTo });

/** What a person decided about a late fill, `time` seconds after the start. */
export const decided = (
  { executionId, account, instrument, venue, broker, tradingDay }: Fill,
  {
    action = LateAction.Book,
    time = 0,
    by = 'ann',
    why = 'seen with the broker',
  }: { action?: LateAction; time?: number; by?: string; why?: string } = {},
): LateResolution => ({
  ...{ executionId, account, instrument, venue, broker, tradingDay, action, by, why },
  time: START + time * SECOND,
});

export class Desk {
  run: Run;
  private readonly options: ApplyFillsOptions;
  private steps = 0;

  constructor(options = OPTIONS) {
    this.options = options;
    this.run = new Run([positionsWith(options)]);
    this.at(0, { instruments: [EQ, COIN, PAIR] });
  }

  /** What the ledger says after fills at a time, in seconds after the start. */
  at(
    seconds: number,
    {
      fills = [],
      instruments = [],
      decisions = [],
    }: {
      fills?: readonly Fill[];
      instruments?: readonly Instrument[];
      decisions?: readonly LateResolution[];
    },
  ) {
    this.steps += 1;
    const written = this.run.bring({
      now: START + seconds * SECOND,
      data: {
        'reference.instruments': instruments as unknown as readonly Row[],
        'ledger.fills': fills as unknown as readonly Row[],
        'ledger.late_resolutions': decisions as unknown as readonly Row[],
      },
    });
    return {
      positions: written['ledger.positions'] as unknown as readonly Position[],
      refused: written['ledger.refused_fills']!.map(
        ({ executionId, reason }) => `${executionId}: ${fillRefusalNames[reason as FillRefusal]}`,
      ),
      details: written['ledger.refused_fills']!.map(({ detail }) => String(detail)),
      fees: written['ledger.foreign_fees']!,
      late: written['ledger.late_fills']!,
      horizons: written['ledger.horizons']!,
    };
  }

  /** Lets timers fire until a time, in seconds after the start. */
  drain(seconds: number) {
    const written = this.run.drain(START + seconds * SECOND);
    this.steps += written.length;
    return written;
  }

  /** The process ends and starts again. */
  restart(): void {
    this.run.save();
    this.run = new Run([positionsWith(this.options)], this.run.saved, this.steps);
  }
}

export const short = ({ quantity, cost, realisedPnl, fills }: Position) => ({
  quantity: Number(quantity) / 1e9,
  cost: Number(cost / ONE) / 1e9,
  realised: Number(realisedPnl / ONE) / 1e9,
  fills,
});
