/**
 * What a book holds: vanillas, digitals and barriers on a spot, a futures price, or a coin.
 *
 * On a `spot` an option is carried at the rate less the yield. On a `future` the mark is a futures price to or beyond
 * the expiry, and the premium is paid up front (Black 1976). On a `coin` the mark is the venue's forward to the expiry
 * and everything is undiscounted; the price is in coin, the Greeks in dollars (Deribit's convention).
 */
import { failure, type Result, success } from '../contract';
import type { Right } from '../models/black';

export const UNDERLYINGS_ARE = ['spot', 'future', 'coin'] as const;
export const PAYS = ['vanilla', 'cash', 'asset', 'knock-out', 'knock-in'] as const;

export interface BookOption {
  readonly right: Right;
  readonly exercise: 'european' | 'american';
  readonly strike: number;
  /** Microseconds since 1970 UTC. */
  readonly expiry: number;
  /** What the mark of the underlying is; `spot` unless said otherwise. */
  readonly on?: (typeof UNDERLYINGS_ARE)[number];
  /** Places in the live columns `spots`, `rateValues`, `yieldValues`; a coin has no rate, only a spot has a yield. */
  readonly underlying: number;
  readonly rate?: number;
  readonly yield?: number;
  /** Place of the smile that gives the row its volatility; without one the row has its own. */
  readonly smile?: number;
  /** `vanilla` unless said otherwise; the others are European. */
  readonly pays?: (typeof PAYS)[number];
  /** What `cash` pays in the money, and a barrier option as rebate: at the touch if out, at expiry if in. */
  readonly cash?: number;
  /** Barriers, watched continuously: `lower` 0 and `upper` Infinity are none. */
  readonly lower?: number;
  readonly upper?: number;
}

/** Rows by what prices them; the byte stands in the column `kinds`. */
export const KIND = {
  none: 0,
  european: 1,
  american: 2,
  cash: 3,
  asset: 4,
  knockOut: 5,
  knockIn: 6,
} as const;

export const kindOf = ({ exercise, pays = 'vanilla' }: BookOption): number =>
  ({
    vanilla: exercise === 'american' ? KIND.american : KIND.european,
    cash: KIND.cash,
    asset: KIND.asset,
    'knock-out': KIND.knockOut,
    'knock-in': KIND.knockIn,
  })[pays];

/** Options whose expiry is this far from the book's origin are mistakes of unit. */
const YEARS_MAX = 100;
const MICROS_PER_DAY = 86_400e6;
/** Places are numbers of live inputs; a larger one is a mistake, and its columns would not fit. */
export const PLACE_MAX = 1_000_000;

const isBarrier = ({ pays }: BookOption): boolean => pays === 'knock-out' || pays === 'knock-in';

/** The places that the option needs: which inputs move it. */
export const placesOf = ({ on = 'spot', underlying, rate, yield: carry }: BookOption) => ({
  underlying,
  rate: on === 'coin' ? 0 : rate,
  yield: on === 'spot' ? carry : 0,
});

type Rule = readonly [holds: boolean, reason: string, detail: string];

const corridorRules = (option: BookOption): readonly Rule[] => {
  const { lower = 0, upper = Infinity, cash = 0 } = option;
  const some = lower > 0 || upper < Infinity;
  return [
    [lower >= 0 && upper > lower && some, 'barriers-must-be-in-order', `barriers are ${lower} and ${upper}`],
    [cash >= 0 && Number.isFinite(cash), 'cash-must-not-be-negative', `the rebate is ${cash}`],
  ];
};

const placeRules = (option: BookOption): readonly Rule[] => {
  const places = { ...placesOf(option), ...(option.smile !== undefined && { smile: option.smile }) };
  return Object.entries(places).map(([name, place]: readonly [string, number | undefined]) => [
    Number.isInteger(place) && place! >= 0 && place! <= PLACE_MAX,
    'place-must-be-a-number',
    `${name} is ${place}; places are whole numbers from 0 to ${PLACE_MAX}`,
  ]);
};

const rulesOf = (option: BookOption, origin: number): readonly Rule[] => {
  const { right, exercise, strike, expiry, on = 'spot', pays = 'vanilla', cash } = option;
  const years = Math.abs(expiry - origin) / (365 * MICROS_PER_DAY);
  return [
    [right === 'call' || right === 'put', 'right-must-be-known', `right is ${right}; it is call or put`],
    [
      exercise === 'european' || exercise === 'american',
      'exercise-must-be-known',
      `exercise is ${exercise}; it is european or american`,
    ],
    [
      UNDERLYINGS_ARE.includes(on),
      'on-must-be-known',
      `on is ${on}; it is one of ${UNDERLYINGS_ARE.join(', ')}`,
    ],
    [PAYS.includes(pays), 'pays-must-be-known', `pays is ${pays}; it is one of ${PAYS.join(', ')}`],
    [strike > 0 && Number.isFinite(strike), 'strike-must-be-positive', `strike is ${strike}`],
    [Number.isFinite(expiry), 'expiry-must-be-finite', `expiry is ${expiry}`],
    [years <= YEARS_MAX, 'expiry-must-be-near', `expiry lies ${years} years from the book's origin`],
    [
      exercise === 'european' || (pays === 'vanilla' && on !== 'coin'),
      'exercise-must-be-european',
      `American exercise of ${pays} on ${on} is not priced in a book`,
    ],
    [
      pays !== 'cash' || (cash !== undefined && cash > 0 && Number.isFinite(cash)),
      'cash-must-be-positive',
      `cash is ${cash}`,
    ],
    ...placeRules(option),
    ...(isBarrier(option) ? corridorRules(option) : []),
  ];
};

/** The first rule that the option breaks, or that it may be booked. */
export const checkOption = (option: BookOption, row: number, origin: number): Result<true> => {
  const broken = rulesOf(option, origin).find(([holds]) => !holds);
  return broken
    ? failure(broken[1], `option ${row} cannot be booked: ${broken[2]}. Correct it or leave it out.`)
    : success(true);
};
