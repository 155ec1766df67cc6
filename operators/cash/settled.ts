import { type Instrument, InstrumentKind } from '../../schemas/reference';

const BY_DIFFERENCE: ReadonlySet<InstrumentKind> = new Set([
  InstrumentKind.Future,
  InstrumentKind.Perpetual,
  InstrumentKind.Forward,
]);

/** Whether nothing is paid for a trade but the gain or loss that it brings. */
export const isByDifference = ({ kind, inverse }: Pick<Instrument, 'kind' | 'inverse'>): boolean =>
  inverse || BY_DIFFERENCE.has(kind);
