import { withData } from '../support/data-folder.js';
import { consistencyTrades, consistencyValues } from '../support/ore-consistency.js';
import { oreFolder } from '../support/ore-curves.js';

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
