/** A book that lives on a surface: ticks, quotes, a listing and an expiry, each priced alone. Run: node dist/examples/pricing/live-book.js */
import {
  delistOption,
  listOption,
  prepareBook,
  reasonOf,
  repriceMoved,
  setRate,
  setSmile,
  setSpot,
  setTime,
  setYield,
} from '../../pricing/batch';
import { liveSurface, moveSurface } from '../../pricing/volatility';

const DAY = 86_400e6;
const now = Date.UTC(2026, 0, 5, 16) * 1000;
const months = [1, 3, 6];
const strikes = [80, 85, 90, 95, 100, 105, 110, 115, 120];

// A surface of three expiries; its slices are the book's smiles, by the same number.
const quoted = liveSurface(
  months.map((month) => ({
    label: `${month}M`,
    expiry: (30 * month) / 365,
    forward: 100,
    quotes: strikes.map((strike) => ({
      strike,
      volatility: 0.22 - 0.1 * Math.log(strike / 100) + 0.2 * Math.log(strike / 100) ** 2,
    })),
  })),
);
if (!quoted.ok) throw new Error(quoted.message);
let surface = quoted.value;
console.log(`arbitrage: ${surface.faults.length} nodes`);

const option = (month: number, strike: number) => ({
  right: strike < 100 ? ('put' as const) : ('call' as const),
  exercise: 'american' as const,
  strike,
  expiry: now + 30 * month * DAY,
  underlying: 0,
  rate: 0,
  yield: 0,
  smile: months.indexOf(month),
});
const prepared = prepareBook(
  months.flatMap((month) => strikes.map((strike) => option(month, strike))),
  { origin: now },
);
if (!prepared.ok) throw new Error(prepared.message);
const book = prepared.value;

const reprice = (what: string): void => {
  const rows = repriceMoved(book).length;
  const { price, delta } = book.columns;
  const said = `${rows} rows, row 0 ${reasonOf(book, 0)}: ${price[0]!.toFixed(4)}, delta ${delta[0]!.toFixed(4)}`;
  console.log(`${what}: ${said}`);
};
const takeSmiles = (): void => {
  for (const { label, parameters, forward, expiry } of surface.slices)
    setSmile(book, months.indexOf(Number.parseInt(label, 10)), { parameters, forward, expiry });
};

setTime(book, now);
setSpot(book, 0, 100);
setRate(book, 0, 0.03);
reprice('without a yield');
setYield(book, 0, 0.01);
takeSmiles();
reprice('with everything');
setSpot(book, 0, 99.5);
reprice('a tick of spot');
const moved = moveSurface(surface, { quotes: [{ label: '1M', strike: 80, volatility: 0.26 }] });
if (!moved.ok) throw new Error(moved.message);
surface = moved.value;
takeSmiles();
reprice('a quote of the first expiry');
const listed = listOption(book, option(3, 97.5));
if (!listed.ok) throw new Error(listed.message);
reprice('a listing');
delistOption(book, listed.value);
setTime(book, now + 31 * DAY);
reprice('a month later');
