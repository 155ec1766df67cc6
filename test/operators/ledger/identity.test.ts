/** Who an execution is, and which of several words about it counts. */
import fc from 'fast-check';
import { idText } from '../../../operators/ledger/identity';
import { type Fill, FillKind } from '../../../schemas/ledger';
import { bust, COIN, correct, DAY, Desk, EQ, SECOND, START, short, told } from '../../support/ledger-desk';
import { cases } from '../../support/long-runs';

const DAYS = DAY / SECOND;
const quantities = (desk: Desk, fills: readonly Fill[], seconds = 100) =>
  desk
    .at(seconds, { fills })
    .positions.map(({ account, instrument, quantity }) => [account, instrument, Number(quantity) / 1e9]);

describe('an execution id', () => {
  test('counts once for each venue, account and instrument', () => {
    const fills = [
      told('1', { quantity: 2 }),
      told('1', { quantity: 5, venue: 2 }),
      told('1', { quantity: 40, instrument: 2 }),
      told('1', { quantity: 1, account: 8 }),
    ];
    const desk = new Desk();

    expect(quantities(desk, fills)).toEqual([
      [7, 1, 7],
      [7, 2, 40],
      [8, 1, 1],
    ]);
    desk.restart();
    expect(desk.at(101, { fills }).refused).toEqual(Array(4).fill('1: Duplicate'));
  });

  test('given by a broker counts once, whatever the venue', () => {
    const fills = [
      told('1', { broker: 'B' }),
      told('1', { broker: 'B', venue: 2 }),
      told('1', { broker: 'C' }),
    ];

    expect(new Desk().at(1, { fills })).toMatchObject({
      refused: ['1: Duplicate'],
      positions: [{ fills: 2 }],
    });
  });

  test('that starts anew every day counts once a day; a bust says of which day', () => {
    const [monday, tuesday] = [{ tradingDay: '1970-01-05' }, { tradingDay: '1970-01-06' }];
    const desk = new Desk();
    desk.at(1, { fills: [told('1', { ...monday, quantity: 1 }), told('1', { ...monday, quantity: 1 })] });
    desk.at(DAYS, { fills: [told('1', { ...tuesday, time: DAYS, quantity: 2 })] });
    const busted = desk.at(DAYS + 1, {
      fills: [bust('2', '1', { ...tuesday, refersToDay: '1970-01-05', time: DAYS })],
    });

    expect(busted.positions.map(short)).toMatchObject([{ quantity: 2, fills: 1 }]);
  });

  test('with another quantity, price or fee is an economic difference, and says both', () => {
    const desk = new Desk();
    desk.at(1, { fills: [told('a')] });
    const differing = [told('a', { quantity: 100 }), told('a', { price: 1 }), told('a', { fee: 1n })];
    const { refused, details, positions } = desk.at(2, { fills: differing });

    expect(refused).toEqual(Array(3).fill('a: EconomicDifference'));
    expect(details[0]).toContain('came before as 10 @ 100, fee 0 USD, now as 100 @ 100, fee 0 USD');
    expect(positions).toEqual([]);
  });

  test('of what was corrected is known as it was told first', () => {
    const desk = new Desk();
    desk.at(1, { fills: [told('a'), correct('b', 'a', { price: 110, time: 1 })] });
    desk.restart();

    expect(desk.at(2, { fills: [told('a'), told('a', { price: 110 })] }).refused).toEqual([
      'a: Duplicate',
      'a: EconomicDifference',
    ]);
  });
});

describe('of several corrections of an execution', () => {
  test('the latest time counts, not the last to come', () => {
    const desk = new Desk();
    desk.at(300, { fills: [told('a'), correct('late', 'a', { price: 120, time: 300 })] });
    const { refused, positions } = desk.at(301, {
      fills: [correct('early', 'a', { price: 110, time: 120 })],
    });

    expect(refused).toEqual(['early: Superseded']);
    expect(positions).toEqual([]);
    expect(desk.at(302, { fills: [bust('x', 'early')] }).positions.map(short)).toMatchObject([{ fills: 0 }]);
  });

  test('the greatest version counts, whatever the times', () => {
    const desk = new Desk();
    const fills = [
      told('a'),
      correct('two', 'a', { price: 120, version: 2, time: 1 }),
      correct('one', 'a', { price: 110, version: 1, time: 2 }),
    ];

    expect(desk.at(3, { fills }).positions.map(short)).toMatchObject([{ cost: 1200 }]);
  });

  test('a bust is final, wherever it comes', () => {
    const fills = [told('a'), bust('x', 'a', { time: 1 }), correct('c', 'a', { price: 110, time: 2 })];
    for (const order of [fills, [fills[0]!, fills[2]!, fills[1]!]])
      expect(new Desk().at(3, { fills: order }).positions.map(short)).toMatchObject([{ fills: 0 }]);
  });
});

describe('across the weekend', () => {
  test('what was traded on Friday is busted, corrected or told late on Monday', () => {
    const friday = 4 * DAYS;
    const monday = 7 * DAYS;
    const desk = new Desk();
    desk.at(friday, { fills: [told('a', { time: friday, quantity: 100 }), told('b', { time: friday })] });
    desk.drain(monday);
    desk.restart();
    const { positions } = desk.at(monday, {
      fills: [
        bust('c', 'a', { time: monday }),
        correct('d', 'b', { price: 110, time: monday }),
        told('e', { time: friday + 1, quantity: 7 }),
        told('a', { time: monday, quantity: 100 }),
      ],
    });

    expect(positions.map(short)).toMatchObject([{ quantity: 17, cost: 1800, fills: 2 }]);
  });
});

describe('9 ledger: the order of arrival', () => {
  // Executions of equal time count in order of arrival: here no two have one.
  const history = fc
    .array(
      fc.record({
        kind: fc.constantFrom(FillKind.New, FillKind.New, FillKind.Correct, FillKind.Correct, FillKind.Bust),
        of: fc.nat(5),
        quantity: fc.integer({ min: -5, max: 5 }).filter(Boolean),
        price: fc.integer({ min: 1, max: 9 }),
        version: fc.constantFrom(0, 0, 1),
        time: fc.nat(3),
      }),
      { minLength: 1, maxLength: 12 },
    )
    .map((rows) =>
      rows.map(({ kind, of, time, ...rest }, index) =>
        kind === FillKind.New || index === 0
          ? told(`f${index}`, { ...rest, version: 0, time: index })
          : told(`f${index}`, { ...rest, kind, refersTo: `f${of % index}`, time: 20 + time }),
      ),
    );
  const finally_ = (fills: readonly Fill[], cuts: readonly boolean[]) => {
    const desk = new Desk({ ...WIDE });
    const latest = new Map<string, unknown>();
    fills.forEach((fill, index) => {
      for (const position of desk.at(100, { fills: [fill] }).positions)
        latest.set(`${position.account}/${position.instrument}`, { ...position, knownAt: 0 });
      if (cuts[index]) desk.restart();
    });
    // A position whose executions were all busted says the same as one that never was.
    return [...latest.values()].filter((position) => (position as { fills: number }).fills > 0);
  };
  const WIDE = {
    horizon: { tradingDays: 10, bytes: 1e6 },
    limits: { patienceMicros: DAY, waiting: 100, aheadMicros: DAY, positions: 10, remembered: 100 },
  };

  test('changes nothing in the end, with restarts in between', () => {
    fc.assert(
      fc.property(
        history.chain((fills) =>
          fc.tuple(
            fc.constant(fills),
            fc.shuffledSubarray([...fills], { minLength: fills.length }),
            fc.array(fc.boolean(), { maxLength: 12 }),
          ),
        ),
        ([fills, shuffled, cuts]) => {
          expect(finally_(shuffled, cuts)).toEqual(finally_(fills, []));
        },
      ),
      { numRuns: cases(150) },
    );
  });
});

describe('the contract of an instrument', () => {
  const REUSED = { ...EQ, currency: 'EUR', multiplier: 100n * 10n ** 9n };
  const euros = { price: 300, quantity: 5, feeCurrency: 'EUR' };

  test('is another one when a symbol is used again: old and new holders book, each on their own', () => {
    const desk = new Desk();
    desk.at(10, { fills: [told('a', { price: 14 }), told('b', { quantity: -10, price: 15, time: 5 })] });
    const { positions, refused } = desk.at(20, {
      instruments: [REUSED],
      fills: [
        told('c', { ...euros, time: 15 }),
        told('d', { ...euros, time: 15, account: 8 }),
        told('late', { price: 15, quantity: -1, time: 4 }),
        bust('x', 'late'),
      ],
    });
    desk.restart();

    expect(refused).toEqual([]);
    expect(
      positions.map(({ account, contract, currency, ...row }) => [
        account,
        contract,
        currency,
        short(row as never),
      ]),
    ).toEqual([
      [7, 0, 'USD', { quantity: 0, cost: 0, realised: 10, fills: 2 }],
      [7, 1, 'EUR', { quantity: 5, cost: 150_000, realised: 0, fills: 1 }],
      [8, 1, 'EUR', { quantity: 5, cost: 150_000, realised: 0, fills: 1 }],
    ]);
    expect(desk.at(21, { fills: [told('e', { ...euros, time: 16 })] }).positions).toMatchObject([
      { account: 7, contract: 1, fills: 2 },
    ]);
  });

  test('stays for a position that is not flat: a fill on other terms is refused, with what to do', () => {
    const desk = new Desk();
    desk.at(1, { fills: [told('a')] });
    const answer = desk.at(2, { instruments: [REUSED], fills: [told('b', { ...euros, time: 2 })] });

    expect(answer.refused).toEqual(['b: InstrumentChanged']);
    expect(answer.details[0]).toContain('close it under those terms first');
    // A mistake of reference data that is taken back leaves no trace.
    expect(desk.at(3, { instruments: [EQ], fills: [told('b')] }).positions).toMatchObject([
      { contract: 0, fills: 2 },
    ]);
  });

  test('is that of the time of the execution where reference data says from when on it holds', () => {
    const desk = new Desk();
    const later = { ...REUSED, validFrom: START + 50 * SECOND };
    const fills = [told('old', { time: 49, quantity: 1 }), told('new', { ...euros, time: 50, account: 8 })];
    const { positions } = desk.at(60, { instruments: [later], fills });

    expect(positions).toMatchObject([
      { account: 7, contract: 0, currency: 'USD' },
      { account: 8, contract: 1, currency: 'EUR', multiplier: 100n * 10n ** 9n },
    ]);
  });

  test.each([0n, -50n * 10n ** 9n])('with a multiplier of %s is refused until it is mended', (multiplier) => {
    const desk = new Desk();
    desk.at(1, { instruments: [{ ...COIN, multiplier }] });
    desk.restart();
    const answer = desk.at(2, { fills: [told('a', { instrument: 2 }), told('b')] });

    expect(answer).toMatchObject({ refused: ['a: BadContract'], positions: [{ instrument: 1 }] });
    expect(answer.details[0]).toContain('must be above zero');
    expect(desk.at(3, { instruments: [COIN], fills: [told('a', { instrument: 2 })] }).refused).toEqual([]);
  });

  test('with a multiplier that is no whole number is exact', () => {
    const desk = new Desk();
    const lumber = { ...EQ, multiplier: 27_500_000_000n };
    const { positions } = desk.at(2, {
      instruments: [lumber],
      fills: [told('a', { quantity: 3, price: 600.5 })],
    });

    expect(positions.map(short)).toMatchObject([{ quantity: 3, cost: 49_541.25 }]);
  });
});

test('no two executions of one source have one text, whatever is in their ids', () => {
  const anyText = fc.string({ unit: fc.constantFrom('A', '\n', '"', ',', '['), maxLength: 4 });
  const anyIdentity = fc.record({
    executionId: anyText,
    tradingDay: fc.option(anyText, { nil: undefined }),
    broker: fc.option(anyText, { nil: undefined }),
  });
  fc.assert(
    fc.property(anyIdentity, anyIdentity, (one, other) => {
      const isSame =
        one.executionId === other.executionId &&
        one.tradingDay === other.tradingDay &&
        one.broker === other.broker;
      expect(idText(one) === idText(other)).toBe(isSame);
    }),
    { numRuns: cases(2_000) },
  );
});

test('an id that says a day in a line of its own is another than one of that day', () => {
  const source = { broker: undefined };
  const ofTheDay = idText({ ...source, executionId: 'A', tradingDay: '2026-11-20' });
  expect(idText({ ...source, executionId: 'A\n2026-11-20\n', tradingDay: undefined })).not.toBe(ofTheDay);
});
