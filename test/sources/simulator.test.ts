import * as fc from 'fast-check';
import { FillKind } from '../../schemas/ledger';
import { InstrumentKind } from '../../schemas/reference';
import type { FeedRecord, FeedRow } from '../../sources/feed';
import { simulatedInstruments } from '../../sources/simulator/market';
import { philox } from '../../sources/simulator/philox';
import { Simulator } from '../../sources/simulator/simulator';
import { SimulatorStateError } from '../../sources/simulator/state';

const of = (topic: string, records: readonly FeedRecord[]) =>
  records.filter((record) => record.topic === topic).map(({ row }) => row);

/** Whether a venue's quote is crossed once a record has been heard: a size of zero takes a side away. */
function isCrossed(): (row: FeedRow) => boolean {
  const bids = new Map<string, number>();
  const asks = new Map<string, number>();
  const hear = (sides: Map<string, number>, at: string, price: number, size: number): void => {
    if (size === 0) sides.delete(at);
    else if (!Number.isNaN(price)) sides.set(at, price);
  };
  return ({ instrument, venue, bid, bidSize, ask, askSize }) => {
    const at = `${instrument}@${venue}`;
    hear(bids, at, bid as number, bidSize as number);
    hear(asks, at, ask as number, askSize as number);
    return (bids.get(at) ?? Number.NaN) >= (asks.get(at) ?? Number.NaN);
  };
}

describe('philox', () => {
  // The known answers of the authors' library, Random123, for philox2x32 with ten rounds.
  test.each([
    { key: 0, low: 0, high: 0, answer: [0xff1dae59, 0x6cd10df2] },
    { key: 0xffffffff, low: 0xffffffff, high: 0xffffffff, answer: [0x2c3f628b, 0xab4fd7ad] },
    { key: 0x13198a2e, low: 0x243f6a88, high: 0x85a308d3, answer: [0xdd7ce038, 0xf62a4c12] },
  ])('gives the published words for key $key', ({ key, low, high, answer }) => {
    expect(philox(key, low, high)).toEqual(answer);
  });
});

describe('the simulator', () => {
  test('makes the same events however they are asked for, with restarts in between', () => {
    const whole = new Simulator({ seed: 7 }).next(400, 5);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 90 }), { maxLength: 8 }), (cuts) => {
        let simulator = new Simulator({ seed: 7 });
        const records: FeedRecord[] = [];
        for (const cut of [...cuts, 400]) {
          records.push(...simulator.next(Math.min(cut, 400 - simulator.events), 5));
          simulator = new Simulator({ seed: 7, state: simulator.state() });
        }
        expect(records).toEqual(whole);
      }),
      { numRuns: 12 },
    );
  });

  test('makes other events for another seed', () => {
    expect(new Simulator({ seed: 8 }).next(50, 5)).not.toEqual(new Simulator({ seed: 7 }).next(50, 5));
  });

  test('quotes every instrument on its venues, one-sided at times, never crossed', () => {
    const simulator = new Simulator({ seed: 1 });
    const quotes = of('market.quotes', simulator.next(20_000, 5));
    const seen = new Set(quotes.map(({ instrument, venue }) => `${instrument}@${venue}`));
    const listed = simulator.instruments.flatMap(({ name, venues }) =>
      venues.map((venue) => `${name}@${venue}`),
    );
    expect([...seen].sort()).toEqual(listed.sort());
    const oneSided = quotes.filter(({ bid, ask }) => Number.isNaN(bid) !== Number.isNaN(ask));
    expect(oneSided.length).toBeGreaterThan(1000);
    expect(quotes.filter(isCrossed())).toEqual([]);
  });

  test('tells fills with repeats, busts and corrections that refer to executions told before', () => {
    const fills = of('ledger.fills', new Simulator({ seed: 3 }).next(20_000, 5));
    const told = new Set<unknown>();
    const counts = { repeated: 0, busted: 0, corrected: 0 };
    for (const { executionId, kind, refersTo } of fills) {
      if (kind !== FillKind.New && !told.has(refersTo)) throw new Error(`${refersTo} was never told`);
      if (told.has(executionId)) counts.repeated += 1;
      if (kind === FillKind.Bust) counts.busted += 1;
      if (kind === FillKind.Correct) counts.corrected += 1;
      told.add(executionId);
    }
    expect(fills.length).toBeGreaterThan(500);
    expect(counts.repeated).toBeGreaterThan(10);
    expect(counts.busted).toBeGreaterThan(3);
    expect(counts.corrected).toBeGreaterThan(5);
  });

  test('goes on from the state of one that had fewer instruments', () => {
    const before = new Simulator({ seed: 1, instruments: simulatedInstruments.slice(0, 8) });
    before.next(500, 1);
    const after = new Simulator({ seed: 1, state: before.state() });
    const quoted = after.next(500, 2).filter(({ topic }) => topic === 'market.quotes');
    const names = new Set(quoted.map(({ row }) => row['instrument']));
    expect([...names].sort()).toEqual(simulatedInstruments.map(({ name }) => name).sort());
    expect(after.events).toBe(1000);
  });

  test('has a pair for every currency, so that totals in one currency are known', () => {
    const currencies = new Set(simulatedInstruments.map(({ currency }) => currency));
    const pairs = simulatedInstruments.filter(({ kind }) => kind === InstrumentKind.Fx);
    for (const currency of currencies)
      if (currency !== 'USD')
        expect(pairs.map(({ name }) => name)).toContainEqual(
          expect.stringMatching(new RegExp(`^(${currency}USD|USD${currency})$`)),
        );
  });

  test('refuses the state of a simulation with other instruments', () => {
    const state = new Simulator({ seed: 1 }).state();
    const [first] = new Simulator({ seed: 1 }).instruments;
    expect(() => new Simulator({ seed: 1, instruments: [first!], state })).toThrow(SimulatorStateError);
  });

  test('fits its state into what a log keeps for a producer', () => {
    const simulator = new Simulator({ seed: 1 });
    simulator.next(50_000, 5);
    expect(simulator.state().byteLength).toBeLessThan(64 * 1024);
  });
});
