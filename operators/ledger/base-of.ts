import { type Instrument, InstrumentKind } from '../../schemas/reference';

/**
 * What one unit of a coin or currency pair is; undefined where an instrument is none. Reference data says so, or the name
 * does: spot pairs are called by what is bought and what is paid, BTC/USD, BTC-USD, BTCUSD.
 */
export function baseOf({ name, currency, kind, inverse, base }: Instrument): string | undefined {
  if (base !== undefined) return base;
  if (inverse || (kind !== InstrumentKind.Crypto && kind !== InstrumentKind.Fx)) return undefined;
  if (!name.endsWith(currency)) return undefined;
  const bought = name.slice(0, -currency.length).replace(/[^A-Za-z0-9]$/, '');
  return /^[A-Za-z0-9]+$/.test(bought) && bought !== currency ? bought : undefined;
}
