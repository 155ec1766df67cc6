/** What everyone reads first: numbers for names, and what is traded. */
import type { Changes } from '../runtime/stream/changes';
import { type Topic, topic } from '../runtime/stream/topic';
import { type Instrument, instrumentCodec } from './generated/reference/instrument';
import { type NumberedName, numberedNameCodec } from './generated/reference/numbered-name';

export * from './generated/reference/instrument';
export * from './generated/reference/numbered-name';

export const names: Topic<Changes<NumberedName, 'domain' | 'name'>> = topic({
  name: 'reference.names',
  kind: 'state',
  codec: numberedNameCodec,
  key: ['domain', 'name'],
});

/** Terms from one time on do not take the place of those before: whoever reads from the start needs both. */
export type InstrumentChanges = Changes<Instrument, 'instrument' | 'validFrom'>;

export const instruments: Topic<InstrumentChanges> = topic({
  name: 'reference.instruments',
  kind: 'state',
  codec: instrumentCodec,
  key: ['instrument', 'validFrom'],
  keyBefore: ['instrument'],
  numbers: { instrument: 'instrument', underlying: 'instrument' },
});
