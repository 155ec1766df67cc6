import fc from 'fast-check';
import { TextIndex } from '../../../runtime/tables/text-index';

/** What the owner of an index keeps: group and text by slot. */
class Owner {
  readonly groups: number[] = [];
  readonly texts: string[] = [];
  readonly index = new TextIndex(
    (slot) => this.groups[slot]!,
    (slot) => this.texts[slot]!,
  );
  readonly slots = new Map<string, number>();

  add(group: number, text: string): void {
    const slot = this.texts.push(text) - 1;
    this.groups.push(group);
    this.index.add(slot);
    this.slots.set(`${group} ${text}`, slot);
  }

  remove(group: number, text: string): void {
    const key = `${group} ${text}`;
    this.index.remove(this.slots.get(key)!);
    this.slots.delete(key);
  }
}

describe('TextIndex', () => {
  test('finds what a map would, whatever was added and removed', () => {
    const anyKey = fc.tuple(fc.constantFrom(0, 1), fc.integer({ min: 0, max: 300 }).map(String));
    fc.assert(
      fc.property(fc.array(anyKey, { maxLength: 500, size: 'max' }), (keys) => {
        const owner = new Owner();
        for (const [group, text] of keys) {
          const known = owner.slots.has(`${group} ${text}`);
          if (known) owner.remove(group, text);
          else owner.add(group, text);
        }
        for (const [group, text] of keys)
          expect(owner.index.find(group, text)).toBe(owner.slots.get(`${group} ${text}`) ?? -1);
      }),
    );
  });

  test('tells texts of groups apart whose numbers are one', () => {
    const accounts = [1, 2];
    const index = new TextIndex(
      () => 7,
      () => 'E1',
    );
    index.add(0);
    index.add(1);
    const found = [1, 2, 3].map((account) => index.find(7, 'E1', (slot) => accounts[slot] === account));
    expect(found).toEqual([0, 1, -1]);
  });

  test('grows, and is emptied again', () => {
    const owner = new Owner();
    const texts = Array.from({ length: 5_000 }, (_, index) => `E${index}`);
    for (const text of texts) owner.add(7, text);
    expect(texts.map((text) => owner.index.find(7, text))).toEqual(texts.map((_, slot) => slot));

    for (const text of texts) owner.remove(7, text);
    expect(texts.some((text) => owner.index.find(7, text) >= 0)).toBe(false);
  });
});
