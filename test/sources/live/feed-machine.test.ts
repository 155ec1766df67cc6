/** What a feed is doing, whatever the venue. */
import { FeedMachine, nextState } from '../../../sources/live/feed-machine';
import { feedStates } from '../../../sources/venues/market-records';

test.each`
  state           | connect         | opened        | told            | lost            | silent          | closed
  ${'down'}       | ${'connecting'} | ${'down'}     | ${'down'}       | ${'down'}       | ${'down'}       | ${'down'}
  ${'connecting'} | ${'connecting'} | ${'snapshot'} | ${'connecting'} | ${'connecting'} | ${'connecting'} | ${'down'}
  ${'snapshot'}   | ${'snapshot'}   | ${'snapshot'} | ${'live'}       | ${'gap'}        | ${'stale'}      | ${'down'}
  ${'live'}       | ${'live'}       | ${'live'}     | ${'live'}       | ${'gap'}        | ${'stale'}      | ${'down'}
  ${'gap'}        | ${'gap'}        | ${'gap'}      | ${'live'}       | ${'gap'}        | ${'stale'}      | ${'down'}
  ${'stale'}      | ${'stale'}      | ${'stale'}    | ${'stale'}      | ${'stale'}      | ${'stale'}      | ${'down'}
`('$state', ({ state, ...events }) => {
  expect(feedStates).toContain(state);
  for (const [event, next] of Object.entries(events))
    expect([event, nextState(state, event as 'told')]).toEqual([event, next]);
});

test('prices count since the connection was opened, and not since it was live again', () => {
  const machine = new FeedMachine();
  machine.apply('connect', 1, '');
  machine.apply('opened', 2, '');
  machine.apply('told', 3, '');
  machine.apply('lost', 4, 'an update is missing');
  expect([machine.state, machine.time, machine.since, machine.reason]).toEqual([
    'gap',
    4,
    2,
    'an update is missing',
  ]);
  expect(machine.apply('lost', 5, 'another')).toBe(false);
  expect(machine.time).toBe(4);
});
