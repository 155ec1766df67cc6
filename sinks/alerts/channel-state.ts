/**
 * Where a channel stands, kept in its bookmark: what it has told, and the run of records under way, noted before it is
 * sent, so that after a crash exactly the same is sent again under the same id.
 */
import { createHash } from 'node:crypto';
import type { Bookmark, Bookmarks } from '../../runtime/ports/backend';
import type { Progress } from '../../runtime/ports/epoch';
import { Told } from './told';

export interface ChannelState {
  /** All before has been told. */
  readonly next: readonly Progress[];
  /** How far the notice under way goes. */
  readonly pending: readonly Progress[] | undefined;
  readonly told: Told;
}

interface Saved {
  readonly next: readonly SavedPlace[];
  readonly pending?: readonly SavedPlace[];
  readonly told: readonly (readonly [string, string])[];
}

type SavedPlace = readonly [topic: string, partition: number, next: number];

export const readerOf = (channel: string): string => `alerts.${channel}`;

export function loadChannel(bookmarks: Pick<Bookmarks, 'get'>, channel: string): ChannelState | undefined {
  const bookmark = bookmarks.get(readerOf(channel));
  if (!bookmark) return undefined;
  const { next, pending, told } = JSON.parse(new TextDecoder().decode(bookmark.state)) as Saved;
  return { next: next.map(placeOf), pending: pending?.map(placeOf), told: new Told(told) };
}

export function bookmarkOf(channel: string, { next, pending, told }: ChannelState): Bookmark {
  const saved: Saved = {
    next: next.map(saidOf),
    ...(pending && { pending: pending.map(saidOf) }),
    told: told.saved(),
  };
  return { name: readerOf(channel), state: new TextEncoder().encode(JSON.stringify(saved)), needs: next };
}

/** The same for the same run of records, and for no other of this channel. */
export function noticeId(channel: string, from: readonly Progress[], to: readonly Progress[]): string {
  const text = JSON.stringify([channel, from.map(saidOf), to.map(saidOf)]);
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

const placeOf = ([topic, partition, next]: SavedPlace): Progress => ({ topic, partition, next });
const saidOf = ({ topic, partition, next }: Progress): SavedPlace => [topic, partition, next];
