/** Where a person is in the picture, and how a key moves him: a value and a pure function. */
import type { Keypress } from '../terminal/keyboard';
import type { AnyPage } from './page';
import type { Wanted } from './page-order';

/** Where he is on one page. */
export interface PagePlace extends Wanted {
  /** The first row and the first moving column that are shown. */
  readonly top: number;
  readonly from: number;
}

export interface ViewPlace {
  readonly page: number;
  readonly places: Readonly<Record<string, PagePlace>>;
  readonly isHelp: boolean;
  /** What he is typing for a filter; undefined when he is not. */
  readonly typed: string | undefined;
}

/** What a key's move depends on. */
export interface Around {
  readonly pages: readonly AnyPage[];
  /** Rows of the page, and how many are seen at once. */
  readonly rows: number;
  readonly room: number;
}

export const START: ViewPlace = { page: 0, places: {}, isHelp: false, typed: undefined };
const PAGE_START: PagePlace = { top: 0, from: 0, sort: undefined, descending: false, filter: '' };
/** A filter longer than this finds nothing anyway. */
const FILTER_MAX = 60;

export const placeOn = (view: ViewPlace, page: Pick<AnyPage, 'name'>): PagePlace =>
  view.places[page.name] ?? PAGE_START;

/** The keys, for help. */
export const KEYS: readonly (readonly [string, string])[] = [
  ['1 2 …', 'a page; Tab the next one, Shift-Tab the one before'],
  ['↑ ↓ j k', 'a row; PgUp PgDn b Space a screen; Home End g G the first, the last'],
  ['← → h l', 'columns that do not fit'],
  ['s S', 'sort by the next column, the one before; r turns it round'],
  ['/', 'filter: rows with all these words; Enter keeps it, Esc drops it'],
  ['?', 'this help, and what the columns are'],
  ['q Ctrl-C', 'stop the job'],
];

export function press(view: ViewPlace, key: Keypress, around: Around): ViewPlace {
  if (view.typed !== undefined) return typing(view, view.typed, key, around);
  const page = pageKey(view, key, around);
  if (page !== undefined) return { ...view, page, isHelp: false };
  if (key.name === '?') return { ...view, isHelp: !view.isHelp };
  if (key.name === 'escape' && view.isHelp) return { ...view, isHelp: false };
  if (key.name === '/') return { ...view, typed: placeNow(view, around).filter, isHelp: false };
  return onPage(view, around, (place) => moved(place, key, around, around.pages[view.page]!));
}

const placeNow = (view: ViewPlace, { pages }: Around): PagePlace => placeOn(view, pages[view.page]!);

/** Help has a place of its own: it may be longer than the terminal. */
export const HELP = 'help';

function onPage(view: ViewPlace, { pages }: Around, change: (place: PagePlace) => PagePlace): ViewPlace {
  const name = view.isHelp ? HELP : pages[view.page]!.name;
  return { ...view, places: { ...view.places, [name]: change(placeOn(view, { name })) } };
}

function pageKey({ page }: ViewPlace, { name }: Keypress, { pages }: Around): number | undefined {
  if (/^[1-9]$/.test(name)) return Number(name) <= pages.length ? Number(name) - 1 : undefined;
  if (name === 'tab') return (page + 1) % pages.length;
  return name === 'backtab' ? (page + pages.length - 1) % pages.length : undefined;
}

function typing(view: ViewPlace, typed: string, key: Keypress, around: Around): ViewPlace {
  const filtered = (filter: string): ViewPlace =>
    onPage(view, around, (place) => ({ ...place, filter, top: 0 }));
  if (key.name === 'return' || key.name === 'enter') return { ...filtered(typed.trim()), typed: undefined };
  if (key.name === 'escape') return { ...filtered(''), typed: undefined };
  const now = key.name === 'backspace' ? [...typed].slice(0, -1).join('') : typed + key.text;
  return now.length > FILTER_MAX ? view : { ...filtered(now), typed: now };
}

function moved(place: PagePlace, { name }: Keypress, { rows, room }: Around, page: AnyPage): PagePlace {
  const last = Math.max(rows - room, 0);
  const to = (top: number): PagePlace => ({ ...place, top: Math.min(Math.max(top, 0), last) });
  const top = Math.min(place.top, last);
  const moving = page.columns.length - page.staying;
  switch (name) {
    case 'up':
    case 'k':
      return to(top - 1);
    case 'down':
    case 'j':
      return to(top + 1);
    case 'pageup':
    case 'b':
      return to(top - room);
    case 'pagedown':
    case ' ':
      return to(top + room);
    case 'home':
    case 'g':
      return to(0);
    case 'end':
    case 'G':
      return to(last);
    case 'left':
    case 'h':
      return { ...place, from: Math.max(place.from - 1, 0) };
    case 'right':
    case 'l':
      return { ...place, from: Math.min(place.from + 1, moving - 1) };
    case 's':
    case 'S':
      return { ...place, ...sortedBy(place.sort, name === 's' ? 1 : -1, page), top: 0 };
    case 'r':
      return { ...place, descending: !place.descending, top: 0 };
    case 'escape':
      return { ...place, filter: '', top: 0 };
    default:
      return place;
  }
}

/** The next column, or the page's own order after the last: numbers begin with the largest. */
function sortedBy(sort: number | undefined, step: 1 | -1, { columns }: AnyPage): Partial<PagePlace> {
  const places = columns.length + 1;
  const next = ((sort === undefined ? columns.length : sort) + step + places) % places;
  if (next === columns.length) return { sort: undefined, descending: false };
  return { sort: next, descending: (columns[next]!.align ?? 'left') !== 'left' };
}
