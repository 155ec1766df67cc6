/**
 * What a step changed of a state topic in rows: each key once, either set to a row or removed.
 *
 * Several messages of one key that come in one step are one change: only the last of a key counts.
 */
export interface Changes<Row, Key extends keyof Row = keyof Row> {
  readonly set: readonly Row[];
  /** The key fields of what is gone. */
  readonly removed: readonly Pick<Row, Key>[];
}

// biome-ignore lint/suspicious/noExplicitAny: it has no row of any kind.
export const NO_CHANGES: Changes<any, any> = Object.freeze({
  set: Object.freeze([]),
  removed: Object.freeze([]),
});

/** Rows set, and nothing removed unless said. */
export function changesOf<Row, Key extends keyof Row = keyof Row>(
  set: readonly Row[],
  removed: readonly Pick<Row, Key>[] = [],
): Changes<Row, Key> {
  return { set, removed };
}

/** Records of a batch, whatever its shape: rows, columns or changes. 0 for what is no batch of records. */
export function countOf(data: unknown): number {
  const { length, set, removed } = (data ?? {}) as {
    readonly length?: number;
    readonly set?: { readonly length: number };
    readonly removed?: { readonly length: number };
  };
  return length ?? (set?.length ?? 0) + (removed?.length ?? 0);
}
