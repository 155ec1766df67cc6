/** Lets a face show the job again and again, and at once after a key; a picture takes its share of a core and no more. */
import type { Live } from './live';
import type { Face } from './start-face';

/** A picture that took so long to draw is followed by fifty times as long a rest; a machine that is busy makes none older than this. */
const REST = 50;
const REST_MILLIS_MAX = 1000;
/** Keys that are held down are not answered one by one. */
const KEY_MILLIS = 40;

export function drawPaced(face: Face, live: Live): { stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const draw = (): void => {
    clearTimeout(timer);
    if (stopped) return;
    const started = performance.now();
    const { patienceMillis } = face;
    const isOver =
      patienceMillis === undefined ? undefined : () => performance.now() - started > patienceMillis;
    face.show(live.shown(isOver));
    const took = performance.now() - started;
    const rest = patienceMillis === undefined ? 0 : Math.min(took * REST, REST_MILLIS_MAX);
    timer = setTimeout(draw, Math.max(face.everyMillis - took, rest));
  };
  let key: NodeJS.Timeout | undefined;
  face.onKey(() => {
    key ??= setTimeout(() => {
      key = undefined;
      draw();
    }, KEY_MILLIS);
  });
  draw();
  return {
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      clearTimeout(key);
    },
  };
}
