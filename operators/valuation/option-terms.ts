/** The terms that reference data gives an option, as a book of options takes them. */
import type { UNDERLYINGS_ARE } from '../../pricing/batch/book-option';
import { quantityToNumber } from '../../schemas/borders';
import { ExerciseStyle, type Instrument, InstrumentKind, OptionRight } from '../../schemas/reference';

export interface OptionTerms {
  readonly instrument: number;
  readonly underlying: number;
  readonly right: 'call' | 'put';
  readonly exercise: 'european' | 'american';
  readonly strike: number;
  /** Microseconds since 1970 UTC. */
  readonly expiry: number;
  readonly on: (typeof UNDERLYINGS_ARE)[number];
  readonly currency: string;
}

export const isOption = ({ kind }: Pick<Instrument, 'kind'>): boolean => kind === InstrumentKind.Option;

/** Undefined where something is not told that a price needs. */
export function optionTermsOf(
  option: Instrument,
  underlying: Instrument | undefined,
): OptionTerms | undefined {
  const { instrument, right, exercise, strike, expiry, currency } = option;
  if (option.underlying === undefined || strike === undefined || expiry === undefined) return undefined;
  if (right === OptionRight.None || strike <= 0n) return undefined;
  if (exercise !== ExerciseStyle.European && exercise !== ExerciseStyle.American) return undefined;
  return {
    instrument,
    underlying: option.underlying,
    right: right === OptionRight.Call ? 'call' : 'put',
    exercise: exercise === ExerciseStyle.European ? 'european' : 'american',
    strike: quantityToNumber(strike),
    expiry,
    on: option.inverse ? 'coin' : isForward(underlying) ? 'future' : 'spot',
    currency,
  };
}

const isForward = (underlying: Instrument | undefined): boolean =>
  underlying?.kind === InstrumentKind.Future || underlying?.kind === InstrumentKind.Forward;
