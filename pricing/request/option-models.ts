/** The markets of closed-form options, by their fields. */
import { choice, type FlatField, flatSchema, number, optional, positive } from './flat-schema';
import type { RowSchema } from './schema';

type Fields = Readonly<Record<string, FlatField>>;

const rate = number('continuously compounded, decimal', { least: -1, most: 1 });
const volatility = number('lognormal, per year, decimal', { above: 0, most: 10 });
const correlation = number('from −1 to 1', { least: -1, most: 1 });
const carry: Fields = {
  spot: positive('price of the underlying'),
  rate,
  dividend: number('continuous yield or foreign rate, decimal', { least: -1, most: 1, otherwise: 0 }),
};
const lognormal: Fields = { ...carry, volatility };
const pair: Fields = {
  spot1: positive('price of the first asset'),
  spot2: positive('price of the second asset'),
  dividend1: number('its continuous yield', { least: -1, most: 1, otherwise: 0 }),
  dividend2: number('its continuous yield', { least: -1, most: 1, otherwise: 0 }),
  volatility1: volatility,
  volatility2: volatility,
  correlation,
  rate,
};
const forward = { forward: number('of the forward or future, in its unit'), rate };

const model = (name: string, about: string, fields: Fields): RowSchema =>
  flatSchema({ name, kind: name, about, fields });

export const optionModels: readonly RowSchema[] = [
  model(
    'black-scholes',
    'Black–Scholes–Merton: closed forms; American exercise by spectral collocation',
    lognormal,
  ),
  model('barone-adesi-whaley', 'American options by the approximation of that name', lognormal),
  model('bjerksund-stensland', 'American options by the approximation of that name', lognormal),
  model('ju-zhong', 'American options by the approximation of that name', lognormal),
  model('moment-matching', 'arithmetic averages as lognormal variables', lognormal),
  model('merton-jump-diffusion', 'lognormal jumps on a lognormal diffusion', {
    ...lognormal,
    intensity: positive('jumps per year'),
    jumpMean: number('mean logarithm of a jump'),
    jumpVolatility: positive('deviation of the logarithm of a jump'),
  }),
  model('quanto-black-scholes', 'paid in a currency that is not the asset’s', {
    ...lognormal,
    assetRate: number("rate of the asset's currency", { least: -1, most: 1 }),
    fxVolatility: volatility,
    correlation,
  }),
  model('vanna-volga', 'FX smile of three quotes', {
    spot: positive('units of domestic currency for one of foreign'),
    rate,
    foreignRate: number('continuously compounded', { least: -1, most: 1 }),
    volatility25Put: volatility,
    volatilityAtm: volatility,
    volatility25Call: volatility,
    delta: choice(
      'convention of the quotes',
      ['spot', 'forward', 'spot-premium-adjusted', 'forward-premium-adjusted'],
      'forward',
    ),
    volatilityStrike: optional("quoted volatility of a barrier's own strike; the smile's when absent", {
      above: 0,
      most: 10,
    }),
    smileYears: optional('years of the smile for one of the option where it counts days otherwise', {
      above: 0.5,
      most: 2,
    }),
  }),
  model('black-scholes-pair', 'two correlated lognormal assets', pair),
  model('kirk', "two assets by Kirk's approximation of spreads", pair),
  model('black-76', 'lognormal forward', { ...forward, volatility }),
  model('shifted-black', 'lognormal forward plus shift', {
    ...forward,
    volatility,
    shift: number('added to forward and strike'),
  }),
  model('bachelier', 'normal forward', {
    ...forward,
    normalVolatility: positive('in units of the forward, per root year'),
  }),
  model('cost-of-carry', 'for what needs no volatility', carry),
];
