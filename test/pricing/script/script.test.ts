/** The payoff language: what it means on given fixings, what it refuses and where, and its limits. */

import { ScriptError, scriptLimits } from '../../../pricing/script/ast';
import { checkScript } from '../../../pricing/script/check';
import { type Cell, runScript } from '../../../pricing/script/evaluate';
import { observationsOf } from '../../../pricing/script/observations';
import { parseScript } from '../../../pricing/script/parse';

const fixings: Readonly<Record<string, readonly number[]>> = { A: [90, 110, 130], B: [100, 80, 120] };
const schedules = new Map([
  ['obs', [0.25, 0.5, 1]],
  ['end', [1]],
  ['other', [0.5, 1]],
]);

/** What a script pays on the fixings above: one list per statement. Twice the path, so that columns are used too. */
function paid(source: string): readonly (readonly number[])[] {
  const script = parseScript(source);
  const counts = new Map([...schedules].map(([name, times]) => [name, times.length]));
  checkScript(script, { assets: ['A', 'B'], schedules: counts, parameters: ['strike'] });
  const offset = { obs: 0, end: 2, other: 1 } as Readonly<Record<string, number>>;
  const observe = (asset: string, schedule: string, index: number): Cell =>
    new Float64Array(2).fill(fixings[asset]![offset[schedule]! + index]!);
  const parameters = new Map([['strike', 100]]);
  const amount = (cell: Cell): number => (typeof cell === 'number' ? cell : cell[1]!);
  return runScript(script, { paths: 2, observe, schedules, parameters }).map(({ amounts }) =>
    amounts.map(amount),
  );
}

test.each([
  ['pay max(A@end - strike, 0) at end;', [[30]]],
  ['pay mean(A@obs) at end;', [[110]]],
  ['pay geometricMean(B@obs) at end;', [[Math.exp((Math.log(100) + Math.log(80) + Math.log(120)) / 3)]]],
  ['pay min(A@obs) + max(B@obs) at end;', [[210]]],
  ['pay max(A@obs, B@obs) - min(A@obs, B@obs) at obs;', [[10, 30, 10]]],
  ['pay if any(B@obs < 85) then 1 else 2 at end;', [[1]]],
  ['pay if all(B@obs < 85) then 1 else 2 at end;', [[2]]],
  ['pay count(A@obs > 100) at end;', [[2]]],
  ['pay ranked(2, A@end, B@end, 125) at end;', [[125]]],
  ['pay runningMax(B@obs) at obs;', [[100, 100, 120]]],
  ['pay runningMin(B@obs) at obs;', [[100, 80, 80]]],
  ['pay runningSum(A@obs) at obs;', [[90, 200, 330]]],
  ['pay first(A@obs) - last(A@obs) at end;', [[-40]]],
  ['pay index(obs) * time(obs) + length(obs) at obs;', [[3.25, 4, 6]]],
  ['pay 2 ^ 3 ^ 2 - -1 at end;', [[513]]],
  ['pay 1 + 2 * 3 - 4 / 2 at end;', [[5]]],
  ['pay if not (true and false) or false then 1 else 0 at end;', [[1]]],
  ['pay abs(-2) + sqrt(9) + floor(2.7) + log(exp(1)) at end;', [[8]]],
  [
    '# an autocall: the first date above the strike pays, and nothing after it\nlet called = A@obs >= strike;\nlet alive = not everBefore(called);\npay if called and alive then 100 + 5 * index(obs) else 0 at obs;',
    [[0, 110, 0]],
  ],
  ['let hit = ever(B@obs <= 80);\npay if hit then 1 else 0 at obs; pay 7 at end;', [[0, 1, 1], [7]]],
])('%s', (source, expected) => {
  const result = paid(source);
  expect(result).toHaveLength(expected.length);
  const flat = result.flat();
  for (const [i, value] of flat.entries()) expect(value).toBeCloseTo(expected.flat()[i]!, 12);
});

const faultOf = (source: string): string => {
  try {
    paid(source);
  } catch (error) {
    if (error instanceof ScriptError) return `${error.reason}: ${error.message}`;
    throw error;
  }
  return 'accepted';
};

test.each([
  ['pay A@end at end', 'script-must-be-readable: line 1, column 17: expected ";", found "the end"'],
  [
    'pay A@end $ 2 at end;',
    'script-must-be-readable: line 1, column 11: the character "$" means nothing here',
  ],
  ['let x = 1;\npay y at end;', 'script-name-must-be-known: line 2, column 5: no value "y"'],
  [
    'pay A at end;',
    'script-name-must-be-known: line 1, column 5: no value "A"; observe the asset with A@schedule',
  ],
  ['pay C@end at end;', 'script-name-must-be-known: line 1, column 5: no asset "C"; there are: A, B'],
  [
    'pay A@never at end;',
    'script-name-must-be-known: line 1, column 5: no schedule "never"; there are: obs, end, other',
  ],
  ['pay steal(1) at end;', 'script-name-must-be-known: line 1, column 5: no function "steal"'],
  ['pay constructor(1) at end;', 'script-name-must-be-known: line 1, column 5: no function "constructor"'],
  [
    'pay A@obs at end;',
    'script-must-be-typed: line 1, column 1: a series of numbers on obs cannot be paid at end: use the same schedule',
  ],
  [
    'pay mean(A@obs + A@other) at end;',
    'script-must-be-typed: line 1, column 16: series on obs and on other cannot be combined',
  ],
  ['pay A@end > 1 at end;', 'script-must-be-typed: line 1, column 1: pay needs a number, found a boolean'],
  [
    'pay if A@end then 1 else 0 at end;',
    'script-must-be-typed: line 1, column 8: expected a boolean, found a number',
  ],
  ['let A = 1; pay 1 at end;', 'script-must-be-typed: line 1, column 1: the name "A" is taken'],
  ['let x = 1;', 'script-must-pay: line 1, column 1: no pay or exercise statement'],
  [
    'while true',
    'script-must-be-readable: line 1, column 1: a statement starts with let, pay or exercise, not with "while"',
  ],
  [
    'exercise 1 at end; exercise 2 at end;',
    'script-must-exercise-once: line 1, column 20: more than one exercise statement',
  ],
])('%s is refused', (source, message) => {
  expect(faultOf(source)).toBe(message);
});

test('length, depth and size have limits', () => {
  expect(faultOf(`pay ${'('.repeat(200)}1${')'.repeat(200)} at end;`)).toContain('levels of nesting');
  expect(faultOf(`pay ${'-'.repeat(200)}1 at end;`)).toContain('levels of nesting');
  expect(faultOf(`pay 1${' + 1'.repeat(scriptLimits.nodes)} at end;`)).toContain('more than 2000 parts');
  expect(faultOf(`pay 1 at end;${' '.repeat(scriptLimits.characters)}`)).toContain('script-must-be-short');
});

test('what a script observes is known without running it', () => {
  expect(
    observationsOf(parseScript('let x = -A@obs; pay if any(B@obs > 1) then mean(x) else A@end at end;')),
  ).toEqual([
    { asset: 'A', schedule: 'obs' },
    { asset: 'B', schedule: 'obs' },
    { asset: 'A', schedule: 'end' },
  ]);
});
