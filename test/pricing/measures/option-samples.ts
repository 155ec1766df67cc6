/** One sample of every option product with every model that prices it: what the tests of Greeks and refusals go through. */
import type { Kinded } from '../../../pricing/registry';

const market = { spot: 100, rate: 0.05, dividend: 0.02, volatility: 0.25 };
const pair = {
  spot1: 100,
  spot2: 95,
  dividend1: 0.02,
  dividend2: 0.03,
  volatility1: 0.25,
  volatility2: 0.2,
  correlation: 0.4,
  rate: 0.05,
};
const smile = {
  spot: 1.3,
  rate: 0.03,
  foreignRate: 0.01,
  volatility25Put: 0.105,
  volatilityAtm: 0.095,
  volatility25Call: 0.092,
  delta: 'forward',
};
const quanto = { ...market, assetRate: 0.03, fxVolatility: 0.1, correlation: 0.3 };
const jumps = { ...market, intensity: 0.8, jumpMean: -0.1, jumpVolatility: 0.15 };
const option = { right: 'call', strike: 103, time: 0.75 };
const vanilla = { kind: 'vanilla-option', ...option, exercise: 'european' };
const american = { ...vanilla, right: 'put', exercise: 'american' };
const average = { ...option, pastFixings: [98, 101], fixingTimes: [0.25, 0.5, 0.75] };
const running = { ...option, elapsed: 0.25, averageSoFar: 99 };
const single = { ...option, lower: 88, upper: Infinity, knock: 'out', rebate: 2 };

const under = (model: object, ...products: readonly object[]) =>
  products.map((product) => [product as Kinded, model as Kinded] as const);

export const optionSamples: readonly (readonly [Kinded, Kinded])[] = [
  ...under(
    { kind: 'black-scholes', ...market },
    vanilla,
    { ...vanilla, right: 'put' },
    american,
    { kind: 'digital-option', ...option, pays: 'cash', cash: 10 },
    { kind: 'digital-option', ...option, pays: 'asset', cash: 0 },
    { kind: 'gap-option', ...option, payoffStrike: 97 },
    {
      kind: 'touch-option',
      lower: 0,
      upper: 120,
      time: 0.75,
      pays: 'cash',
      when: 'at-hit',
      knock: 'in',
      cash: 15,
    },
    {
      kind: 'touch-option',
      lower: 85,
      upper: Infinity,
      time: 0.75,
      pays: 'asset',
      when: 'at-expiry',
      knock: 'out',
      cash: 0,
    },
    { kind: 'barrier-option', ...single },
    { kind: 'barrier-option', ...single, knock: 'in' },
    { kind: 'barrier-option', ...single, right: 'put', lower: 80, upper: 130 },
    { kind: 'american-barrier-option', ...single, right: 'put' },
    { kind: 'american-barrier-option', ...single, right: 'put', knock: 'in' },
    {
      kind: 'binary-barrier-option',
      ...option,
      lower: 88,
      upper: Infinity,
      knock: 'in',
      pays: 'cash',
      cash: 15,
    },
    { kind: 'double-touch-option', lower: 75, upper: 130, time: 0.75, knock: 'out', cash: 10 },
    {
      kind: 'partial-barrier-option',
      ...option,
      knock: 'out',
      barrier: 90,
      side: 'down',
      watch: 'end-cross',
      cover: 0.3,
    },
    {
      kind: 'partial-barrier-option',
      ...option,
      knock: 'in',
      barrier: 90,
      side: 'down',
      watch: 'start',
      cover: 0.3,
    },
    { kind: 'soft-barrier-option', ...option, knock: 'out', side: 'down', low: 80, high: 90 },
    { kind: 'fixed-lookback', ...option, extreme: 104 },
    { kind: 'floating-lookback', right: 'put', time: 0.75, extreme: 104 },
    { kind: 'partial-fixed-lookback', ...option, watchStart: 0.25 },
    {
      kind: 'partial-floating-lookback',
      right: 'call',
      time: 0.75,
      extreme: 96,
      lambda: 1.05,
      watchEnd: 0.4,
    },
    { kind: 'geometric-asian', ...average },
    { kind: 'continuous-geometric-asian', ...running },
    { kind: 'continuous-arithmetic-asian', ...running, elapsed: 0, averageSoFar: 0 },
    {
      kind: 'compound-option',
      mother: { right: 'put', strike: 6, time: 0.25 },
      daughter: { right: 'call', strike: 103, time: 0.75 },
    },
    { kind: 'forward-start-option', right: 'call', moneyness: 1.05, start: 0.25, time: 0.75, pays: 'price' },
    {
      kind: 'forward-start-option',
      right: 'put',
      moneyness: 1.05,
      start: 0.25,
      time: 0.75,
      pays: 'performance',
    },
  ),
  ...under(
    { kind: 'moment-matching', ...market },
    { kind: 'arithmetic-asian', ...average },
    { kind: 'continuous-arithmetic-asian', ...running },
  ),
  ...under({ kind: 'barone-adesi-whaley', ...market }, american),
  ...under({ kind: 'bjerksund-stensland', ...market }, american),
  ...under({ kind: 'ju-zhong', ...market }, american),
  ...under({ kind: 'merton-jump-diffusion', ...jumps }, vanilla),
  ...under(
    { kind: 'quanto-black-scholes', ...quanto },
    vanilla,
    { kind: 'barrier-option', ...single },
    { kind: 'forward-start-option', right: 'put', moneyness: 1.05, start: 0.25, time: 0.75, pays: 'price' },
  ),
  ...under(
    { kind: 'vanna-volga', ...smile },
    { ...vanilla, strike: 1.35 },
    { kind: 'barrier-option', ...single, strike: 1.32, lower: 1.15, rebate: 0 },
  ),
  ...under(
    { kind: 'black-scholes-pair', ...pair },
    { kind: 'exchange-option', time: 0.75, quantity1: 1, quantity2: 1, exercise: 'european' },
    { kind: 'exchange-option', time: 0.75, quantity1: 1, quantity2: 1.1, exercise: 'american' },
    { kind: 'spread-option', ...option, strike: 4 },
    { kind: 'spread-option', ...option, right: 'put', strike: -3 },
    { kind: 'rainbow-option', ...option, best: 'minimum' },
    { kind: 'rainbow-option', ...option, right: 'put', best: 'maximum' },
    { kind: 'two-asset-barrier-option', ...option, knock: 'out', side: 'down', barrier: 80 },
  ),
  ...under({ kind: 'kirk', ...pair }, { kind: 'spread-option', ...option, strike: 4 }),
  ...under(
    { kind: 'black-76', forward: 101, rate: 0.04, volatility: 0.3 },
    { kind: 'forward-option', ...option },
  ),
  ...under(
    { kind: 'shifted-black', forward: -0.002, rate: 0.01, volatility: 0.3, shift: 0.03 },
    { kind: 'forward-option', ...option, strike: -0.001 },
  ),
  ...under(
    { kind: 'bachelier', forward: -0.002, rate: 0.01, normalVolatility: 0.008 },
    { kind: 'forward-option', ...option, strike: -0.001 },
  ),
  ...under(
    { kind: 'cost-of-carry', spot: 100, rate: 0.05, dividend: 0.02 },
    { kind: 'spot', quantity: 3 },
    { kind: 'forward', strike: 99, time: 0.5 },
    { kind: 'future', settled: 99, time: 0.5 },
  ),
];
