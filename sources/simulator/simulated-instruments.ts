/** The reference data of a simulation, for `reference.instruments`. */
import { parseDecimal } from '../../schemas/decimals';
import { instrumentUntold } from '../../schemas/untold';
import type { FeedRecord } from '../feed';
import type { SimulatedInstrument } from './market';

export const instrumentRecords = (instruments: readonly SimulatedInstrument[]): FeedRecord[] =>
  instruments.map(({ name, currency, multiplier, kind }, index) => ({
    topic: 'reference.instruments',
    time: 0,
    sequence: index + 1,
    row: {
      ...instrumentUntold,
      instrument: name,
      name,
      currency,
      multiplier: parseDecimal(multiplier, 9),
      inverse: false,
      kind,
    },
  }));
