/** What a person is to know when positions are made anew by the rules of another version. */
import type { Log } from '../runtime/ports/backend';
import { refusedFills } from '../schemas/ledger';

/** What was refused stays told as refused; the state that is made anew may hold it all the same. */
export function judgedAnew(log: Pick<Log, 'topics' | 'ends'>): string[] {
  const topic = refusedFills.name;
  const { partitions = 0 } = log.topics().find(({ name }) => name === topic) ?? {};
  let told = 0;
  for (let partition = 0; partition < partitions; partition += 1) told += log.ends({ topic, partition }).next;
  return told === 0
    ? []
    : [
        `${told} fills were refused by earlier versions (${topic}): this one judges them anew by its own rules and may take some, so compare positions with those of the copy once it has started`,
      ];
}
