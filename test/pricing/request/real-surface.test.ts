/** A real chain in a request: every slice of the SPX settles, and both surface models price an option on it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { chainSlices } from '../../../pricing/volatility/option-chain';
import { dataFolder, whyNoData } from '../../support/real-data';
import { answered, explained, type Models } from '../support/rows';

const file = 'options/spx_20250210_option_prices_half_expiries.csv.gz';
const why = whyNoData([file]);
const withData = why === undefined ? test : test.skip;

const years = (label: string): number => (Date.parse(label) - Date.parse('2025-02-10')) / 86_400_000 / 365;

/** Every third expiry, as a request has them. */
const slices = () => {
  const quotes = gunzipSync(readFileSync(join(dataFolder, file)))
    .toString('utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))
    .map(([label, strike, right, price]) => ({
      label: label!,
      expiry: years(label!),
      strike: Number(strike),
      right: right === 'C' ? ('call' as const) : ('put' as const),
      price: Number(price),
    }))
    .filter(({ expiry }) => expiry > 0);
  return chainSlices(quotes, { style: 'european', priceMin: 0.1 })
    .slices.filter((_, i) => i % 3 === 0)
    .map(({ label, expiry, forward, quotes: quoted }) => ({ label, time: expiry, forward, quotes: quoted }));
};

withData(`SPX in a request is priced on its surface${why ? `: ${why}` : ''}`, () => {
  const market = { spot: 6060, rate: 0.043, dividend: 0.013, slices: slices() };
  const option = { product: 'vanilla', model: 'm', right: 'put', strike: 5800, time: 0.4 };
  const on = (model: string) => {
    const models: Models = { m: { model, ...market } };
    return answered('2025-02-10', models, option);
  };
  const [smile, grid] = [on('svi'), on('local-volatility')];
  expect(explained(smile, 'fit error, root mean square')).toBeLessThan(0.006);
  // The two are one surface where local volatility's grid is fine enough: half a volatility point of vega.
  expect(Math.abs(grid.value / smile.value - 1)).toBeLessThan(0.05);
});
