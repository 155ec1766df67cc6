/** Recorded chains through the pipeline: the venue's own Greeks, and values within the quotes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { valuationsWith } from '../../pipelines/valuations';
import { ExerciseStyle, InstrumentKind, OptionRight } from '../../schemas/reference';
import { instrumentUntold } from '../../schemas/untold';
import { dataFolder, whyNoData } from '../support/real-data';
import { type Row, Run } from '../support/run';

const DERIBIT = 'options/deribit_option_tickers_20210722.csv.gz';
const GOOG = 'options/goog_20151224_option_quotes_1m.csv.gz';
const GOOG_SPOT = 'options/goog_20151224_underlying_1m.csv.gz';
const MINUTE = 60_000_000;

type Fields = Readonly<Record<string, string>>;

function rowsOf(file: string): readonly Fields[] {
  const [head, ...lines] = gunzipSync(readFileSync(join(dataFolder, file)))
    .toString()
    .trim()
    .split('\n');
  const names = head!.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((text, index) => [names[index]!, text])));
}

const listed = (instrument: number, more: Row): Row => ({
  ...instrumentUntold,
  instrument,
  name: `I${instrument}`,
  currency: 'USD',
  multiplier: 10n ** 9n,
  inverse: false,
  ...more,
});
const marked = (instrument: number, bid: number, ask: number, time: number): Row => ({
  instrument,
  bid,
  ask,
  price: (bid + ask) / 2,
  state: 1,
  quality: 1,
  reason: 0,
  time,
});

function valued(now: number, instruments: readonly Row[], marks: readonly Row[]): ReadonlyMap<number, Row> {
  const room = { options: 4096, nodes: 512, underlyings: 512, rates: 512, yields: 512 };
  const run = new Run([valuationsWith({ everyMicros: 0, flatRates: { USD: 0.004 }, room })]);
  const written = run.bring({ now, data: { 'reference.instruments': instruments, 'market.marks': marks } });
  return new Map(written['valuation.unit_values']!.map((row) => [row['instrument'] as number, row]));
}

const NO_DERIBIT = whyNoData([DERIBIT]);
(NO_DERIBIT ? test.skip : test)(
  `tickers of Deribit give its own Greeks${NO_DERIBIT ? `: ${NO_DERIBIT}` : ''}`,
  () => {
    let compared = 0;
    rowsOf(DERIBIT).forEach((ticker) => {
      const number = (name: string): number => Number(ticker[name]);
      const time = number('exchange_time_ms') * 1000;
      const years = (number('expiry_ms') * 1000 - Math.floor(time / MINUTE) * MINUTE) / (365 * 86_400e6);
      const option = listed(2, {
        kind: InstrumentKind.Option,
        underlying: 1,
        inverse: true,
        right: ticker['right'] === 'C' ? OptionRight.Call : OptionRight.Put,
        strike: BigInt(Math.round(number('strike') * 1e9)),
        expiry: number('expiry_ms') * 1000,
        exercise: ExerciseStyle.European,
      });
      const price = number('mark_price_coin');
      const marks = [
        marked(1, number('underlying_price'), number('underlying_price'), time),
        marked(2, price, price, time),
      ];
      const future = listed(1, { kind: InstrumentKind.Future });
      const row = valued(time, [future, option], marks).get(2)!;
      // A mark of six decimals says nothing of the volatility where there is hardly any vega.
      const vegaCoin = (number('vega') * 100) / number('underlying_price');
      if (vegaCoin < 0.02) return;
      compared += 1;
      expect(row).toMatchObject({ quality: 'Quoted', reason: 'None' });
      expect(row['value']).toBeCloseTo(price, 8);
      expect(Math.abs((row['volatility'] as number) * 100 - number('mark_iv_pct'))).toBeLessThan(0.6);
      expect(Math.abs((row['delta'] as number) - number('delta'))).toBeLessThan(2e-3);
      expect(Math.abs((row['gamma'] as number) - number('gamma'))).toBeLessThan(1e-5);
      expect(Math.abs((row['vega'] as number) / 100 - number('vega'))).toBeLessThan(
        0.005 * number('vega') + 0.002,
      );
      expect(Math.abs((row['rho'] as number) / 100 - number('rho'))).toBeLessThan(
        0.005 * Math.abs(number('rho')) + 0.005,
      );
      // The venue caps theta of what ends within a day.
      if (years > 1 / 365)
        expect(Math.abs((row['theta'] as number) / 365 - number('theta'))).toBeLessThan(
          0.01 * Math.abs(number('theta')),
        );
    });
    expect(compared).toBeGreaterThan(15);
  },
);

const NO_GOOG = whyNoData([GOOG, GOOG_SPOT]);
(NO_GOOG ? test.skip : test)(
  `a chain of American options on a share is valued within its quotes${NO_GOOG ? `: ${NO_GOOG}` : ''}`,
  () => {
    const at = Math.max(
      ...rowsOf(GOOG_SPOT)
        .map((row) => Number(Object.values(row)[0]))
        .filter((ms) => ms <= 39_600_000),
    );
    const spotRow = rowsOf(GOOG_SPOT).find((row) => Number(Object.values(row)[0]) === at)!;
    const spot = Number(Object.values(spotRow)[4]);
    const now = Date.parse('2015-12-24T05:00:00Z') * 1000 + at * 1000;
    const latest = new Map<string, Fields>();
    for (const row of rowsOf(GOOG)) {
      const [ms, expiry, strike, right] = Object.values(row);
      if (Number(ms) <= at) latest.set(`${expiry} ${strike} ${right}`, row);
    }
    const quotes = [...latest.values()].flatMap((row, index) => {
      const [, expiry, strike, right, bid, , ask] = Object.values(row) as string[];
      if (!expiry!.startsWith('201601') || !(Number(bid) > 0 && Number(ask) > 0)) return [];
      const day = `${expiry!.slice(0, 4)}-${expiry!.slice(4, 6)}-${expiry!.slice(6, 8)}`;
      const terms = {
        kind: InstrumentKind.Option,
        underlying: 1,
        right: /c/i.test(right!) ? OptionRight.Call : OptionRight.Put,
        strike: BigInt(Math.round(Number(strike) * 1e9)),
        expiry: Date.parse(`${day}T21:00:00Z`) * 1000,
        exercise: ExerciseStyle.American,
      };
      return [{ instrument: 10 + index, terms, bid: Number(bid), ask: Number(ask) }];
    });
    const rows = valued(
      now,
      [
        listed(1, { kind: InstrumentKind.Equity }),
        ...quotes.map(({ instrument, terms }) => listed(instrument, terms)),
      ],
      [
        marked(1, spot, spot, now),
        ...quotes.map(({ instrument, bid, ask }) => marked(instrument, bid, ask, now)),
      ],
    );
    const values = quotes.map(({ instrument, bid, ask }) => ({ row: rows.get(instrument)!, bid, ask }));
    const priced = values.filter(({ row }) => row['quality'] !== 'Missing');
    const within = priced.filter(
      ({ row, bid, ask }) => (row['value'] as number) >= bid - 0.01 && (row['value'] as number) <= ask + 0.01,
    );

    expect(quotes.length).toBeGreaterThan(200);
    expect(priced.length / quotes.length).toBeGreaterThan(0.98);
    expect(within.length / priced.length).toBeGreaterThan(0.97);
  },
);
