import fc from 'fast-check';
import { SlotSet } from '../../../runtime/tables/slot-set';

const lowestOutside = (members: ReadonlySet<number>): number => {
  let free = 0;
  while (members.has(free)) free += 1;
  return free;
};

describe('SlotSet', () => {
  test('says what a set says after any history: members, the lowest outside, the end', () => {
    // Around the borders of words and of levels, so that they are met; and the lowest free one, as tables take it.
    const near = (border: number) => fc.integer({ min: border - 2, max: border + 2 });
    const anyMember = fc.oneof(fc.nat(5), near(32), near(64), near(1_024), near(32_768));
    const anyAct = fc.oneof(
      { weight: 3, arbitrary: fc.constant<'take'>('take') },
      { weight: 2, arbitrary: anyMember },
    );
    fc.assert(
      fc.property(fc.array(anyAct, { maxLength: 120 }), (acts) => {
        const set = new SlotSet();
        const model = new Set<number>();
        for (const act of acts) {
          const member = act === 'take' ? set.lowestFree() : act;
          if (act === 'take') expect(member).toBe(lowestOutside(model));
          if (model.delete(member)) set.delete(member);
          else {
            model.add(member);
            set.add(member);
          }
          expect(set.has(member)).toBe(model.has(member));
        }
        const sorted = [...model].sort((a, b) => a - b);
        const walked: number[] = [];
        for (let at = set.next(0); at >= 0; at = set.next(at + 1)) walked.push(at);
        expect(walked).toEqual(sorted);
        expect([set.size, set.end()]).toEqual([model.size, (sorted.at(-1) ?? -1) + 1]);
      }),
    );
  });

  test('fills up without a gap, however large it grows', () => {
    const set = new SlotSet();
    let gaps = 0;
    for (let member = 0; member < 40_000; member += 1) {
      if (set.lowestFree() !== member) gaps += 1;
      set.add(member);
    }
    expect(gaps).toBe(0);
    set.delete(31_999);
    set.delete(7);
    expect([set.lowestFree(), set.end(), set.has(31_999), set.has(32_000)]).toEqual([7, 40_000, false, true]);
  });
});
