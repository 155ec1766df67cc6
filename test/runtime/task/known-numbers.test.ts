import { KnownNumbers } from '../../../runtime/task/known-numbers';

const known = new KnownNumbers(
  { account: 'account' },
  { nameOf: (_, number) => (number === 7 ? 'ARB-1' : undefined) },
);

test.each([
  ['a number with a name', { account: 7 }, undefined],
  ['a number that nobody has allotted', { account: 8 }, { domain: 'account', number: 8 }],
  ['−1, which stands for nobody', { account: -1 }, undefined],
  ['any other negative number', { account: -2 }, { domain: 'account', number: -2 }],
  ['nothing', {}, undefined],
])('in a row, %s', (_, row, unknown) => {
  expect(known.inRow(row)).toEqual(unknown);
});
