/** A running job drops what is old by itself: nobody else does. */
import { openFolder } from '../../app/folder';
import { Housekeeping } from '../../app/housekeeping';
import { LiveJob } from '../../app/live-job';
import { temporaryFolder } from '../support/temporary-folder';
import { HandClock } from '../support/toy';

const dir = temporaryFolder();

async function pass(clock: HandClock, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    clock.set(clock.now() + 1_000_000);
    await new Promise(setImmediate);
  }
}

function houseOf(usedBytes: number) {
  const clock = new HandClock();
  let rounds = 0;
  const failures: Error[] = [];
  const backend = {
    health: () => ({ usedBytes, quotaBytes: 100, accepting: usedBytes < 100, troubles: [] }),
    tidy: async () => {
      rounds += 1;
      const failure = failures.shift();
      if (failure) throw failure;
    },
  };
  const house = new Housekeeping({ backend, clock });
  house.start();
  return { house, clock, failures, rounds: () => rounds };
}

test.each([
  { when: 'there is room', usedBytes: 70, rounds: 2 },
  { when: 'room runs short', usedBytes: 81, rounds: 24 },
  { when: 'the log is at its quota', usedBytes: 100, rounds: 24 },
])('in two minutes old records are dropped $rounds times when $when', async ({ usedBytes, rounds }) => {
  const world = houseOf(usedBytes);
  await pass(world.clock, 120);
  expect(world.rounds()).toBe(rounds);
  world.house.stop();
  await pass(world.clock, 120);
  expect(world.rounds()).toBe(rounds);
});

test('a round that fails is told, and forgotten when the next one does not', async () => {
  const { house, clock, failures } = houseOf(1);
  failures.push(new Error('the disk is gone'));
  await pass(clock, 60);
  expect(house.trouble()).toBe('old records could not be dropped, and the log only grows: the disk is gone');
  await pass(clock, 60);
  expect(house.trouble()).toBeUndefined();
  house.stop();
});

test('a job that runs keeps house, and is not ready when it cannot', async () => {
  const clock = new HandClock();
  const folder = await openFolder({ dir, quotaBytes: 2 ** 28, clock });
  const job = await LiveJob.open({ folder, clock, report: () => undefined, sinksLag: () => undefined });
  job.start();
  const tidy = jest.spyOn(folder.backend, 'tidy').mockRejectedValue(new Error('the disk is gone'));
  await pass(clock, 60);
  expect(tidy).toHaveBeenCalledTimes(1);
  expect(job.troubles()).toContainEqual(expect.stringContaining('the log only grows: the disk is gone'));
  tidy.mockRestore();
  await job.stop();
  await folder.close();
});
