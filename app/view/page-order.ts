/**
 * Which items of a page are shown, in which order. Sorting all of many items is worth its time only so often: it is done anew
 * when something else is asked for, and otherwise takes a fiftieth of the time at most.
 */
import { printable } from '../terminal/printable';
import type { AnyPage, World } from './page';

export interface Wanted {
  /** Column that it is sorted by; undefined: as the page has it at first. */
  readonly sort: number | undefined;
  readonly descending: boolean;
  readonly filter: string;
}

const SHARE = 50;

export class PageOrder {
  private asked = '';
  private due = 0;
  private items: readonly unknown[] = [];
  /** How many there are before the filter. */
  private count = 0;

  constructor(private readonly elapsedMillis: () => number) {}

  get all(): number {
    return this.count;
  }

  shown(page: AnyPage, world: World, wanted: Wanted): readonly unknown[] {
    const asked = JSON.stringify([page.name, wanted]);
    const started = this.elapsedMillis();
    if (asked === this.asked && started < this.due) return this.items;
    const all = [...page.items(world)];
    this.count = all.length;
    this.items = sorted(page, world, wanted, filtered(page, world, wanted.filter, all));
    this.asked = asked;
    const ended = this.elapsedMillis();
    this.due = ended + (ended - started) * SHARE;
    return this.items;
  }
}

/** The first columns, and texts of the others: every word must be found in one of them, whatever its case. */
function filtered(
  page: AnyPage,
  world: World,
  filter: string,
  items: readonly unknown[],
): readonly unknown[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return items;
  const columns = page.columns.filter(({ align = 'left' }) => align === 'left');
  return items.filter((item) => {
    const texts = columns.map((column) => textOf(column.cell(item, world)).toLowerCase());
    return words.every((word) => texts.some((text) => text.includes(word)));
  });
}

function sorted(
  page: AnyPage,
  world: World,
  { sort, descending }: Wanted,
  items: readonly unknown[],
): readonly unknown[] {
  if (sort === undefined && page.isOrdered === true) return items;
  const keys = sort === undefined ? page.columns.slice(0, page.staying) : [page.columns[sort]!];
  const keyed = items.map((item) => ({
    item,
    by: keys.map((column) => column.by?.(item, world) ?? textOf(column.cell(item, world))),
  }));
  const turn = sort !== undefined && descending ? -1 : 1;
  keyed.sort((a, b) => {
    for (const [index, one] of a.by.entries()) {
      const difference = compared(one, b.by[index]!, turn);
      if (difference !== 0) return difference;
    }
    return 0;
  });
  return keyed.map(({ item }) => item);
}

/** What is nothing comes last either way. */
function compared(a: number | string, b: number | string, turn: number): number {
  const [noA, noB] = [isNothing(a), isNothing(b)];
  if (noA || noB) return Number(noA) - Number(noB);
  return (a < b ? -1 : a > b ? 1 : 0) * turn;
}

const isNothing = (value: number | string): boolean => value === '' || Number.isNaN(value);

const textOf = (cell: string | { readonly text: string }): string =>
  printable(typeof cell === 'string' ? cell : cell.text);
