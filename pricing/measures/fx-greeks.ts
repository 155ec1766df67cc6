/** Sensitivities to the quoted FX rates of flows in several currencies, or with notionals that follow a rate. */
import { type Greek, type Result, success } from '../contract';
import type { RatesMarket } from './rates-market';

/** Relative step: values are linear in a rate or in its inverse, so that nothing is left but the noise of doubles. */
const step = 1e-5;

/** One Greek for each pair of the market that the value reads, `fx-delta EURUSD`. */
export function fxGreeks(
  value: (market: RatesMarket) => Result<number>,
  market: RatesMarket,
): Result<Readonly<Record<string, Greek>>> {
  const greeks: Record<string, Greek> = {};
  const here = value(market);
  if (!here.ok) return here;
  for (const [pair, quoted] of Object.entries(market.fx ?? {})) {
    const moved = (share: number): RatesMarket => ({
      ...market,
      fx: { ...market.fx, [pair]: { ...quoted, rate: quoted.rate * (1 + share) } },
    });
    const [up, down] = [value(moved(step)), value(moved(-step))];
    if (!up.ok) return up;
    if (!down.ok) return down;
    if (up.value === here.value && down.value === here.value) continue;
    greeks[`fx-delta ${pair}`] = {
      value: (up.value - down.value) / (2 * step * quoted.rate),
      convention: `change of value per +1 in the quoted ${pair}, curves held; central difference, relative step 1e-5`,
    };
  }
  return success(greeks);
}
