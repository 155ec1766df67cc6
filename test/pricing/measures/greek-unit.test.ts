/** What a Greek is per stands as data beside the words, and the two say the same, for every pricer there is. */
import type { Greek, Valuation } from '../../../pricing/contract';
import { greeksIn } from '../../../pricing/measures/greek-units';
import { standardRegistry } from '../../../pricing/pricers';
import { certain } from '../support/dual-curve';
import { curveSet, marketOf } from '../support/rates-books';
import { desk } from '../support/rates-desk';
import { optionSamples } from './option-samples';

const context = { valuationTime: Date.UTC(2026, 0, 15) * 1000, snapshot: 'close' };
const market = marketOf(curveSet);
const slow = /simul|scripted|bermudan|basket|asian/i;
const priced: readonly (readonly [string, () => Valuation])[] = [
  // One a model: which Greeks there are is the model's inputs' to say.
  ...optionSamples
    .filter(([product, model]) => !slow.test(`${product.kind} ${model.kind}`))
    .filter(([, { kind }], place, all) => all.findIndex(([, model]) => model.kind === kind) === place)
    .map(
      ([product, model], place) =>
        [
          `${place} ${product.kind} under ${model.kind}`,
          () => certain(standardRegistry.price(product, model, context)),
        ] as const,
    ),
  ...desk
    .filter(([name]) => !slow.test(name))
    .map(([name, price]) => [name, () => certain(price(market))] as const),
];

/** The unit that the words say, where they say one that is converted. */
function said({ convention }: Greek): string | undefined {
  if (/^per 1\.00 of .*volatilit/.test(convention)) return 'volatility 1';
  if (/^per 1\.00 of .*\b(rate|yield)\b/.test(convention)) return 'rate 1';
  if (convention.startsWith('per year')) return 'time 1';
  if (convention.startsWith('per calendar day (ACT/365)')) return `time ${1 / 365}`;
  return /^spot delta, per unit/.test(convention) ? 'spot-delta 1' : undefined;
}

test.each(priced)('%s', (_, value) => {
  const { greeks, value: worth } = value();
  for (const [name, greek] of Object.entries(greeks)) {
    const { unit } = greek;
    expect([name, unit && `${unit.of} ${unit.per}`]).toEqual([name, said(greek)]);
  }
  const asked = { vega: 'per-point', rho: 'per-basis-point', theta: 'per-year' } as const;
  const units = greeksIn(greeks, asked, { value: worth, setting: undefined });
  for (const [name, { value: scaled, unit }] of Object.entries(units)) {
    if (unit?.of === 'volatility') expect(scaled).toBe(greeks[name]!.value * 0.01);
    if (unit?.of === 'rate') expect(scaled).toBe(greeks[name]!.value * 1e-4);
    if (unit)
      expect(unit.per).toBe(
        { volatility: 0.01, rate: 1e-4, time: name === 'theta' ? 1 : 1 / 365, 'spot-delta': 1 }[unit.of],
      );
  }
});
