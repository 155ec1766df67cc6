import { withData } from '../support/data-folder';
import { consistencyTrades, consistencyValues } from '../support/ore-consistency';
import { oreFolder } from '../support/ore-curves';
import { parRates } from '../support/ore-sensitivity';

withData(...oreFolder, 'bootstrap-consistency')('calibration instruments booked as trades', () => {
  test.each([
    ['ois', 278],
    ['xoiseur', 29],
  ] as const)('%s: each of the %d instruments of the published report is worth nothing', (name, count) => {
    const { reported } = consistencyTrades(name);
    const values = new Map(consistencyValues(name).map((value) => [value.id, value]));
    const listed = [...reported.keys()].filter((id) => id !== 'TradeId');
    expect(listed).toHaveLength(count);
    for (const id of listed) {
      const { value, notional } = values.get(id)!;
      expect(Math.abs(value) / notional).toBeLessThan(1e-12);
    }
  });
});

withData(...oreFolder, 'sensitivity')('par rates of a published sensitivity report', () => {
  const rates = parRates();

  test('swaps of one to thirty years agree to a twentieth of a basis point, the grid that the report samples', () => {
    const swaps = rates.filter(({ tenor }) => tenor.endsWith('Y'));
    expect(swaps).toHaveLength(5 * 11);
    for (const { published, own } of swaps) expect(Math.abs(own - published)).toBeLessThan(5e-6);
  });

  test('deposits on six-month curves agree to the last printed digit', () => {
    const deposits = rates.filter(({ key, tenor }) => key.includes('6M') && !tenor.endsWith('Y'));
    expect(deposits).toHaveLength(10);
    for (const { published, own } of deposits) expect(Math.abs(own - published)).toBeLessThan(1e-12);
  });
});
