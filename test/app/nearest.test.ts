/** What was most likely meant. */
import { nearest } from '../../app/nearest';

const KNOWN = ['AAPL', 'MSFT', 'ALPHA', 'BRAVO', 'IBM'];

test.each([
  ['APPL', 'AAPL'],
  ['AALP', 'AAPL'],
  ['alhpa', 'ALPHA'],
  ['BRAV', 'BRAVO'],
  ['IBMN', 'IBM'],
  ['', undefined],
  ['GOOG', undefined],
  ['XYZ', undefined],
])('%j is most likely %j', (word, meant) => {
  expect(nearest(word, KNOWN)).toBe(meant);
});

test('of two that are equally near the first in order, whatever order they are told in', () => {
  expect(nearest('AB', ['AC', 'AA'])).toBe('AA');
  expect(nearest('AB', ['AA', 'AC'])).toBe('AA');
});
