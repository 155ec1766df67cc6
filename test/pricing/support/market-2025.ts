/** Every rates, basis and FX forward quote of the market of 2025-02-10 that the library has an instrument for. */
import type { Tenor } from '../../../pricing/calendars/tenor';
import type { CurveGroupDefinition, CurveSet } from '../../../pricing/curves/curve-group';
import { type CurveSetCase, repriced } from './curve-set';
import { type Instruments, QuoteDesk, quotes2025, trade2025 } from './quote-desk';

export interface Market2025 {
  readonly quotes: Readonly<Record<string, number>>;
  readonly definition: CurveGroupDefinition;
  readonly left: readonly string[];
}

/** Lunar months of 28 days, as Mexican swaps count. */
const lunar = (tenor: string): Tenor => ({ count: 28 * Number.parseInt(tenor, 10), unit: 'D' });

interface Overseas {
  readonly currency: string;
  readonly overnight: string;
  readonly overnightSwaps: string;
  readonly money?: string;
  readonly lag?: number;
  readonly pair: string;
  readonly size?: number;
  readonly basis: {
    readonly key: string;
    readonly name: string;
    readonly forward: string;
    readonly period?: string;
  };
  readonly ofTenor?: (text: string) => Tenor;
}

const overseas: readonly Overseas[] = [
  {
    currency: 'EUR',
    overnight: 'ESTR',
    overnightSwaps: 'EUR/ESTER/2D/1D',
    money: 'EUR/ESTER/0D/1D',
    pair: 'EUR/USD',
    basis: { key: 'USD/1D/EUR/1D', name: 'ESTR', forward: 'EUR-OIS' },
  },
  {
    currency: 'GBP',
    overnight: 'SONIA',
    overnightSwaps: 'GBP/2D/1D',
    money: 'GBP/0D/1D',
    pair: 'GBP/USD',
    basis: { key: 'USD/1D/GBP/1D', name: 'SONIA', forward: 'GBP-OIS' },
  },
  {
    currency: 'JPY',
    overnight: 'TONAR',
    overnightSwaps: 'JPY/2D/1D',
    money: 'JPY/0D/1D',
    pair: 'USD/JPY',
    size: 1e-2,
    basis: { key: 'USD/1D/JPY/1D', name: 'TONAR', forward: 'JPY-OIS' },
  },
  {
    currency: 'CHF',
    overnight: 'SARON',
    overnightSwaps: 'CHF/2D/1D',
    money: 'CHF/0D/1D',
    pair: 'USD/CHF',
    basis: { key: 'USD/1D/CHF/1D', name: 'SARON', forward: 'CHF-OIS' },
  },
  {
    currency: 'CAD',
    overnight: 'CORRA',
    overnightSwaps: 'CAD/2D/1D',
    money: 'CAD/0D/1D',
    pair: 'USD/CAD',
    basis: { key: 'USD/1D/CAD/1D', name: 'CORRA', forward: 'CAD-OIS' },
  },
  {
    currency: 'AUD',
    overnight: 'AONIA',
    overnightSwaps: 'AUD/2D/1D',
    money: 'AUD/0D/1D',
    pair: 'AUD/USD',
    basis: { key: 'USD/1D/AUD/3M', name: 'AUD-3M', forward: 'AUD-3M' },
  },
  {
    currency: 'NOK',
    overnight: 'NOWA',
    overnightSwaps: 'NOK/2D/1D',
    money: 'NOK/0D/1D',
    pair: 'USD/NOK',
    basis: { key: 'USD/1D/NOK/3M', name: 'NOK-3M', forward: 'NOK-3M' },
  },
  {
    currency: 'SEK',
    overnight: 'SWESTR',
    overnightSwaps: 'SEK/2D/1D',
    money: 'SEK/1D/2D',
    lag: 1,
    pair: 'USD/SEK',
    basis: { key: 'USD/1D/SEK/3M', name: 'SEK-3M', forward: 'SEK-3M' },
  },
  {
    currency: 'HKD',
    overnight: 'HONIA',
    overnightSwaps: 'HKD/2D/1D',
    money: 'HKD/HONIA/0D/1D',
    pair: 'USD/HKD',
    basis: { key: 'USD/1D/HKD/3M', name: 'HKD-3M', forward: 'HKD-3M' },
  },
  {
    currency: 'CLP',
    overnight: 'CAMARA',
    overnightSwaps: 'CLP/2D/1D',
    money: 'CLP/0D/1D',
    pair: 'USD/CLP',
    size: 1,
    basis: { key: 'USD/1D/CLP/1D', name: 'CAMARA', forward: 'CLP-OIS' },
  },
  {
    currency: 'MXN',
    overnight: 'FTIIE',
    overnightSwaps: 'MXN/FTIIE/1D/1D',
    money: 'MXN/FTIIE/0D/1D',
    pair: 'USD/MXN',
    size: 1,
    basis: { key: 'USD/1D/MXN/28D', name: 'MXN-28D', forward: 'MXN-28D', period: '28D' },
    ofTenor: lunar,
  },
];

function termCurves(desk: QuoteDesk): Readonly<Record<string, Instruments>> {
  const swaps = (currency: string, lag: string, tenor: string, discount = `${currency}-OIS`) =>
    desk.swaps(
      `IR_SWAP/RATE/${currency}/${lag}/${tenor}`,
      `${currency}-${tenor}`,
      discount,
      `${currency}-${tenor}`,
    );
  const fixed = (currency: string, tenor: string, text = tenor) =>
    desk.money(`MM/RATE/${currency}/2D/${text}`, `${currency}-${tenor}`, `${currency}-${tenor}`, 2);
  const onThreeMonths = (currency: string, spread: '3M' | '6M') =>
    spread === '3M'
      ? ({
          spread: [`${currency}-3M`, `${currency}-3M`],
          flat: [`${currency}-6M`, `${currency}-6M`],
        } as const)
      : ({
          spread: [`${currency}-6M`, `${currency}-6M`],
          flat: [`${currency}-3M`, `${currency}-3M`],
        } as const);
  return {
    'EUR-1M': [
      fixed('EUR', '1M'),
      ...desk.agreements('EUR', '1M', 'EUR-1M', 'EUR-1M'),
      ...swaps('EUR', '2D', '1M'),
    ],
    'EUR-3M': [
      fixed('EUR', '3M'),
      ...desk.futures('MM_FUTURE/PRICE/EUR/', 'EUR-3M'),
      ...swaps('EUR', '2D', '3M'),
    ],
    'EUR-6M': [
      fixed('EUR', '6M'),
      ...desk.agreements('EUR', '6M', 'EUR-6M', 'EUR-6M'),
      ...desk.basis('BASIS_SWAP/BASIS_SPREAD/3M/6M/EUR', 'EUR-OIS', onThreeMonths('EUR', '3M')),
    ],
    'USD-3M': [...desk.agreements('USD', '3M', 'USD-3M', 'USD-3M'), ...swaps('USD', '2D', '3M')],
    'USD-FED-FUNDS': [
      desk.money('MM/RATE/USD/0D/1D', 'FED-FUNDS', 'USD-FED-FUNDS', 0),
      ...desk.swaps('IR_SWAP/RATE/USD/2D/1D', 'FED-FUNDS', 'USD-OIS', 'USD-FED-FUNDS'),
      ...desk.basis('BASIS_SWAP/BASIS_SPREAD/1D/1D/USD/SOFR_FedFunds', 'USD-OIS', {
        spread: ['FED-FUNDS', 'USD-FED-FUNDS'],
        flat: ['SOFR', 'USD-OIS'],
      }),
    ],
    'AUD-6M': [fixed('AUD', '6M'), ...swaps('AUD', '2D', '6M')],
    'AUD-3M': [
      fixed('AUD', '3M'),
      ...swaps('AUD', '2D', '3M'),
      ...desk.basis('BASIS_SWAP/BASIS_SPREAD/6M/3M/AUD', 'AUD-OIS', onThreeMonths('AUD', '6M')),
    ],
    'NOK-6M': [
      fixed('NOK', '6M'),
      ...desk.immAgreements('NOK', 2, 'NOK-6M', 'NOK-6M'),
      ...swaps('NOK', '2D', '6M'),
    ],
    'NOK-3M': [
      fixed('NOK', '3M'),
      ...desk.immAgreements('NOK', 1, 'NOK-3M', 'NOK-3M'),
      ...desk.basis('BASIS_SWAP/BASIS_SPREAD/3M/6M/NOK', 'NOK-OIS', onThreeMonths('NOK', '3M')),
    ],
    'SEK-3M': [
      fixed('SEK', '3M'),
      ...desk.immAgreements('SEK', 1, 'SEK-3M', 'SEK-3M'),
      ...swaps('SEK', '2D', '3M'),
    ],
    'HKD-3M': [
      fixed('HKD', '3M'),
      ...desk.agreements('HKD', '3M', 'HKD-3M', 'HKD-3M'),
      ...swaps('HKD', '2D', '3M'),
    ],
    'CZK-3M': [
      fixed('CZK', '3M'),
      ...desk.agreements('CZK', '3M', 'CZK-3M', 'CZK-3M'),
      ...swaps('CZK', '2D', '3M', 'CZK-in-EUR'),
    ],
    'MXN-28D': [fixed('MXN', '28D', '4W'), ...swaps('MXN', '2D', '28D')],
    'CNY-7D': [desk.money('MM/RATE/CNY/0D/7D', 'CNY-7D', 'CNY-7D', 0), ...swaps('CNY', '0D', '7D', 'CNY-7D')],
    'CNY-3M': [fixed('CNY', '3M'), ...swaps('CNY', '2D', '3M', 'CNY-7D')],
  };
}

/** Overnight curves, and what a currency discounts at when its collateral is in dollars. */
function overseasCurves(desk: QuoteDesk): Readonly<Record<string, Instruments>> {
  const curves: Record<string, Instruments> = {};
  for (const {
    currency,
    overnight,
    overnightSwaps,
    money,
    lag = 0,
    pair,
    size,
    basis,
    ofTenor,
  } of overseas) {
    const own = `${currency}-OIS`;
    const collateralised = `${currency}-in-USD`;
    curves[own] = [
      ...(money === undefined ? [] : [desk.money(`MM/RATE/${money}`, overnight, own, lag)]),
      ...desk.swaps(`IR_SWAP/RATE/${overnightSwaps}`, overnight, own, own, ofTenor),
    ];
    const [base, quote] = pair.startsWith('USD') ? ['USD-OIS', collateralised] : [collateralised, 'USD-OIS'];
    curves[collateralised] = [
      ...desk.forwards(pair, { base, quote }, size),
      ...desk.crossCurrency(
        basis.key,
        { name: 'SOFR', discount: 'USD-OIS', forward: 'USD-OIS' },
        { name: basis.name, discount: collateralised, forward: basis.forward },
        basis.period,
      ),
    ];
  }
  return curves;
}

export function market2025(): Market2025 {
  const quotes = quotes2025();
  const desk = new QuoteDesk(quotes);
  const all: Readonly<Record<string, Instruments>> = {
    'USD-OIS': [
      desk.money('MM/RATE/USD/SOFR/0D/1D', 'SOFR', 'USD-OIS', 0),
      ...desk.futures('OI_FUTURE/PRICE/USD/', 'USD-OIS'),
      ...desk.swaps('IR_SWAP/RATE/USD/SOFR/0D/1D', 'SOFR', 'USD-OIS', 'USD-OIS'),
    ],
    ...overseasCurves(desk),
    ...termCurves(desk),
    'CZK-OIS': [
      desk.money('MM/RATE/CZK/0D/1D', 'CZEONIA', 'CZK-OIS', 0),
      ...desk.swaps('IR_SWAP/RATE/CZK/2D/1D', 'CZEONIA', 'CZK-OIS', 'CZK-OIS'),
    ],
    'CZK-in-EUR': [
      ...desk.forwards('EUR/CZK', { base: 'EUR-OIS', quote: 'CZK-in-EUR' }, 1e-3),
      ...desk.crossCurrency(
        'EUR/3M/CZK/3M',
        { name: 'EUR-3M', discount: 'EUR-OIS', forward: 'EUR-3M' },
        { name: 'CZK-3M', discount: 'CZK-in-EUR', forward: 'CZK-3M' },
      ),
    ],
    'CNY-in-USD': desk.forwards('USD/CNY', { base: 'USD-OIS', quote: 'CNY-in-USD' }),
  };
  const curves = Object.entries(all).map(([name, instruments]) => ({
    name,
    interpolation: 'log-linear-discount' as const,
    instruments,
  }));
  return { quotes, definition: { reference: trade2025, curves }, left: reasons(desk) };
}

/** Quotes of the curve kinds that nothing took, counted by kind with the reason. */
function reasons(desk: QuoteDesk): readonly string[] {
  const of = (pattern: RegExp): number =>
    Object.keys(desk.quotes).filter((key) => pattern.test(key) && !desk.used.has(key)).length;
  const lines = [
    `${of(/^BMA_SWAP/)} municipal ratios: percentages of Libor on a tax-exempt index are not among the products`,
    `${of(/^(ZC|YY)_INFLATION/)} of inflation: not among the products`,
    `${of(/^ZERO\//)} zero rates and spreads: inputs without an instrument`,
    `HKD, CLP and CNY count weekends only: the library has no calendar of Hong Kong or Chile, and China's to 2026 only`,
    `${of(/^(MM|IR_SWAP|FRA|IMM_FRA|BASIS_SWAP|CC_BASIS_SWAP|OI_FUTURE|MM_FUTURE|FXFWD)\//)} other keys of rates and forwards`,
  ];
  return lines.filter((line) => !line.startsWith('0 '));
}

/** The file that the market's cases need. */
export const path2025 = ['curves', 'market_quotes_20250210.csv.gz'] as const;

let built: ReturnType<typeof repriced> | undefined;

/** The finished curves, made once. */
export function curves2025(): CurveSet['curves'] {
  if (!built) {
    const { quotes, definition } = market2025();
    built = repriced(definition, quotes);
  }
  return built.set.curves;
}

export const rates2025Case: CurveSetCase = {
  name: 'market of 2025-02-10: rates, basis and FX forwards of fourteen currencies',
  path: path2025,
  measure: () => {
    const { quotes, definition, left } = market2025();
    const { worst, count } = repriced(definition, quotes);
    return { curves: definition.curves.length, instruments: count, worst, left };
  },
};
