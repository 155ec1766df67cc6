/** Long texts that many records share, schemas of tables above all: stored once, referred to by number. */
import { Kind, keyOf, numberOfKey } from './keys';
import { seal, unseal } from './seal';
import { prefixed, type View } from './store';
import type { Transaction } from './transaction';

export class Texts {
  private readonly numbers = new Map<string, number>();

  constructor(view: Pick<View, 'range'>) {
    for (const { key, value } of view.range(prefixed(keyOf(Kind.Text))))
      this.numbers.set(unseal(key, value).toString(), numberOfKey(key, 0));
  }

  numberOf(tx: Transaction, text: string): number {
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    const number = this.numbers.size;
    const key = keyOf(Kind.Text, number);
    tx.put(key, seal(key, Buffer.from(text)));
    this.numbers.set(text, number);
    tx.onUndo(() => this.numbers.delete(text));
    return number;
  }
}
