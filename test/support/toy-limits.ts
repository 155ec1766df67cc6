/**
 * A job whose state is set and removed from outside: limits by desk and measure are kept as they come, and said again.
 *
 *   toy.limits ── keep [kept] ──► toy.kept
 *   (state, rows)                (state, rows)
 */

import { fuse } from '../../runtime/graph/job';
import { pipeline } from '../../runtime/graph/pipeline';
import { type Changes, NO_CHANGES } from '../../runtime/stream/changes';
import type { RowsCodec } from '../../runtime/stream/codec';
import { keyReader } from '../../runtime/stream/key-text';
import { operator } from '../../runtime/stream/operator';
import { partitioned, topic } from '../../runtime/stream/topic';
import { rowsTable } from '../../runtime/tables/rows';
import { MessageWriter } from '../../runtime/wire/messages';

export interface Limit {
  readonly desk: string;
  readonly measure: string;
  readonly most: number;
}

export type LimitChanges = Changes<Limit, 'desk' | 'measure'>;

function limitCodec(record: string): RowsCodec<Limit> {
  return {
    layout: 'rows',
    record,
    schema: JSON.stringify({
      type: 'record',
      name: record,
      fields: [
        { name: 'desk', type: 'string' },
        { name: 'measure', type: 'string' },
        { name: 'most', type: 'long' },
      ],
    }),
    encode: ({ desk, measure, most }, to) => {
      to.string(desk);
      to.string(measure);
      to.long(most);
    },
    decode: (from) => ({ desk: from.string(), measure: from.string(), most: from.long() }),
  };
}

export const limits = topic({
  name: 'toy.limits',
  kind: 'state',
  codec: limitCodec('toy.Limit'),
  key: ['desk', 'measure'],
  keyBefore: ['desk'],
});
export const kept = topic({
  name: 'toy.kept',
  kind: 'state',
  codec: limitCodec('toy.Kept'),
  key: ['desk', 'measure'],
});

export const limitKey: (limit: Pick<Limit, 'desk' | 'measure'>) => string = keyReader(limits.key) as never;

const keptTable = rowsTable<Limit>({
  name: 'kept',
  codec: kept.codec as RowsCodec<Limit>,
  key: limitKey,
  limit: 100,
});

export const limitsPipeline = pipeline({
  name: 'limits',
  reads: { limits: partitioned(limits) },
  state: { kept: keptTable },
  writes: { kept },
  sinks: [],
  build: (from, state) => ({
    kept: operator('keep', { limits: from.limits }, () => {
      let changed: LimitChanges = NO_CHANGES;
      return {
        on: {
          limits(changes) {
            for (const limit of changes.set) state.kept.set(limit);
            for (const key of changes.removed) state.kept.delete(limitKey(key));
            changed = changes;
          },
        },
        emit: () => changed,
      };
    }),
  }),
});

export const limitsJob = fuse({ name: 'limits-job', pipelines: [limitsPipeline] });

/** A limit that is set, or without `most` one that is removed, as messages of `toy.limits`. */
export type LimitChange = Pick<Limit, 'desk' | 'measure'> & { readonly most: number | undefined };

export function limitsAsMessages(changes: readonly LimitChange[], schemaId: number) {
  const writer = new MessageWriter();
  for (const change of changes) {
    writer.begin(limitKey(change), [], schemaId);
    if (change.most === undefined) writer.endTombstone();
    else {
      (limits.codec as RowsCodec<Limit>).encode(change as Limit, writer.to);
      writer.end();
    }
  }
  return writer.take();
}
