/**
 * Lets a face show the job again and again, and at once after a key; a picture takes its share of a core and no more.
 * What is shown is read from the store: where that is damaged there is no next picture, and whoever runs the job hears so.
 */
import type { Live } from './live';
import type { Face } from './start-face';

/** A picture that took so long to draw is followed by fifty times as long a rest; a machine that is busy makes none older than this. */
const REST = 50;
const REST_MILLIS_MAX = 1000;
/** Keys that are held down are not answered one by one. */
const KEY_MILLIS = 40;

export interface Drawing {
  /** Rejects when nothing more can be shown. */
  readonly failed: Promise<never>;
  stop(): void;
}

export function drawPaced(
  face: Pick<Face, 'show' | 'onKey' | 'everyMillis' | 'patienceMillis'>,
  live: Pick<Live, 'shown'>,
): Drawing {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let fail: (error: unknown) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failed.catch(() => undefined);
  const draw = (): void => {
    clearTimeout(timer);
    if (stopped) return;
    const started = performance.now();
    const { patienceMillis } = face;
    const isOver =
      patienceMillis === undefined ? undefined : () => performance.now() - started > patienceMillis;
    try {
      face.show(live.shown(isOver));
    } catch (error) {
      stopped = true;
      return fail(error);
    }
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
    failed,
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      clearTimeout(key);
    },
  };
}
