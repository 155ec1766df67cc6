/** Options from their marks: quoted ones are worth those, others what the volatilities of their expiry make them. */
import fc from 'fast-check';
import { valuationsWith } from '../../pipelines/valuations';
import { ExerciseStyle, InstrumentKind, OptionRight } from '../../schemas/reference';
import { instrumentUntold } from '../../schemas/untold';
import { black, impliedByBisection } from '../support/black-oracle';
import { type Outcome, obeysLaws } from '../support/laws';
import { type History, latestBy, type Row, Run } from '../support/run';

const MINUTE = 60_000_000;
const START = Math.floor((1_780_000_000 * 1_000_000) / MINUTE) * MINUTE;
const YEAR = 365 * 86_400 * 1_000_000;
const EXPIRY = START + YEAR / 4;
const ONE = 10n ** 9n;
const ROOM = { options: 512, nodes: 64, underlyings: 64, rates: 64, yields: 64 };
const PIPELINE = valuationsWith({
  everyMicros: 0,
  flatRates: { USD: 0.03 },
  kernel: 'javascript',
  room: ROOM,
});

const listed = (instrument: number, more: Row = {}): Row => ({
  ...instrumentUntold,
  instrument,
  name: `I${instrument}`,
  currency: 'USD',
  multiplier: ONE,
  inverse: false,
  kind: InstrumentKind.Equity,
  ...more,
});
const option = (instrument: number, right: 'call' | 'put', strike: number, more: Row = {}): Row =>
  listed(instrument, {
    kind: InstrumentKind.Option,
    underlying: 1,
    right: right === 'call' ? OptionRight.Call : OptionRight.Put,
    strike: BigInt(strike) * ONE,
    expiry: EXPIRY,
    exercise: ExerciseStyle.European,
    ...more,
  });
const marked = (instrument: number, price: number, state = 1): Row => ({
  instrument,
  bid: price,
  ask: price,
  price,
  state: Number.isNaN(price) ? 0 : state,
  quality: Number.isNaN(price) ? 0 : state === 1 ? 1 : 4,
  reason: 0,
  time: START,
});

const bring = (run: Run, now: number, instruments: readonly Row[], marks: readonly Row[]): readonly Row[] =>
  run.bring({ now, data: { 'reference.instruments': instruments, 'market.marks': marks } })[
    'valuation.unit_values'
  ]!;

/** A chain of 2.5-year-old truth: forward 103, discount 0.99, a smile that falls. */
const [FORWARD, DISCOUNT] = [103, 0.99];
const trueVolatility = (strike: number): number => 0.2 - 0.1 * Math.log(strike / FORWARD);
const truePrice = (right: 'call' | 'put', strike: number): number =>
  black(
    { isCall: right === 'call', forward: FORWARD, strike, years: 0.25, discount: DISCOUNT },
    trueVolatility(strike),
  );
const STRIKES = [80, 85, 90, 95, 100, 105, 110, 115, 120];
const CHAIN = STRIKES.flatMap((strike, index) => [
  option(10 + index, 'call', strike),
  option(30 + index, 'put', strike),
]);
const CHAIN_MARKS = STRIKES.flatMap((strike, index) => [
  marked(10 + index, truePrice('call', strike)),
  marked(30 + index, truePrice('put', strike)),
]);

describe('a chain of European options', () => {
  const unquoted = option(50, 'call', 103);
  const chain = (): Run => {
    const run = new Run([PIPELINE]);
    bring(run, START, [listed(1), ...CHAIN, unquoted], []);
    return run;
  };

  test('implies its own forward and rate; what is quoted is worth its mark', () => {
    const rows = bring(chain(), START + 1, [], [marked(1, 100), ...CHAIN_MARKS]);

    expect(rows).toHaveLength(19);
    for (const row of rows.slice(0, 18)) {
      expect(row).toMatchObject({ quality: 'Quoted', reason: 'None', years: 0.25 });
      expect(row['forward']).toBeCloseTo(FORWARD, 6);
      const strike = STRIKES[(row['instrument'] as number) % 10]!;
      expect(row['volatility']).toBeCloseTo(trueVolatility(strike), 6);
      expect(row['value']).toBeCloseTo(
        truePrice((row['instrument'] as number) < 30 ? 'call' : 'put', strike),
        8,
      );
    }
  });

  test('what has no quote is worth what its expiry makes it, and says so; Greeks are slopes of the value', () => {
    const run = chain();
    const row = bring(run, START + 1, [], [marked(1, 100), ...CHAIN_MARKS]).at(-1)!;
    const terms = { isCall: true, forward: FORWARD, strike: 103, years: 0.25, discount: DISCOUNT };
    const at = (spot: number, volatility = trueVolatility(103)): number =>
      black({ ...terms, forward: (FORWARD * spot) / 100 }, volatility);

    expect(row).toMatchObject({ instrument: 50, quality: 'Modelled', reason: 'None' });
    expect(row['value']).toBeCloseTo(truePrice('call', 103), 3);
    expect(row['delta']).toBeCloseTo((at(100.01) - at(99.99)) / 0.02, 3);
    expect(row['gamma']).toBeCloseTo((at(100.1) - 2 * at(100) + at(99.9)) / 0.01, 3);
    expect(row['vega']).toBeCloseTo((at(100, 0.2001) - at(100, 0.1999)) / 0.0002, 1);
  });

  test('11 missing: no spot, no volatility, no terms are said by name, and are worth nothing never', () => {
    const run = new Run([PIPELINE]);
    const noTerms = option(60, 'call', 100, { expiry: undefined });
    const expired = option(61, 'call', 100, { expiry: START - 1 });
    bring(run, START, [listed(1), option(50, 'call', 103), noTerms, expired], []);
    const none = run.snapshot(PIPELINE.writes.unitValues, START);
    const alone = bring(run, START + 1, [], [marked(1, 100)]);

    expect(none).toMatchObject([
      { instrument: 50, quality: 'Missing', reason: 'NoSpot', value: Number.NaN, delta: Number.NaN },
      { instrument: 60, quality: 'Missing', reason: 'NoTerms' },
      { instrument: 61, quality: 'Missing', reason: 'Expired' },
    ]);
    expect(alone.find(({ instrument }) => instrument === 50)).toMatchObject({
      reason: 'NoVolatility',
      value: Number.NaN,
    });
  });

  test('a spot that grows stale at the same price is told of every option, and so is one that is fresh again', () => {
    const run = chain();
    bring(run, START + 1, [], [marked(1, 100), ...CHAIN_MARKS]);
    const stale = bring(run, START + 2, [], [marked(1, 100, 2)]);
    const fresh = bring(run, START + 3, [], [marked(1, 100)]);
    expect(stale.map(({ reason }) => reason)).toEqual(Array(19).fill('StaleSpot'));
    expect(fresh.map(({ reason }) => reason)).toEqual(Array(19).fill('None'));
  });

  test('time passes by the minute, and costs value', () => {
    const run = chain();
    const before = bring(run, START + 1, [], [marked(1, 100), ...CHAIN_MARKS]);
    const [later] = run.drain(START + MINUTE);

    expect(later!['valuation.unit_values']).toHaveLength(19);
    expect(later!['valuation.unit_values']![0]!['years']).toBeLessThan(before[0]!['years'] as number);
  });

  test('12 work: a quote of one expiry moves that one, a tick of the underlying all on it, and none on another', () => {
    const other = STRIKES.map((strike, index) => option(70 + index, 'call', strike, { underlying: 2 }));
    const run = chain();
    bring(run, START + 1, [listed(2), ...other], [marked(1, 100), marked(2, 50), ...CHAIN_MARKS]);
    const numbers = (rows: readonly Row[]): readonly unknown[] => rows.map(({ instrument }) => instrument);

    expect(numbers(bring(run, START + 2, [], [marked(14, truePrice('call', 100) + 0.01)]))).toContain(14);
    expect(numbers(bring(run, START + 3, [], [marked(1, 100.5)])).every((n) => (n as number) < 70)).toBe(
      true,
    );
    expect(bring(run, START + 4, [], [marked(9, 1)])).toEqual([]);
  });

  test('whatever came first, restored or not, the same marks give the same bits', () => {
    const marks = [marked(1, 100), ...CHAIN_MARKS];
    const one = new Run([PIPELINE]);
    bring(one, START, [listed(1), ...CHAIN, unquoted], marks);
    const other = new Run([PIPELINE]);
    bring(other, START, [unquoted, ...[...CHAIN].reverse(), listed(1)], []);
    for (const mark of [marked(1, 90), ...[...marks].reverse()]) bring(other, START, [], [mark]);
    const said = (run: Run): readonly Row[] => run.snapshot(PIPELINE.writes.unitValues, START);
    other.save();
    const restored = new Run([PIPELINE], other.saved, 100);

    expect(said(other)).toEqual(said(one));
    expect(said(restored)).toEqual(said(one));
  });
});

describe('valueInstruments', () => {
  const calls = [option(10, 'call', 90), option(11, 'call', 100), option(12, 'put', 110, { underlying: 2 })];
  const future = listed(2, { kind: InstrumentKind.Future });
  const anyMark = fc
    .record({
      instrument: fc.constantFrom(1, 2, 10, 11, 12),
      price: fc.constantFrom(5, 12, 95, 104),
      state: fc.constantFrom(0, 1, 1, 2),
    })
    .map(({ instrument, price, state }) => marked(instrument, state === 0 ? Number.NaN : price, state));
  obeysLaws({
    pipelines: [PIPELINE],
    start: START,
    step: fc.record({
      passed: fc.constantFrom(0, 1_000_000),
      data: fc.record({
        'reference.instruments': fc.subarray([listed(1), future, ...calls], { maxLength: 2 }),
        'market.marks': fc.array(anyMark, { maxLength: 3 }),
      }),
    }),
    oracle: fromScratch,
    comparable: ({ instrument, value, volatility, quality, reason }) => {
      const near = (number: unknown): number => Number((number as number).toFixed(5)) + 0;
      return { instrument, value: near(value), volatility: near(volatility), quality, reason };
    },
    runs: 40,
  });

  /** Two calls have no puts beside them: the forward is that of a flat rate, and there is no smile. */
  function fromScratch(history: History): Outcome {
    const all = (topic: string) => history.flatMap(({ data }) => data[topic] ?? []);
    const known = latestBy(all('reference.instruments'), ['instrument']);
    const marks = latestBy(all('market.marks'), ['instrument']);
    const priceOf = (instrument: unknown): number =>
      (marks.get(String(instrument))?.['price'] as number) ?? Number.NaN;
    const rows = calls.flatMap((row): (readonly [string, Row])[] => {
      const key = String(row['instrument']);
      if (!known.has(key)) return [];
      const mark = priceOf(row['underlying']);
      const isFuture = row['underlying'] === 2 && known.has('2');
      const discount = Math.exp(-0.03 * 0.25);
      const terms = {
        isCall: row['right'] === OptionRight.Call,
        strike: Number((row['strike'] as bigint) / ONE),
        forward: isFuture ? mark : mark / discount,
        years: 0.25,
        discount,
      };
      const price = marks.get(key)?.['state'] === 1 ? priceOf(row['instrument']) : Number.NaN;
      const volatility = mark > 0 ? impliedByBisection(terms, price) : Number.NaN;
      const isStale = marks.get(String(row['underlying']))?.['state'] === 2;
      const remark = isStale ? 'StaleSpot' : isFuture ? 'None' : 'FlatCarry';
      const isValued = !Number.isNaN(volatility);
      const reason = isValued ? remark : Number.isNaN(mark) ? 'NoSpot' : 'NoVolatility';
      const quality = isValued ? 'Quoted' : 'Missing';
      const value = isValued ? Number(price.toFixed(5)) : Number.NaN;
      return [
        [
          key,
          {
            instrument: row['instrument'],
            value,
            volatility: Number(volatility.toFixed(5)),
            quality,
            reason,
          },
        ],
      ];
    });
    return { 'valuation.unit_values': new Map(rows) };
  }
});
