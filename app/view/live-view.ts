/** The picture of a running job for a person, page by page: as many lines as the terminal has, none wider than it is. */
import { count } from '../amounts';
import { ColumnRooms, gridLines } from '../terminal/grid';
import type { Keypress } from '../terminal/keyboard';
import { type Output, paint } from '../terminal/output';
import { textWithin } from '../terminal/text-width';
import { headLines, pageLine, within } from './head-lines';
import type { AnyPage, World } from './page';
import { PageOrder } from './page-order';
import { HELP, KEYS, type PagePlace, placeOn, press, START, type ViewPlace } from './view-place';

type Size = Pick<Output, 'columns' | 'rows' | 'colors'>;

const COLUMNS_MIN = 40;
const ROWS_MIN = 10;

export class LiveView {
  private view: ViewPlace = START;
  private readonly order: PageOrder;
  /** Of pages, as wide as they had to be; anew in a terminal of another width. */
  private rooms = new Map<string, ColumnRooms>();
  private width = 0;
  private rows = 0;
  private room = 1;

  constructor(
    private readonly pages: readonly AnyPage[],
    elapsedMillis: () => number = () => performance.now(),
  ) {
    this.order = new PageOrder(elapsedMillis);
  }

  press(key: Keypress): void {
    const { pages, rows, room } = this;
    this.view = press(this.view, key, { pages, rows, room });
  }

  /** Whether keys are letters of a filter now, and not what they mean elsewhere. */
  get isTyping(): boolean {
    return this.view.typed !== undefined;
  }

  lines(world: World, output: Size): string[] {
    if (output.columns < COLUMNS_MIN || output.rows < ROWS_MIN) return tooSmall(output);
    if (output.columns !== this.width) this.rooms = new Map();
    this.width = output.columns;
    const page = this.pages[this.view.page]!;
    const head = [...headLines(world, output), pageLine(this.pages, this.view.page, output), ''];
    const room = output.rows - head.length - 2;
    const body = this.view.isHelp
      ? this.help(page, output, room)
      : this.table(page, world, { columns: output.columns, colors: output.colors, rows: room });
    const filled = [
      ...body.lines,
      ...Array.from({ length: Math.max(room - body.lines.length, 0) }, () => ''),
    ];
    return [...head, ...filled, '', paint(output, 'dim', body.foot)].slice(0, output.rows);
  }

  private help(page: AnyPage, { columns }: Size, room: number): Body {
    const lines = helpLines(page).map((line) => textWithin(line, columns));
    this.rows = lines.length;
    this.room = room;
    const top = Math.min(placeOn(this.view, { name: HELP }).top, Math.max(lines.length - room, 0));
    const more = lines.length > room ? ['↑ ↓ the rest'] : [];
    return {
      lines: lines.slice(top, top + room),
      foot: within(['? or Esc goes back', ...more, 'q stops'], ' · ', columns),
    };
  }

  private table(page: AnyPage, world: World, { columns, rows: room, colors }: Size): Body {
    const place = placeOn(this.view, page);
    const items = this.order.shown(page, world, place);
    // The first line has the titles.
    this.room = Math.max(room - 1, 1);
    this.rows = items.length;
    const top = Math.min(place.top, Math.max(items.length - this.room, 0));
    const seen = items.slice(top, top + this.room);
    const rooms = this.rooms.get(page.name) ?? new ColumnRooms();
    this.rooms.set(page.name, rooms);
    const { lines, left, right } = gridLines({
      columns: page.columns.map((column, index) => ({
        ...column,
        title: titleOf(column.title, index, place),
      })),
      rows: seen.map((item) => page.columns.map((column) => column.cell(item, world))),
      rooms,
      staying: page.staying,
      from: place.from,
      output: { columns, colors },
    });
    return {
      lines:
        items.length > 0 ? lines : [lines[0]!, place.filter === '' ? 'nothing yet' : 'nothing like that'],
      foot: this.foot({ place, page, seen: seen.length, top, left, right, width: columns }),
    };
  }

  private foot({ place, page, seen, top, left, right, width }: Seen): string {
    const { typed } = this.view;
    if (typed !== undefined) return textWithin(`filter: ${typed}▏   Enter keeps it, Esc drops it`, width);
    const of = place.filter === '' ? count(this.rows) : `${count(this.rows)} of ${count(this.order.all)}`;
    const sorted = place.sort === undefined ? [] : [`sorted by ${page.columns[place.sort]!.title}`];
    const aside = [left > 0 && `← ${left}`, right > 0 && `${right} more columns →`].filter(Boolean).join(' ');
    return within(
      [
        seen === 0 ? `0 of ${of}` : `${count(top + 1)}–${count(top + seen)} of ${of}`,
        ...(place.filter === '' ? [] : [`filter "${place.filter}"`]),
        ...(aside === '' ? [] : [aside]),
        ...sorted,
        '? help',
        'q stops',
        's sort',
        '/ filter',
      ],
      ' · ',
      width,
    );
  }
}

interface Body {
  readonly lines: readonly string[];
  readonly foot: string;
}

interface Seen {
  readonly place: PagePlace;
  readonly page: AnyPage;
  readonly seen: number;
  readonly top: number;
  readonly left: number;
  readonly right: number;
  readonly width: number;
}

/** With the direction in which it is sorted; room is kept for that, so that columns stay where they are. */
function titleOf(title: string, index: number, { sort, descending }: PagePlace): string {
  return index === sort ? `${title}${descending ? '▼' : '▲'}` : title;
}

function helpLines(page: AnyPage): string[] {
  const line = (name: string, says: string): string => `${name.padEnd(12)}${says}`;
  return [
    `${page.name}: ${page.says}`,
    ...KEYS.map(([keys, says]) => line(keys, says)),
    '',
    ...page.columns.map(({ title, says }) => line(title, says)),
  ];
}

const tooSmall = ({ columns, rows }: Size): string[] =>
  [`${columns}×${rows} is too small.`, `${COLUMNS_MIN}×${ROWS_MIN} it takes.`, 'q stops']
    .map((text) => textWithin(text, columns))
    .slice(0, rows);
