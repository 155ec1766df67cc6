/** When instruments were last traded, as history has it: a log that is short enough is read whole. */
import type { Backend } from '../runtime/ports/backend';
import { schemaVersions } from '../schemas/evolution/schema-versions';
import { fills } from '../schemas/ledger';
import { TopicDecoder } from './topic-decoder';

/** Read while everything else waits: about half a second. */
const FILLS_MAX = 100_000;
const SLICE_BYTES = 1 << 20;

/** Micros of event time, by name of the instrument; nothing where more fills were told than are read for it. */
export function lastFills({
  log,
  registry,
  names,
}: Pick<Backend, 'log' | 'registry' | 'names'>): ReadonlyMap<string, number> {
  const last = new Map<string, number>();
  const topic = fills.name;
  const partitions = log.topics().find(({ name }) => name === topic)?.partitions ?? 0;
  const places = Array.from({ length: partitions }, (_, partition) => ({
    partition,
    ...log.ends({ topic, partition }),
  }));
  const told = places.reduce((sum, { first, next }) => sum + next - first, 0);
  if (told > FILLS_MAX) return last;
  const decoder = new TopicDecoder({ topic: fills, registry, versions: schemaVersions });
  for (const { partition, first } of places) {
    const reader = log.reader({ topic, partition, next: first }, 'tail');
    try {
      for (let chunk = reader.poll(SLICE_BYTES); chunk; chunk = reader.poll(SLICE_BYTES))
        for (const { row } of decoder.decode(chunk)) {
          const instrument = row && names.nameOf('instrument', row['instrument'] as number);
          if (instrument === undefined) continue;
          last.set(instrument, Math.max(last.get(instrument) ?? 0, row!['time'] as number));
        }
    } finally {
      reader.close();
    }
  }
  return last;
}
