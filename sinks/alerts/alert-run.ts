/** A run of committed records, read as it grows, and the alerts in it: by place and offset, however it was read. */
import type { Log } from '../../runtime/ports/backend';
import type { Progress } from '../../runtime/ports/epoch';
import type { Topic } from '../../runtime/stream/topic';
import type { Chunk } from '../../runtime/wire/messages';
import { type Alert, isAtLeast, type Severity } from './alert';
import type { AlertSource, ShownRecord } from './sources';

export interface RunOptions {
  readonly sources: readonly AlertSource[];
  readonly leastSeverity: Severity;
  readonly log: Pick<Log, 'ends' | 'reader'>;
  /** Records as people are shown them; those that cannot be read are left out, and buried elsewhere. */
  readonly show: (topic: Topic, chunk: Chunk) => readonly PlacedRecord[];
}

export interface PlacedRecord {
  readonly offset: number;
  readonly record: ShownRecord;
}

const SLICE_BYTES = 1 << 18;
/** So many messages make a notice at most; what comes after is in the next. */
export const RUN_MESSAGES_MAX = 10_000;

interface Place {
  readonly source: AlertSource;
  readonly partition: number;
  next: number;
  readonly alerts: Alert[];
}

export class AlertRun {
  private readonly places: readonly Place[];
  private messages = 0;

  constructor(
    private readonly options: RunOptions,
    from: readonly Progress[],
  ) {
    const { sources } = options;
    this.places = from.flatMap(({ topic, partition, next }) => {
      const source = sources.find((one) => one.topic.name === topic);
      return source ? [{ source, partition, next, alerts: [] }] : [];
    });
  }

  /** How far it goes. */
  get upTo(): readonly Progress[] {
    return this.places.map(({ source, partition, next }) => ({ topic: source.topic.name, partition, next }));
  }

  get alerts(): readonly Alert[] {
    return this.places.flatMap((place) => place.alerts);
  }

  get isFull(): boolean {
    return this.messages >= RUN_MESSAGES_MAX;
  }

  /** Reads what has come, up to the end or to what is told. Answers whether there was anything. */
  grow(upTo?: readonly Progress[]): boolean {
    const before = this.messages;
    for (const place of this.places) {
      const { topic } = place.source;
      const end = upTo?.find((at) => at.topic === topic.name && at.partition === place.partition);
      const { next } = this.options.log.ends({ topic: topic.name, partition: place.partition });
      this.read(place, upTo === undefined ? next : (end?.next ?? place.next), upTo !== undefined);
    }
    return this.messages > before;
  }

  private read(place: Place, end: number, isAgain: boolean): void {
    const { log, show, leastSeverity } = this.options;
    const { topic, alertOf } = place.source;
    if (place.next >= end || (this.isFull && !isAgain)) return;
    const at = { topic: topic.name, partition: place.partition, next: place.next };
    const reader = log.reader(at, { name: 'alerts', kind: 'sink' });
    try {
      while (place.next < end && (isAgain || !this.isFull)) {
        const chunk = reader.poll(SLICE_BYTES);
        if (!chunk) break;
        for (const { offset, record } of show(topic, chunk)) {
          const alert = offset < end ? alertOf(record) : undefined;
          if (alert && isAtLeast(alert.severity, leastSeverity)) place.alerts.push(alert);
        }
        const next = Math.min(chunk.nextOffset, end);
        this.messages += next - place.next;
        place.next = next;
      }
    } finally {
      reader.close();
    }
  }
}
