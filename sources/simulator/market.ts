/**
 * What the simulator trades: instruments of different kinds, currencies and multipliers, on venues of which not all
 * quote all, and the accounts that trade them. Names are invented; prices are of a plausible size.
 */
import { InstrumentKind } from '../../schemas/reference';

export interface SimulatedInstrument {
  readonly name: string;
  readonly kind: InstrumentKind;
  readonly currency: string;
  /** Decimal text. */
  readonly multiplier: string;
  /** The first middle price, in ticks. */
  readonly startTicks: number;
  /** One tick is so many units of scale 9. */
  readonly tick: bigint;
  /** The smallest quantity traded, scale 9. */
  readonly lot: bigint;
  /** Scale 18, for one unit of quantity. */
  readonly feePerUnit: bigint;
  readonly venues: readonly string[];
}

const scale9 = (units: number): bigint => BigInt(Math.round(units * 1e9));
const scale18 = (units: number): bigint => scale9(units) * 10n ** 9n;

const { Equity, Future, Fx, Crypto } = InstrumentKind;

export const simulatedInstruments: readonly SimulatedInstrument[] = [
  instrument('ALDER', Equity, 'USD', {
    start: 187.42,
    tick: 0.01,
    lot: 100,
    fee: 0.003,
    venues: ['XNAS', 'XNYS', 'BATS'],
  }),
  instrument('BIRCH', Equity, 'USD', {
    start: 42.18,
    tick: 0.01,
    lot: 100,
    fee: 0.003,
    venues: ['XNYS', 'BATS'],
  }),
  instrument('CEDAR', Equity, 'GBP', {
    start: 12.615,
    tick: 0.005,
    lot: 250,
    fee: 0.001,
    venues: ['XLON', 'CHIX'],
  }),
  instrument('DOGWOOD', Equity, 'JPY', { start: 2741, tick: 1, lot: 100, fee: 0.5, venues: ['XTKS'] }),
  instrument('US500-H7', Future, 'USD', {
    multiplier: '50',
    start: 5871.25,
    tick: 0.25,
    lot: 1,
    fee: 1.18,
    venues: ['XCME'],
  }),
  instrument('BUND-H7', Future, 'EUR', {
    multiplier: '1000',
    start: 131.47,
    tick: 0.01,
    lot: 1,
    fee: 0.35,
    venues: ['XEUR'],
  }),
  instrument('EURUSD', Fx, 'USD', {
    start: 1.08515,
    tick: 0.00001,
    lot: 100_000,
    fee: 0.000002,
    venues: ['EBSX', 'HSFX', 'FXAL'],
  }),
  instrument('BTC-MINI', Crypto, 'USD', {
    multiplier: '0.1',
    start: 67_432.5,
    tick: 0.5,
    lot: 0.25,
    fee: 0.42,
    venues: ['COIN', 'KRKN'],
  }),
  // With these there is a rate for every currency, so that totals in one are known.
  instrument('GBPUSD', Fx, 'USD', {
    start: 1.26455,
    tick: 0.00001,
    lot: 100_000,
    fee: 0.000002,
    venues: ['EBSX', 'HSFX'],
  }),
  instrument('USDJPY', Fx, 'JPY', {
    start: 149.325,
    tick: 0.001,
    lot: 100_000,
    fee: 0.0003,
    venues: ['EBSX', 'FXAL'],
  }),
];

export const simulatedAccounts: readonly string[] = ['ARB-1', 'ARB-2', 'MM-EQ', 'MM-FI', 'FLOW', 'HEDGE'];

interface Terms {
  readonly multiplier?: string;
  readonly start: number;
  readonly tick: number;
  readonly lot: number;
  readonly fee: number;
  readonly venues: readonly string[];
}

function instrument(name: string, kind: InstrumentKind, currency: string, terms: Terms): SimulatedInstrument {
  const { multiplier = '1', start, tick, lot, fee, venues } = terms;
  return Object.freeze({
    name,
    kind,
    currency,
    multiplier,
    startTicks: Math.round(start / tick),
    tick: scale9(tick),
    lot: scale9(lot),
    feePerUnit: scale18(fee),
    venues,
  });
}
