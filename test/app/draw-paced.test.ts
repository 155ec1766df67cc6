/** What is shown is read from the store: where that fails whoever runs the job hears of it, at once or later. */
import { drawPaced } from '../../app/draw-paced';
import type { Live } from '../../app/live';
import type { Shown } from '../../app/live-state';

const shownTimes = (times: number): Pick<Live, 'shown'> => {
  let left = times;
  return {
    shown: () => {
      if (left === 0) throw new Error('an entry does not fit its checksum');
      left -= 1;
      return {} as Shown;
    },
  };
};

test.each([
  0, 2,
])('a store that cannot be read after %d pictures is told, and there is no picture more', async (times) => {
  const pictures: Shown[] = [];
  let press: () => void = () => undefined;
  const face = {
    everyMillis: 1,
    patienceMillis: undefined,
    show: (shown: Shown) => void pictures.push(shown),
    onKey: (wanted: () => void) => {
      press = wanted;
    },
  };
  const drawing = drawPaced(face, shownTimes(times));
  await expect(drawing.failed).rejects.toThrow('an entry does not fit its checksum');
  press();
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(pictures).toHaveLength(times);
  drawing.stop();
});
