/** What holds when, against a list that is searched from end to end. */
import fc from 'fast-check';
import { Effective, endOf } from '../../../operators/reference/effective';

interface Row {
  readonly name: string;
  readonly validFrom: number;
  readonly validTo: number;
  readonly told: number;
}

/** A small alphabet, so that versions meet: from 0 to 6, and ends before, at and after the next. */
const row = fc.record({
  name: fc.constantFrom('a', 'b'),
  validFrom: fc.integer({ min: 0, max: 6 }),
  validTo: fc.constantFrom(0, 0, 1, 3, 5, 7),
  told: fc.integer({ min: 0, max: 99 }),
});
const change = fc.oneof(
  { weight: 4, arbitrary: row.map((set) => ({ set })) },
  { weight: 1, arbitrary: row.map((gone) => ({ gone })) },
);

/** Imports nothing: the last word of each name and beginning; of what has begun the latest, unless it has ended. */
function holdsAt(told: readonly Row[], name: string, time: number): Row | undefined {
  let latest: Row | undefined;
  for (const one of told)
    if (one.name === name && one.validFrom <= time && (!latest || one.validFrom > latest.validFrom))
      latest = one;
  return latest && latest.validTo !== 0 && time >= latest.validTo ? undefined : latest;
}

test('after any history of versions told, mended and taken back', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 20 }), (changes) => {
      const effective = new Effective<string, Row>(({ name }) => name, endOf);
      let told: Row[] = [];
      for (const one of changes) {
        const { name, validFrom } = 'set' in one ? one.set : one.gone;
        told = told.filter((other) => other.name !== name || other.validFrom !== validFrom);
        if ('set' in one) {
          effective.set(one.set);
          told.push(one.set);
        } else effective.delete(name, validFrom);
      }
      for (const name of ['a', 'b', 'never told'])
        for (let time = -1; time <= 8; time += 1) {
          const now = holdsAt(told, name, time);
          expect(effective.at(name, time)).toEqual(now);
          const later = [0, 1, 2, 3, 4, 5, 6, 7].find((at) => at > time && holdsAt(told, name, at) !== now);
          const next = effective.nextChange(name, time);
          // What comes to nothing new may be announced; nothing new comes unannounced.
          if (later !== undefined) expect(next).toBeLessThanOrEqual(later);
          if (next !== undefined) expect(next).toBeGreaterThan(time);
        }
    }),
    { numRuns: 300 },
  );
});

test('a symbol used again after a gap is not there in the gap', () => {
  const effective = new Effective<string, Row>(({ name }) => name, endOf);
  effective.set({ name: 'FB', validFrom: 0, validTo: 100, told: 1 });
  effective.set({ name: 'FB', validFrom: 200, validTo: 0, told: 2 });
  expect([50, 100, 199, 200].map((time) => effective.at('FB', time)?.told)).toEqual([
    1,
    undefined,
    undefined,
    2,
  ]);
  expect([50, 100, 200].map((time) => effective.nextChange('FB', time))).toEqual([100, 200, undefined]);
});
