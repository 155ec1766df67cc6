/**
 * Caplet volatilities from the volatilities of whole caps: each quote values all caplets of its cap alike, so that the
 * longer cap less the shorter one is the price of the caplets between, and one volatility repeats it.
 */
import { failure, type PricingContext, type Result, success } from '../contract';
import { type CapletTerms, capletTerms } from '../measures/caplet-rate';
import type { RatesMarket } from '../measures/rates-market';
import { type RateVolatility, rateOption } from '../models/rate-option';
import type { CapFloor } from '../products/cap-floor';

export interface CapQuote {
  readonly label: string;
  /** Caplets of the longest cap that this one covers, from the first on. */
  readonly caplets: number;
  /** Of all of them alike. */
  readonly volatility: number;
}

export interface CapStrip {
  /** One a caplet, as `volatility` of a cap's model takes them. */
  readonly volatilities: readonly number[];
  /** Largest difference of a quoted cap's price from the sum of its caplets, in the notional's unit. */
  readonly worst: number;
}

export interface CapStripRequest {
  /** The longest cap or floor. */
  readonly cap: CapFloor;
  /** By rising number of caplets; the last covers them all. */
  readonly quotes: readonly CapQuote[];
  readonly kind: 'black' | 'bachelier';
  readonly shift?: number;
  readonly market: RatesMarket;
  readonly context: PricingContext;
}

/** Volatilities a year that a search may end at: of rates in Bachelier's model and of logarithms in Black's. */
const highest = { bachelier: 1, black: 20 } as const;

export function stripCaps(request: CapStripRequest): Result<CapStrip> {
  const { cap, quotes, kind, shift = 0 } = request;
  const sound = checkedQuotes(cap, quotes);
  if (!sound.ok) return sound;
  const rates = capletTerms(cap, request.market, request.context);
  if (!rates.ok) return rates;
  const right = cap.right === 'cap' ? 'call' : 'put';
  const valued = (terms: readonly CapletTerms[], volatility: number): Result<number> => {
    const smile: RateVolatility = kind === 'black' ? { kind, volatility, shift } : { kind, volatility };
    let sum = 0;
    for (const { annuity, forward, time } of terms) {
      const option = rateOption({ right, forward, strike: cap.strike, time }, smile);
      if (!option.ok) return option;
      sum += annuity * option.value.value;
    }
    return success(sum);
  };
  const volatilities: number[] = [];
  let [before, worst] = [0, 0];
  for (const { label, caplets, volatility } of quotes) {
    const whole = valued(rates.value.slice(0, caplets), volatility);
    if (!whole.ok) return whole;
    const between = rates.value.slice(volatilities.length, caplets);
    const found = fitted((tried) => valued(between, tried), whole.value - before, highest[kind]);
    if (!found.ok) {
      return failure(
        'cap-quotes-must-rise',
        `no volatility of the caplets up to "${label}" makes up for the shorter caps: ${found.message}`,
      );
    }
    for (let place = 0; place < between.length; place += 1) volatilities.push(found.value.volatility);
    before += found.value.price;
    worst = Math.max(worst, Math.abs(before - whole.value));
  }
  return success({ volatilities, worst });
}

/** Caplets rise from quote to quote and end with the cap. */
function checkedQuotes(cap: CapFloor, quotes: readonly CapQuote[]): Result<true> {
  const rising = quotes.every(
    ({ caplets, volatility }, place) =>
      Number.isInteger(caplets) && caplets > (quotes[place - 1]?.caplets ?? 0) && volatility > 0,
  );
  if (quotes.length > 0 && rising && quotes.at(-1)!.caplets === cap.caplets.length) return success(true);
  return failure(
    'cap-quotes-must-cover-the-cap',
    `${quotes.length} quotes for ${cap.caplets.length} caplets: give positive volatilities by rising number of caplets, the last for all.`,
  );
}

/** Bisection: the price rises with the volatility, from what is certain to more than any quote. */
function fitted(
  price: (volatility: number) => Result<number>,
  target: number,
  high: number,
): Result<{ readonly volatility: number; readonly price: number }> {
  let [low, top] = [0, high];
  const [least, most] = [price(low), price(top)];
  if (!least.ok) return least;
  if (!most.ok) return most;
  const slack = 1e-12 * Math.max(Math.abs(most.value), 1e-300);
  if (target < least.value - slack || target > most.value)
    return failure('price-must-be-attainable', `${target} is outside ${least.value} to ${most.value}.`);
  for (let step = 0; step < 200 && top - low > 1e-17; step += 1) {
    const middle = (low + top) / 2;
    const here = price(middle);
    if (!here.ok) return here;
    if (here.value < target) low = middle;
    else top = middle;
  }
  const end = price(low);
  return end.ok ? success({ volatility: low, price: end.value }) : end;
}
