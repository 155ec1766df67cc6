/** Recorded exchange traffic: messages with the time at which they came, answers to requests for snapshots in between. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { dataFolder } from '../../support/real-data';

export interface Recorded {
  /** Micros. */
  readonly received: number;
  readonly text: string;
}

const lines = (name: string): string[] =>
  gunzipSync(readFileSync(join(dataFolder, 'frames', name)))
    .toString('utf8')
    .split('\n');

export const messagesOf = (venue: string): Recorded[] =>
  lines(`${venue}_ws_part.txt.gz`).flatMap((line) => {
    const match = /^(\d+\.\d+): (.*)$/.exec(line);
    return match ? [{ received: Math.round(Number(match[1]) * 1e6), text: match[2]! }] : [];
  });

/** Answers over HTTP, each with the address that was asked. */
export const answersOf = (venue: string): (Recorded & { readonly url: string })[] =>
  lines(`${venue}_rest.txt.gz`).flatMap((line) => {
    const match = /^(\S+) -> (\d+\.\d+): (.*)$/.exec(line);
    return match ? [{ url: match[1]!, received: Math.round(Number(match[2]) * 1e6), text: match[3]! }] : [];
  });

/** Snapshots from REST as messages, in their places among the others. */
export function withSnapshots(
  messages: readonly Recorded[],
  snapshots: readonly Recorded[],
): readonly Recorded[] {
  return [...messages, ...snapshots].sort((a, b) => a.received - b.received);
}
