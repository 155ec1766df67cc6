import fc from 'fast-check';
import { Marker } from '../../../runtime/stream/marker';
import { ScopeCycleError, ScopeSums } from '../../../runtime/tables/scope-sums';
import { LIMBS, limbsToBigint, setLimbs } from '../../../runtime/wire/limbs';

const SCOPES = 6;
/** Quarters, so that the oracle's doubles are exact. */
const anyTerm = fc.integer({ min: -4_000, max: 4_000 }).map((quarters) => quarters / 4);
const anyScope = fc.nat(SCOPES - 1);
const anyAct = fc.oneof(
  fc.record({ scope: anyScope, measure: fc.nat(1), term: anyTerm }),
  fc.record({ scope: anyScope, parent: fc.integer({ min: -1, max: SCOPES - 1 }) }),
);

/** What is in a scope, itself included. */
function within(parents: readonly number[], scope: number): readonly number[] {
  const isIn = (one: number): boolean => one === scope || (parents[one]! >= 0 && isIn(parents[one]!));
  return parents.map((_, one) => one).filter(isIn);
}

describe('ScopeSums', () => {
  test('law 5: a scope sums what lies in it, however scopes move and terms come and go', () => {
    fc.assert(
      fc.property(fc.array(anyAct, { maxLength: 60 }), (acts) => {
        const sums = new ScopeSums(2, 1);
        const limbs = new Float64Array(LIMBS);
        const exact: bigint[] = new Array<bigint>(SCOPES).fill(0n);
        const parents: number[] = new Array<number>(SCOPES).fill(-1);
        const own = Array.from({ length: SCOPES }, () => [0, 0] as [number, number]);
        for (const act of acts) {
          if ('term' in act) {
            sums.add(act.scope, act.measure, act.term);
            sums.add(act.scope, act.measure, 1e300);
            sums.subtract(act.scope, act.measure, 1e300);
            own[act.scope]![act.measure]! += act.term;
            const amount = BigInt(act.term * 4) * 10n ** 33n;
            setLimbs(limbs, 0, amount);
            sums.addExact(act.scope, 0, limbs, 0);
            exact[act.scope]! += amount;
          } else if (act.parent >= 0 && within(parents, act.scope).includes(act.parent)) {
            expect(() => sums.place(act.scope, act.parent)).toThrow(ScopeCycleError);
          } else {
            sums.place(act.scope, act.parent);
            parents[act.scope] = act.parent;
          }
        }
        for (let scope = 0; scope < SCOPES; scope += 1) {
          sums.copyExact(limbs, 0, scope, 0);
          expect(limbsToBigint(limbs, 0)).toBe(
            within(parents, scope).reduce((sum, one) => sum + exact[one]!, 0n),
          );
          for (const measure of [0, 1])
            expect(sums.value(scope, measure)).toBe(
              within(parents, scope).reduce((sum, one) => sum + own[one]![measure]!, 0),
            );
        }
      }),
    );
  });

  test('a change marks the scope and all that it lies in, and nothing else', () => {
    const sums = new ScopeSums(1);
    sums.place(3, 2);
    sums.place(2, 0);
    sums.place(4, 0);
    const changed = new Marker();
    sums.mark(3, changed);
    expect([...changed.keys()]).toEqual([3, 2, 0]);
  });

  test('an exact sum beyond 130 bits is refused by name', () => {
    const sums = new ScopeSums(0, 1);
    const limbs = new Float64Array(LIMBS);
    setLimbs(limbs, 0, 10n ** 38n - 1n);
    const addMany = (): void => {
      for (let count = 0; count < 20; count += 1) sums.addExact(0, 0, limbs, 0);
    };
    expect(addMany).toThrow('an exact sum of more than 130 bits');
  });
});
