/** "30s", "500ms", "2m", "1h" on the command line. */
import { InvalidArgumentError } from 'commander';

const MILLIS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** Milliseconds of such a text. Throws commander's InvalidArgumentError. */
export function durationMillis(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text);
  const millis = match ? Number(match[1]) * MILLIS[match[2] as keyof typeof MILLIS] : 0;
  if (millis > 0) return millis;
  throw new InvalidArgumentError('Write a duration like 500ms, 30s, 2m or 1h.');
}
