import { cash } from '../../pipelines/cash';
import { positionsWith } from '../../pipelines/positions';
import { type Fill, FillKind } from '../../schemas/ledger';
import { Reason } from '../../schemas/market';
import { type Instrument, InstrumentKind } from '../../schemas/reference';
import { bust, EQ, ONE, OPTIONS, START, told } from '../support/ledger-desk';
import { type Row, Run } from '../support/run';

const FUTURE: Instrument = {
  ...EQ,
  instrument: 2,
  name: 'FUT',
  kind: InstrumentKind.Future,
  multiplier: 50n * ONE,
};
const PAIR: Instrument = { ...EQ, instrument: 3, name: 'BTC/USD', kind: InstrumentKind.Crypto };
const money = (amount: number): bigint => BigInt(Math.round(amount * 1e6)) * 10n ** 12n;

class Desk {
  private run = new Run([positionsWith(OPTIONS), cash]);
  private step = 0;

  constructor() {
    this.at({ instruments: [EQ, FUTURE, PAIR] });
  }

  at({ instruments = [], fills = [] }: { instruments?: readonly Instrument[]; fills?: readonly Fill[] }) {
    this.step += 1;
    const data = {
      'reference.instruments': instruments as unknown as readonly Row[],
      'ledger.fills': fills as unknown as readonly Row[],
    };
    const rows = this.run.bring({ now: START + this.step, data })['ledger.cash']!;
    return rows.map(({ account, currency, cash: amount, reason }) => {
      const told = `${account} ${currency} ${Number((amount as bigint) / 10n ** 12n) / 1e6}`;
      return reason === Reason.None ? told : `${told} ${reason}`;
    });
  }

  restart(): void {
    this.run.save();
    this.run = new Run([positionsWith(OPTIONS), cash], this.run.saved, this.step);
  }
}

const event = (id: string, kind: FillKind, more: Parameters<typeof told>[1] = {}) =>
  told(id, { kind, quantity: 0, price: 0, ...more });

describe('sumCash', () => {
  test.each([
    ['a share is paid in full, with its fee', [told('a', { fee: money(1) })], ['7 USD -1001']],
    ['a short sale brings cash', [told('a', { quantity: -10 })], ['7 USD 1000']],
    [
      'what goes and comes back leaves what it made',
      [told('a'), told('b', { quantity: -10, price: 103 })],
      ['7 USD 30'],
    ],
    [
      'a fee in another currency is paid in that',
      [told('a', { fee: money(2), feeCurrency: 'EUR' })],
      ['7 USD -1000', '7 EUR -2'],
    ],
    [
      'a dividend brings cash',
      [told('a'), event('d', FillKind.Dividend, { price: 2, time: 1 })],
      ['7 USD -980'],
    ],
    [
      'funding is paid',
      [told('a'), event('f', FillKind.Funding, { fee: money(3), time: 1 })],
      ['7 USD -1003'],
    ],
    [
      'an expiry brings what it settles at',
      [told('a'), event('e', FillKind.Expiry, { price: 101, time: 1 })],
      ['7 USD 10'],
    ],
    ['a split moves none', [told('a'), event('s', FillKind.Split, { price: 4, time: 1 })], ['7 USD -1000']],
    [
      'a transfer moves none but its fee',
      [told('t', { kind: FillKind.Transfer, fee: money(5) })],
      ['7 USD -5'],
    ],
    ['a busted trade moves none', [told('a'), bust('x', 'a')], ['7 USD 0']],
    [
      'a future moves what it realises, and no notional',
      [
        told('a', { instrument: 2, fee: money(1) }),
        told('b', { instrument: 2, quantity: -4, price: 101, time: 1 }),
      ],
      ['7 USD 199'],
    ],
    [
      'a fee in the coin bought is no cash',
      [told('a', { instrument: 3, quantity: 2, price: 100, fee: money(0.5), feeCurrency: 'BTC' })],
      ['7 USD -200'],
    ],
  ])('%s', (_, fills, expected) => {
    expect(new Desk().at({ fills })).toEqual(expected);
  });

  test('an instrument that is a future after all is settled as one, for all who hold it', () => {
    const desk = new Desk();
    desk.at({ fills: [told('a'), told('b', { account: 8, quantity: 1 })] });
    desk.restart();
    expect(desk.at({ instruments: [{ ...EQ, kind: InstrumentKind.Future }] }).sort()).toEqual([
      '7 USD 0',
      '8 USD 0',
    ]);
    expect(desk.at({ instruments: [EQ] }).sort()).toEqual(['7 USD -1000', '8 USD -100']);
    expect(desk.at({ instruments: [EQ] })).toEqual([]);
  });

  test('a balance that has no room in its digits says so, and stops nothing', () => {
    const desk = new Desk();
    const huge = { quantity: 9e9, price: 9e9 };
    desk.at({ fills: [told('a', huge), told('b', { ...huge, instrument: 3 })] });
    expect(desk.at({ fills: [told('c', { quantity: 1, price: 1 })] })).toEqual([
      `7 USD ${Number(-(10n ** 38n - 1n) / 10n ** 12n) / 1e6} ${Reason.OutOfRange}`,
    ]);
    desk.restart();
    expect(desk.at({ fills: [bust('x', 'a')] })[0]).toMatch(/^7 USD -8100000000000000000[0-9]$/);
  });
});
