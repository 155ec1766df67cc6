import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { booked } from '../../../operators/ledger/average-cost';
import { type Contract, worthOf } from '../../../operators/ledger/contract';
import { type Booking, FLAT, type Holding } from '../../../operators/ledger/holding';
import { formatDecimal, parseDecimal } from '../../../schemas/decimals';
import { FillKind } from '../../../schemas/ledger';
import { dataFile } from '../../support/data-folder';

const LINEAR: Contract = { multiplier: 10n ** 9n, inverse: false };
const INVERSE: Contract = { multiplier: 10n ** 9n, inverse: true };
const fill = (quantity: string, price: string, fee = '0'): Booking => ({
  kind: FillKind.New,
  coins: 0n,
  quantity: parseDecimal(quantity, 9),
  price: parseDecimal(price, 9),
  fee: parseDecimal(fee, 18),
  time: 0,
});
const heldAfter = (fills: readonly Booking[], contract = LINEAR): Holding =>
  fills.reduce((held, one) => booked(held, one, contract), FLAT);
const said = ({ quantity, cost, realisedPnl }: Holding): readonly string[] => [
  formatDecimal(quantity, 9),
  formatDecimal(cost, 18),
  formatDecimal(realisedPnl, 18),
];
/** With a fee of one basis point of what was traded. */
const charged = (quantity: string, price: string): Booking => {
  const value = parseDecimal(quantity, 9) * parseDecimal(price, 9);
  return { ...fill(quantity, price), fee: (value < 0n ? -value : value) / 10_000n };
};

describe('9 ledger: average cost', () => {
  test.each`
    case                               | fills                                                                   | quantity | cost      | realised
    ${'buy'}                           | ${[['10', '100']]}                                                      | ${'10'}  | ${'1000'} | ${'0'}
    ${'buy more, averaged'}            | ${[['10', '100'], ['10', '110']]}                                       | ${'20'}  | ${'2100'} | ${'0'}
    ${'sell half at a gain'}           | ${[['10', '100'], ['-5', '120']]}                                       | ${'5'}   | ${'500'}  | ${'100'}
    ${'short, bought back'}            | ${[['-10', '100'], ['4', '90']]}                                        | ${'-6'}  | ${'-600'} | ${'40'}
    ${'flip closes, then opens'}       | ${[['100', '1'], ['-50', '2'], ['-100', '3']]}                          | ${'-50'} | ${'-150'} | ${'150'}
    ${'close, then reopen'}            | ${[['10', '100'], ['-10', '101'], ['10', '102']]}                       | ${'10'}  | ${'1020'} | ${'10'}
    ${'dust becomes exactly flat'}     | ${[['0.000000003', '1'], ['-0.000000001', '1'], ['-0.000000002', '1']]} | ${'0'}   | ${'0'}    | ${'0'}
    ${'thirds leave nothing behind'}   | ${[['3', '100.01'], ['-1', '7'], ['-1', '7'], ['-1', '7']]}             | ${'0'}   | ${'0'}    | ${'-279.03'}
    ${'bought below zero, sold above'} | ${[['2', '-37.63'], ['-2', '10']]}                                      | ${'0'}   | ${'0'}    | ${'95.26'}
    ${'bought at zero'}                | ${[['2', '0'], ['-1', '5']]}                                            | ${'1'}   | ${'0'}    | ${'5'}
  `('$case', ({ fills, quantity, cost, realised }) => {
    const held = heldAfter((fills as readonly (readonly [string, string])[]).map(([q, p]) => fill(q, p)));

    expect(said(held)).toEqual([quantity, cost, realised]);
  });

  test('12@100, 17@99, −9@101, −4@105, +3@103 at one basis point', () => {
    const held = heldAfter([
      charged('12', '100'),
      charged('17', '99'),
      charged('-9', '101'),
      charged('-4', '105'),
      charged('3', '103'),
    ]);

    expect(Number(held.cost) / Number(held.quantity) / 1e9).toBe(99.98003629764065);
    expect(Number(formatDecimal(held.realisedPnl, 18))).toBeCloseTo(36.16858966, 8);
  });

  test.each`
    quantity          | price            | multiplier       | worth
    ${'1'}            | ${'1'}           | ${'0.5'}         | ${'0.5'}
    ${'0.000000001'}  | ${'0.000000001'} | ${'0.5'}         | ${'0'}
    ${'0.000000003'}  | ${'0.000000001'} | ${'0.5'}         | ${'0.000000000000000002'}
    ${'-0.000000003'} | ${'0.000000001'} | ${'0.5'}         | ${'-0.000000000000000002'}
    ${'0.000000003'}  | ${'0.000000001'} | ${'0.500000001'} | ${'0.000000000000000002'}
  `(
    '$quantity at $price times $multiplier is rounded once, half to even',
    ({ quantity, price, multiplier, worth }) => {
      const contract = { multiplier: parseDecimal(multiplier, 9), inverse: false };
      const value = worthOf({ quantity: parseDecimal(quantity, 9), price: parseDecimal(price, 9) }, contract);

      expect(formatDecimal(value, 18)).toBe(worth);
    },
  );

  const anyBooking: fc.Arbitrary<Booking> = fc.record({
    kind: fc.constant(FillKind.New),
    coins: fc.constant(0n),
    quantity: fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }).filter((quantity) => quantity !== 0n),
    price: fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }),
    fee: fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }),
    time: fc.constant(0),
  });

  test('cost less realised P&L is what was paid, fees included, to the last digit', () => {
    fc.assert(
      fc.property(fc.array(anyBooking, { maxLength: 40 }), (fills) => {
        const paid = fills.reduce((sum, { quantity, price, fee }) => sum + quantity * price + fee, 0n);
        const { cost, realisedPnl } = heldAfter(fills);
        expect(cost - realisedPnl).toBe(paid);
      }),
    );
  });

  test('a flat position has no cost', () => {
    fc.assert(
      fc.property(fc.array(anyBooking, { maxLength: 20 }), anyBooking, (fills, last) => {
        const { quantity } = heldAfter(fills);
        fc.pre(quantity !== 0n);
        expect(heldAfter([...fills, { ...last, quantity: -quantity }]).cost).toBe(0n);
      }),
    );
  });
});

type Step = {
  readonly fill?: {
    readonly side: string;
    readonly qty: string;
    readonly price: string;
    readonly commission: string;
  };
  readonly expect?: Readonly<Record<string, string | number>>;
};
interface PositionCase {
  readonly case: string;
  readonly instrument: { readonly inverse: boolean; readonly money_decimals: number };
  readonly steps: readonly Step[];
}

const path = dataFile('pnl/average_cost_position_cases.json');
const described = path.missing ? describe.skip : describe;

/** There a position that was flat starts anew with nothing realised, and money is rounded to the currency's decimals. */
described(`9 ledger: published average cost cases (${path.missing ?? 'all of the file'})`, () => {
  const cases = path.missing ? [] : (JSON.parse(readFileSync(path.file, 'utf8')) as readonly PositionCase[]);

  test('there are twelve', () => expect(cases.length).toBe(12));

  test.each(cases)('$case', ({ instrument, steps }) => {
    const contract = instrument.inverse ? INVERSE : LINEAR;
    let held = FLAT;
    let checked = 0;
    const money = (value: unknown): number => Number(String(value).split(' ')[0]);
    const near = (found: bigint, expected: unknown): void => {
      checked += 1;
      expect(Number(formatDecimal(found, 18))).toBeCloseTo(money(expected), instrument.money_decimals);
    };
    const worthAt = (quantity: bigint, price: string): bigint =>
      worthOf({ quantity, price: parseDecimal(price, 9) }, contract);
    for (const { fill: filled, expect: expected } of steps) {
      if (filled) {
        if (held.quantity === 0n) held = FLAT;
        const quantity = filled.side === 'BUY' ? filled.qty : `-${filled.qty}`;
        held = booked(held, fill(quantity, filled.price, filled.commission), contract);
      }
      if (!expected) continue;
      const mark = String(expected['mark_price'] ?? '1');
      const unrealised = worthAt(held.quantity, mark) - held.cost;
      if (expected['realized_pnl'] !== undefined) near(held.realisedPnl, expected['realized_pnl']);
      if (expected['unrealized_pnl'] !== undefined) near(unrealised, expected['unrealized_pnl']);
      if (expected['total_pnl'] !== undefined) near(unrealised + held.realisedPnl, expected['total_pnl']);
      if (expected['notional_value'] !== undefined) {
        const notional = worthAt(held.quantity, mark);
        near(notional < 0n ? -notional : notional, expected['notional_value']);
      }
      if (expected['calculate_pnl'] === undefined && expected['quantity'] !== undefined) {
        checked += 1;
        expect(Math.abs(Number(formatDecimal(held.quantity, 9)))).toBe(Number(expected['quantity']));
      }
      if (
        expected['calculate_pnl'] === undefined &&
        expected['avg_px_open'] !== undefined &&
        held.quantity !== 0n
      ) {
        checked += 1;
        expect(Number(held.cost) / Number(held.quantity) / 1e9).toBeCloseTo(
          Number(expected['avg_px_open']),
          10,
        );
      }
    }
    expect(checked).toBeGreaterThan(0);
  });
});
