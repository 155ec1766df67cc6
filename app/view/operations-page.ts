/** How the job is: tasks, inputs, sinks, the log. */
import { bytes, count } from '../amounts';
import type { Operation } from '../live-facts';
import { page } from './page';

export const operationsPage = page<Operation>({
  name: 'operations',
  says: 'how the job is: tasks, what waits, the log, ClickHouse',
  staying: 2,
  isOrdered: true,
  items: ({ state }) => [
    ...state.troubles.map((detail) => ({ what: 'trouble', name: '', state: '!', detail, isTrouble: true })),
    ...state.operations,
    {
      what: 'log',
      name: '',
      state: bytes(state.logBytes),
      detail: `of ${bytes(state.quotaBytes)}; at that intake stops`,
      isTrouble: false,
    },
    {
      what: 'input',
      name: '',
      state: `${count(state.lag)} messages`,
      detail: 'wait to be read',
      isTrouble: false,
    },
  ],
  columns: [
    { title: 'WHAT', says: 'task, sink, log, input or trouble', cell: ({ what }) => what },
    { title: 'NAME', says: 'of which', cell: ({ name }) => name },
    {
      title: 'STATE',
      says: 'how it is',
      cell: ({ state, isTrouble }) => ({ text: state, color: isTrouble ? 'red' : undefined }),
    },
    { title: 'DETAIL', says: 'what else there is to say', cell: ({ detail }) => detail },
  ],
});
