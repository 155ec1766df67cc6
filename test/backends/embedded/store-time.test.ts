/** Which readings of a clock are believed. */
import { StoreTime } from '../../../backends/embedded/store-time';

const HOUR = 3.6e9;
const KNOWN = 1_000 * HOUR;

describe('the time by which things age', () => {
  /** Readings and what is then believed, in hours from what was known. */
  it.each<readonly [string, readonly (readonly [read: number, aged: number])[]]>([
    [
      'goes with a clock that goes on',
      [
        [0.5, 0.5],
        [1.4, 1.4],
        [2.4, 2.4],
      ],
    ],
    ['does not believe one reading far ahead', [[48, 0]]],
    [
      'believes it when it has stood for an hour',
      [
        [48, 0],
        [48.5, 0],
        [49, 49],
      ],
    ],
    [
      'forgets it when the clock goes back',
      [
        [48, 0],
        [0.1, 0.1],
        [48, 0.1],
        [48.9, 0.1],
        [0.2, 0.2],
      ],
    ],
    [
      'waits for a clock that is behind',
      [
        [1, 1],
        [-20, 1],
        [0.5, 1],
        [1.5, 1.5],
      ],
    ],
    [
      'is not led on by jumps within jumps',
      [
        [48, 0],
        [47, 0],
        [47.5, 0],
        [48, 48],
      ],
    ],
  ])('%s', (_, readings) => {
    const time = new StoreTime(KNOWN);
    const believed = readings.map(([read]) => (time.read(KNOWN + read * HOUR).aged - KNOWN) / HOUR);
    expect(believed).toEqual(readings.map(([, aged]) => expect.closeTo(aged, 6)));
  });

  it('begins a new store at the first reading', () => {
    expect(new StoreTime(0).read(KNOWN)).toEqual({ stamp: KNOWN, aged: KNOWN });
  });

  it('stamps with what the clock says, never before what was believed', () => {
    const time = new StoreTime(KNOWN);
    expect(time.read(KNOWN + 48 * HOUR).stamp).toBe(KNOWN + 48 * HOUR);
    expect(time.read(KNOWN - HOUR).stamp).toBe(KNOWN);
    expect(time.read(KNOWN + 60e6).stamp).toBe(KNOWN + 60e6);
  });
});
