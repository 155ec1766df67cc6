/** Random programs, sound and broken: the payoff language answers a value or a failure by name, never an exception. */
import fc from 'fast-check';
import { standardRegistry } from '../../../pricing/pricers';
import { scriptLimits } from '../../../pricing/script/ast';
import { prepareClaim, type ScriptedClaim } from '../../../pricing/simulation/scripted-claim';
import { cases } from '../../support/long-runs';

const context = { valuationTime: 0, snapshot: 'fuzz' };
const model = {
  kind: 'monte-carlo',
  seed: 3,
  paths: 8,
  dynamics: {
    kind: 'lognormal',
    rate: 0.03,
    assets: ['A', 'B'].map((name) => ({ name, spot: 100, dividend: 0.01, volatility: 0.3 })),
  },
};
const schedules = {
  dates: [-0.25, 0, 0.5, 1].map((time) => ({ label: `t${time}`, time })),
  end: [{ label: 't1', time: 1 }],
};
const fixings = ['A', 'B'].map((asset) => ({ asset, label: 't-0.25', value: 97 }));
const claimOf = (source: string): ScriptedClaim => ({ source, schedules, fixings, parameters: { k: 101 } });
const answered = (source: string) =>
  standardRegistry.price(
    { kind: 'scripted', ...claimOf(source) } as { readonly kind: string },
    model,
    context,
  );

/** Every failure of a script has a rule's name and, for faults of the text, a place. */
const sound = (source: string): 'priced' | string => {
  const result = answered(source);
  if (result.ok) {
    expect(Number.isFinite(result.value.value)).toBe(true);
    return 'priced';
  }
  expect(result.reason).toMatch(/^[a-z]+(-[a-z]+)+$/);
  expect(result.message.length).toBeGreaterThan(10);
  return result.reason;
};

const words = fc.constantFrom(
  ...'let pay exercise at if then else and or not true false min max mean ranked sum any ever index time A B k x dates end'.split(
    ' ',
  ),
  ...'@ ( ) , ; + - * / ^ < <= > >= == != = 1 0.5 1e300 .3 # \n $ 1.2.3 "'.split(' '),
);

test('words in any order', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(fc.array(words, { maxLength: 25 }), (list) => {
      seen.add(sound(list.join(' ')));
    }),
    { numRuns: cases(400) },
  );
  expect(seen.has('script-must-be-readable')).toBe(true);
});

test('text of any characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (source) => {
      sound(source);
    }),
    { numRuns: cases(200) },
  );
});

/** Programs that follow the grammar and mostly the types: numbers and truths, alone or on `dates`. */
const { number } = fc.letrec<{ number: string; truth: string; series: string; truths: string }>((tie) => {
  const series = tie('series');
  const scalar = tie('number');
  const binary = (a: fc.Arbitrary<string>, b: fc.Arbitrary<string>, signs: readonly string[]) =>
    fc.tuple(a, fc.constantFrom(...signs), b).map((parts) => `(${parts.join(' ')})`);
  const arithmetic = ['+', '-', '*', '/', '^'];
  const comparison = ['<', '<=', '>', '>=', '==', '!='];
  const called = (names: readonly string[], of: fc.Arbitrary<string>) =>
    fc.tuple(fc.constantFrom(...names), of).map(([name, inner]) => `${name}(${inner})`);
  return {
    number: fc.oneof(
      { maxDepth: 5, depthSize: 'small' },
      fc.constantFrom('1', '0', '100', '0.01', 'k', 'A@end', 'B@end', 'length(dates)', 'time(end)'),
      binary(scalar, scalar, arithmetic),
      called(['mean', 'sum', 'min', 'max', 'first', 'last', 'geometricMean'], series),
      called(['abs', 'exp', 'log', 'sqrt', 'floor', '-'], scalar),
      called(['count'], tie('truths')),
      fc.tuple(tie('truth'), scalar, scalar).map(([t, a, b]) => `(if ${t} then ${a} else ${b})`),
      fc.tuple(scalar, scalar, scalar).map((list) => `ranked(${list.join(', ')})`),
    ),
    series: fc.oneof(
      { maxDepth: 5, depthSize: 'small' },
      fc.constantFrom('A@dates', 'B@dates', 'time(dates)', 'index(dates)'),
      binary(series, scalar, arithmetic),
      binary(series, series, arithmetic),
      called(['runningSum', 'runningMin', 'runningMax', 'abs'], series),
    ),
    truth: fc.oneof(
      { maxDepth: 5, depthSize: 'small' },
      fc.constantFrom('true', 'false'),
      binary(scalar, scalar, comparison),
      binary(tie('truth'), tie('truth'), ['and', 'or']),
      called(['any', 'all'], tie('truths')),
      called(['not '], tie('truth')),
    ),
    truths: fc.oneof(
      { maxDepth: 5, depthSize: 'small' },
      binary(series, scalar, comparison),
      called(['ever', 'everBefore'], tie('truths')),
    ),
  };
});

test('programs by the grammar are priced, or are refused for what they compute, never for their text', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(number, number, (amount, other) => {
      const reason = sound(`let x = ${other}; pay ${amount} + 0 * x at end;`);
      seen.set(reason, (seen.get(reason) ?? 0) + 1);
      // Logarithms of nothing, divisions by it and towers of powers are no numbers.
      expect(['priced', 'value-must-be-finite']).toContain(reason);
    }),
    { numRuns: cases(150) },
  );
  expect(seen.get('priced') ?? 0).toBeGreaterThan(cases(40));
});

test('limits hold however large a program is asked for', () => {
  const refused = (source: string, reason = 'script-must-be-short'): void =>
    expect(prepareClaim(claimOf(source), ['A', 'B'])).toMatchObject({ ok: false, reason });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3 }), (times) => {
      const many = times * scriptLimits.depth + 1;
      refused(`pay ${'('.repeat(many)}1${')'.repeat(many)} at end;`);
      refused(`pay ${'-'.repeat(many)}1 at end;`);
      refused(`pay if ${'not '.repeat(many)}true then 1 else 0 at end;`);
      refused(`pay ${'if true then 1 else '.repeat(many)}1 at end;`);
      refused(`pay 2${' ^ 2'.repeat(times * scriptLimits.nodes)} at end;`);
      refused(`pay 1${' + 1'.repeat(times * scriptLimits.nodes)} at end;`);
      refused(`pay 1 at end; ${' '.repeat(times * scriptLimits.characters)}`);
    }),
  );
});

test('a short program that would hold gigabytes is refused before it runs', () => {
  const daily = Array.from({ length: 4900 }, (_, i) => ({ label: `d${i}`, time: (i + 1) / 1000 }));
  const holding = (count: number): ScriptedClaim => ({
    ...claimOf(
      `let x0 = A@daily;${Array.from({ length: count }, (_, i) => `let x${i + 1} = x${i} + 1;`).join('')}pay x${count} at daily;`,
    ),
    schedules: { daily },
  });
  expect(prepareClaim(holding(5), ['A'])).toMatchObject({ ok: true });
  expect(prepareClaim(holding(300), ['A'])).toMatchObject({ ok: false, reason: 'script-must-be-short' });
  const assets = Array.from({ length: 40 }, (_, i) => `S${i}`);
  expect(prepareClaim({ source: 'pay S0@daily at daily;', schedules: { daily } }, assets)).toMatchObject({
    ok: false,
    message: expect.stringContaining('40 assets on 4900 dates'),
  });
});
