import type { DeadLetterRow } from '../../runtime/runner';
import type { Topic } from '../../runtime/topic';
import { amounts, amountsAsMessages, letters, sums, toyJob } from '../support/toy';
import type { Scenario } from './scenario';

const KEYS = 10;

export const toyScenario: Scenario = {
  job: toyJob(),
  deadLetters: letters as Topic as Topic<readonly DeadLetterRow[]>,
  names: { toy: Array.from({ length: KEYS }, (_, key) => `name ${key}`) },
  batch: (sequence, schemaIds) => {
    const rows = Array.from({ length: 1 + (sequence % 7) }, (_, index) => ({
      key: (sequence * 3 + index) % KEYS,
      amount: (sequence % 13) + index,
    }));
    return [
      { topic: amounts.name, partition: 0, messages: amountsAsMessages(rows, schemaIds.get(amounts.name)!) },
    ];
  },
  compared: {
    topics: [sums as Topic, amounts as Topic],
    tables: toyJob().tables.filter(({ name }) => name === 'sums'),
  },
};
