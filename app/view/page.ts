/**
 * A page of the picture: a table whose columns say, each for itself, what they show of an item and what they sort by. Only
 * the cells that are seen are made, so a page may have as many items as there are positions.
 */
import type { LiveState } from '../live-facts';
import type { GridCell, GridColumn } from '../terminal/grid';
import type { Row, Sayings } from './followed-topics';

/** What a page is drawn from. */
export interface World {
  readonly followed: Sayings;
  /** Microseconds since 1970 UTC. */
  readonly now: number;
  readonly state: LiveState;
}

export interface PageColumn<Item> extends GridColumn {
  /** For help, in a few words. */
  readonly says: string;
  cell(item: Item, world: World): GridCell | string;
  /** What it sorts by; its text where that is left out. NaN and empty texts come last. */
  by?(item: Item, world: World): number | string;
}

export interface Page<Item> {
  /** One word, unlike any other's. */
  readonly name: string;
  /** What it shows, in a sentence. */
  readonly says: string;
  readonly columns: readonly PageColumn<Item>[];
  /** So many columns stay at the left; the filter looks at them, and they are the order at first. */
  readonly staying: number;
  items(world: World): Iterable<Item>;
  /** Whether items are shown in the order in which `items` gives them, at first. */
  readonly isOrdered?: boolean;
}

/** A page of whatever items: the registry holds many of them. */
// biome-ignore lint/suspicious/noExplicitAny: items pass from a page to its own columns only.
export type AnyPage = Page<any>;

export const page = <Item>(declared: Page<Item>): AnyPage => Object.freeze(declared);

/** Age in seconds of a time in microseconds; NaN where there is none. */
export const ageOf = (time: unknown, { now }: Pick<World, 'now'>): number =>
  typeof time === 'number' && time > 0 ? (now - time) / 1e6 : Number.NaN;

export const numberIn = (row: Row | undefined, field: string): number => {
  const value = row?.[field];
  return typeof value === 'number' ? value : Number.NaN;
};
