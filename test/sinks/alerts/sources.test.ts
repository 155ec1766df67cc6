/** In which words people are told: a breach says what, why and what next; what is over says so. */
import { alertSources, type ShownRecord } from '../../../sinks/alerts/sources';

const told = (topic: string, record: ShownRecord) =>
  alertSources.find((source) => source.topic.name === topic)!.alertOf(record);

const BREACH: ShownRecord = {
  limit: 'ARB-1 net',
  excursion: '2026-12-01T09:00:01.000000Z',
  phase: 'Breached',
  measure: 'Net',
  warning: '8000',
  breach: '10000',
  before: '7000',
  after: '11200',
  extreme: '11200',
  cause: 'Fill',
  byFills: '4200',
  byPrices: '-0.00999999999418',
  byRates: '0',
  unpriced: '0',
  cureAccount: 'ARB-1',
  cureInstrument: 'ALDER',
  cureQuantity: '-17.142857143',
  cureValue: '1200',
  time: '2026-12-01T09:00:01.000000Z',
};

test('a breach: the reading and its level, the cause, the trade that would cure it', () => {
  expect(told('risk.breaches', BREACH)).toEqual({
    key: 'limit ARB-1 net 2026-12-01T09:00:01.000000Z',
    state: 'raised',
    severity: 'critical',
    title: 'Limit ARB-1 net is breached: Net is 11,200, breach at 10,000',
    why: 'Cause: Fill. It was 7,000; fills changed it by 4,200, prices by -0.01, rates by 0.',
    next: 'The smallest trade that cures it: sell 17.142857143 ALDER in ARB-1, worth 1,200.',
    time: '2026-12-01T09:00:01.000000Z',
  });
});

test('an excursion is one key for life: it warns, is breached, and ends', () => {
  const warned = told('risk.breaches', { ...BREACH, phase: 'Warned', after: '8500' })!;
  const ended = told('risk.breaches', { ...BREACH, phase: 'Ended', after: '6400', before: '11200' })!;
  expect([warned.key, ended.key]).toEqual([told('risk.breaches', BREACH)!.key, warned.key]);
  expect(warned).toMatchObject({ severity: 'warning', state: 'raised' });
  expect(ended).toMatchObject({ state: 'cleared', next: '' });
  expect(ended.title).toBe('Limit ARB-1 net is kept again: Net is 6,400, the worst was 11,200');
});

test('what is not known is not told as a number', () => {
  const blind = { ...BREACH, before: '', after: '', cureInstrument: null, cureAccount: null, unpriced: '3' };
  const { title, why, next } = told('risk.breaches', blind)!;
  expect(title).toBe('Limit ARB-1 net is breached: Net is unknown, breach at 10,000');
  expect(why).toContain('It was unknown');
  expect(why).toContain('3 positions are not priced');
  expect(next).toMatch(/^No single trade would cure it/);
});

test('a reading of which parts are unknown is told as what it is at least; a limit that is gone has none', () => {
  const least = told('risk.breaches', { ...BREACH, measure: 'Gross', unpriced: '3' })!;
  const gone = told('risk.breaches', { ...BREACH, phase: 'Ended', after: '', cause: 'Limit' })!;
  expect(least.title).toBe('Limit ARB-1 net is breached: Gross is at least 11,200, breach at 10,000');
  expect(gone.title).toBe('Limit ARB-1 net is no longer in force: its excursion ends, the worst was 11,200');
});

test('a duplicate is no news for most, a refusal is, and a late fill waits until it is settled', () => {
  const refused = { executionId: 'x1', account: 'A', instrument: 'B', detail: 'd', time: 't' };
  expect(told('ledger.refused_fills', { ...refused, reason: 'Duplicate' })).toMatchObject({
    severity: 'info',
  });
  expect(told('ledger.refused_fills', { ...refused, reason: 'TooOld' })).toMatchObject({
    severity: 'warning',
    state: 'once',
  });
  const late = { ...refused, identity: 'A/B/x1', quantity: '5', price: '10' };
  expect(told('ledger.late_fills', { ...late, status: 'Waiting' })).toBeUndefined();
  expect(told('ledger.late_fills', { ...late, status: 'Open' })).toMatchObject({ state: 'raised' });
  expect(told('ledger.late_fills', { ...late, status: 'Booked' })).toMatchObject({ state: 'cleared' });
  expect(
    told('market.venue_states', { venue: 'X', state: 'Recovering', detail: '', time: 't' }),
  ).toBeUndefined();
});
