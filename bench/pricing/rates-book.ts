/**
 * Values with all Greeks and the explanation, one product at a time, on the dual euro curve; and a credit bootstrap.
 *
 *   node dist/bench/pricing/rates-book.js
 */
import { formatDay } from '../../pricing/calendars/date';
import { cdsMaturity } from '../../pricing/calendars/imm';
import { bootstrapCredit } from '../../pricing/calibration/cds-bootstrap';
import { resolveCds } from '../../pricing/products/cds';
import { certain, trade } from '../../test/pricing/support/dual-curve';
import { curveSet, marketOf } from '../../test/pricing/support/rates-books';
import { desk } from '../../test/pricing/support/rates-desk';

function median(runs: number, work: () => void): number {
  const times = Array.from({ length: runs }, () => {
    const start = process.hrtime.bigint();
    work();
    return Number(process.hrtime.bigint() - start) / 1e6;
  });
  return times.sort((a, b) => a - b)[runs >> 1]!;
}

const market = marketOf(curveSet);
for (const [name, price] of desk) {
  const milliseconds = median(40, () => void certain(price(market)));
  console.log(
    `${name.padEnd(40)} ${milliseconds.toFixed(3).padStart(9)} ms with schedule, value, Greeks by node and quote, explanation`,
  );
}

const discount = curveSet.curves.get('EUR-OIS')!;
const quotes = [6, 12, 24, 36, 60, 84, 120].map((months, place) => ({
  label: `${months}M`,
  cds: certain(
    resolveCds({
      buysProtection: true,
      currency: 'EUR',
      notional: 1,
      coupon: 0.004 + 0.0012 * place,
      start: '2025-02-11',
      maturity: formatDay(cdsMaturity(trade, months)),
      entity: 'E',
      recovery: 0.4,
    }),
  ),
}));
const credit = median(40, () => void certain(bootstrapCredit(quotes, { entity: 'E', trade, discount })));
console.log(`${'survival curve of seven spreads'.padEnd(40)} ${credit.toFixed(3).padStart(9)} ms`);
