/** What the firm makes: sums of what accounts said last, in each currency, and over all currencies. */
import fc from 'fast-check';
import { firmTotals } from '../../pipelines/firm-totals';
import { Reason } from '../../schemas/market';
import { type Row, Run } from '../support/run';

const MONEY = 10n ** 18n;
const inCurrency = (account: number, currency: string, realised: number, unrealised: number): Row => ({
  ...{ account, currency, realisedPnl: BigInt(realised) * MONEY, fees: 1, time: 5, knownAt: 6 },
  ...{ unrealisedPnl: unrealised, marketValue: 100, positions: 2, stale: 0, tradingDay: '2026-03-02' },
  ...{ dayPnl: 0, dayKnownPnl: 0, monthPnl: 0, monthKnownPnl: 0, yearPnl: 0, yearKnownPnl: 0 },
  knownPnl: realised + (unrealised || 0),
  totalPnl: realised + unrealised,
  unpriced: Number.isNaN(unrealised) ? 1 : 0,
  reason: Reason.None,
});
const inBase = (account: number, currency: string, known: number, more: Row = {}): Row => ({
  ...{ account, currency, realisedPnl: known, unrealisedPnl: 0, fees: 1, marketValue: 100, knownPnl: known },
  ...{ totalPnl: known, unpriced: 0, withoutRate: 0, stale: 0, reason: Reason.None, time: 5, knownAt: 6 },
  referenceVersion: 0,
  ...more,
});

class Firm {
  private run = new Run([firmTotals]);
  private steps = 0;
  private readonly latest = new Map<string, string>();

  /** What the firm says in the end, by currency. */
  after(currencies: readonly Row[], totals: readonly Row[] = []) {
    this.steps += 1;
    const data = { 'risk.account_pnl': currencies, 'risk.account_totals': totals };
    const said = this.run.bring({ now: this.steps, data });
    for (const row of said['risk.firm_totals']!) {
      const total = Number.isNaN(row['totalPnl'] as number) ? `? (${row['knownPnl']})` : `${row['totalPnl']}`;
      this.latest.set(
        `${row['isOverAll'] ? 'all in ' : ''}${row['currency']}`,
        `${total} of ${row['accounts']}`,
      );
    }
    return Object.fromEntries(this.latest);
  }

  restart(): void {
    this.run.save();
    this.run = new Run([firmTotals], this.run.saved, this.steps);
  }
}

test('what accounts have in a currency is summed, and never with another', () => {
  const firm = new Firm();
  expect(
    firm.after([inCurrency(1, 'USD', 10, 5), inCurrency(1, 'JPY', 1000, 0), inCurrency(2, 'USD', 1, 2)]),
  ).toEqual({
    USD: '18 of 2',
    JPY: '1000 of 1',
  });
  firm.restart();
  expect(firm.after([inCurrency(2, 'USD', 1, -2)])).toEqual({ USD: '14 of 2', JPY: '1000 of 1' });
});

test('a total that is unknown of one account is unknown of the firm, with what is known beside it', () => {
  const firm = new Firm();
  expect(firm.after([inCurrency(1, 'USD', 10, 5), inCurrency(2, 'USD', 1, Number.NaN)])).toEqual({
    USD: '? (16) of 2',
  });
  firm.restart();
  expect(firm.after([inCurrency(2, 'USD', 1, 2)])).toEqual({ USD: '18 of 2' });
});

test('totals over all currencies are summed by their base currency; one without a rate says so', () => {
  const firm = new Firm();
  const without = { totalPnl: Number.NaN, withoutRate: 1, reason: Reason.NoRate };
  expect(firm.after([], [inBase(1, 'USD', 10), inBase(2, 'EUR', 7), inBase(3, 'USD', 4, without)])).toEqual({
    'all in USD': '? (14) of 2',
    'all in EUR': '7 of 1',
  });
  expect(firm.after([], [inBase(3, 'USD', 6)])).toMatchObject({ 'all in USD': '16 of 2' });
});

test('5 incremental equals recomputed: sums are those of what was said last', () => {
  const event = fc.record({
    account: fc.constantFrom(1, 2, 3),
    currency: fc.constantFrom('USD', 'EUR'),
    realised: fc.integer({ min: -5, max: 5 }),
    unrealised: fc.constantFrom(0, 3, -4, Number.NaN),
    restarts: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(event, { minLength: 1, maxLength: 12 }), (events) => {
      const firm = new Firm();
      const last = new Map<string, (typeof events)[number]>();
      let found: Record<string, string> = {};
      for (const one of events) {
        last.set(`${one.account}/${one.currency}`, one);
        found = firm.after([inCurrency(one.account, one.currency, one.realised, one.unrealised)]);
        if (one.restarts) firm.restart();
      }
      for (const currency of new Set(events.map((one) => one.currency))) {
        const parts = [...last.values()].filter((one) => one.currency === currency);
        const known = parts.reduce((sum, one) => sum + one.realised + (one.unrealised || 0), 0);
        const isWhole = parts.every((one) => !Number.isNaN(one.unrealised));
        expect(found[currency]).toBe(`${isWhole ? known : `? (${known})`} of ${parts.length}`);
      }
    }),
    { numRuns: 50 },
  );
});
