/**
 * Brings what committed topics say to one channel: reads on, tells what is news, and goes on when it was taken. The log
 * is the outbox: nothing is dropped from it before every channel has told it. A run is noted before it is sent; after a
 * crash the same run is sent again under the same id, so whoever takes it can know it. What cannot be brought is tried
 * again for ever, with growing pauses; what the other side says is wrong in itself is set aside, loudly.
 *
 * A channel that is new begins at the end of what there is.
 */
import type { Bookmarks, Log } from '../../runtime/ports/backend';
import type { Clock } from '../../runtime/ports/clock';
import { DeliveryError } from '../../runtime/ports/delivery';
import type { Progress } from '../../runtime/ports/epoch';
import { Waits } from '../waits';
import type { Alert } from './alert';
import { AlertRun, type RunOptions } from './alert-run';
import { bookmarkOf, type ChannelState, loadChannel, noticeId } from './channel-state';
import { Conditions } from './conditions';
import type { Courier } from './courier';
import { compose, type Notice } from './notice';
import { Told } from './told';
import { Windows } from './windows';

export interface AlertFollowerOptions extends RunOptions {
  readonly channel: string;
  readonly log: Pick<Log, 'ends' | 'reader' | 'topics'>;
  readonly bookmarks: Pick<Bookmarks, 'get' | 'set'>;
  readonly clock: Clock;
  readonly courier: Courier;
  /** What holds now and is in no topic: the job is not well. */
  readonly conditions: () => readonly Alert[];
  readonly onTrouble: (trouble: AlertTrouble) => void;
}

export type AlertTrouble =
  | {
      readonly kind: 'not-delivered';
      readonly channel: string;
      readonly attempt: number;
      readonly error: Error;
    }
  | { readonly kind: 'not-all'; readonly channel: string; readonly remark: string }
  | { readonly kind: 'set-aside'; readonly channel: string; readonly notice: Notice; readonly error: Error };

export interface AlertStatus {
  readonly channel: string;
  /** How long the oldest notice that was not taken has waited. */
  readonly lagMicros: number;
  /** Why it was not taken; undefined while all is well. */
  readonly trouble: string | undefined;
  readonly delivered: number;
  readonly setAside: number;
}

const SECOND = 1_000_000;
/** How often it looks for what has come. */
const LOOK = SECOND / 5;
/** How often it notes how far it has read where there was nothing to tell: until then the log keeps that. */
const NOTE = 10 * SECOND;
const PAUSE_FIRST = SECOND / 2;
const PAUSE_MAX = 60 * SECOND;
/** So often a notice is refused as wrong before it is set aside: a provider may be in disorder for a while. */
const REFUSALS_MAX = 5;

export class AlertFollower {
  private readonly windows = new Windows();
  private readonly waits: Waits;
  private state: ChannelState;
  private run: AlertRun;
  private news: News = NO_NEWS;
  private readonly conditions = new Conditions();
  private running: Promise<void> | undefined;
  private notedAt = 0;
  private waitingSince: number | undefined;
  private trouble: string | undefined;
  private delivered = 0;
  private setAside = 0;

  constructor(private readonly options: AlertFollowerOptions) {
    const { bookmarks, channel, clock } = options;
    this.waits = new Waits(clock);
    this.state = this.withNewPlaces(
      loadChannel(bookmarks, channel) ?? { next: [], pending: undefined, told: new Told() },
    );
    this.run = new AlertRun(options, this.state.next);
    this.notedAt = clock.elapsed() - NOTE;
  }

  status(): AlertStatus {
    const { waitingSince: since, trouble, delivered, setAside } = this;
    const lagMicros = since === undefined ? 0 : this.options.clock.elapsed() - since;
    return { channel: this.options.channel, lagMicros, trouble, delivered, setAside };
  }

  /** Never rejects: what ails it stands in the status. */
  start(): void {
    this.running ??= this.live();
  }

  /** Lets go of what is under way: the next start sends it again. */
  async close(): Promise<void> {
    this.waits.end();
    await this.running;
  }

  private async live(): Promise<void> {
    for (let failures = 0; !this.waits.isStopped; ) {
      try {
        await this.round();
        failures = 0;
      } catch (error) {
        // The log or its bookmarks: the job says so, too.
        failures += 1;
        this.trouble = error instanceof Error ? error.message : String(error);
        await this.waits.pause(pauseAfter(failures));
      }
    }
  }

  private async round(): Promise<void> {
    const { clock } = this.options;
    if (this.state.pending) {
      const again = new AlertRun(this.options, this.state.next);
      again.grow(this.state.pending);
      return this.tell(again, newsOf(again, this.state.told));
    }
    const conditions = this.conditions.due(this.options.conditions(), clock.elapsed());
    if (conditions.length > 0 && this.windows.isOpen(clock.elapsed(), true)) return this.tellOf(conditions);
    if (this.run.grow()) this.news = newsOf(this.run, this.state.told);
    const { alerts } = this.news;
    if (alerts.length === 0) await this.noteNow(this.run.isFull ? 0 : NOTE);
    else if (this.windows.isOpen(clock.elapsed(), alerts.some(isUrgent))) return this.begin();
    await this.waits.pause(LOOK);
  }

  /** Of what holds now nothing is in the log: after a start it is looked at anew. */
  private async tellOf(conditions: readonly Alert[]): Promise<void> {
    const { channel, clock } = this.options;
    const now = { topic: 'conditions', partition: 0, next: clock.now() };
    const notice = compose(noticeId(channel, [], [now]), conditions)!;
    if (!(await this.deliver(notice))) return;
    this.conditions.told(conditions);
    this.windows.told(clock.elapsed());
  }

  /** Notes the run before it is sent. */
  private async begin(): Promise<void> {
    const { run, news } = this;
    await this.save({ ...this.state, pending: run.upTo });
    await this.tell(run, news);
  }

  private async tell(run: AlertRun, { alerts, told }: News): Promise<void> {
    const { channel, clock } = this.options;
    const notice = compose(noticeId(channel, this.state.next, run.upTo), alerts);
    if (notice && !(await this.deliver(notice))) return;
    if (notice) this.windows.told(clock.elapsed());
    await this.save(this.withNewPlaces({ next: run.upTo, pending: undefined, told }));
    this.readOn();
  }

  private readOn(): void {
    this.run = new AlertRun(this.options, this.state.next);
    this.news = NO_NEWS;
  }

  /** Answers false if it was stopped before anybody took it. */
  private async deliver(notice: Notice): Promise<boolean> {
    const { courier, clock, channel, onTrouble } = this.options;
    this.waitingSince ??= clock.elapsed();
    let refusals = 0;
    for (let attempt = 1; !this.waits.isStopped; attempt += 1) {
      try {
        const remark = await courier.deliver(notice, this.waits.stop);
        this.delivered += 1;
        this.settle();
        if (remark !== undefined) onTrouble({ kind: 'not-all', channel, remark });
        return true;
      } catch (thrown) {
        if (this.waits.isStopped) return false;
        const error = thrown instanceof Error ? thrown : new Error(String(thrown));
        const how = error instanceof DeliveryError ? error.how : {};
        refusals += how.isRefused ? 1 : 0;
        if (refusals >= REFUSALS_MAX) {
          this.setAside += 1;
          this.settle();
          onTrouble({ kind: 'set-aside', channel, notice, error });
          return true;
        }
        this.trouble = error.message;
        onTrouble({ kind: 'not-delivered', channel, attempt, error });
        await this.waits.pause(Math.max(how.retryAfterMicros ?? 0, pauseAfter(attempt)));
      }
    }
    return false;
  }

  private settle(): void {
    this.waitingSince = undefined;
    this.trouble = undefined;
  }

  /** Topics and partitions that the channel has not followed before: from their end on. */
  private withNewPlaces(state: ChannelState): ChannelState {
    const { log, sources } = this.options;
    if (state.pending) return state;
    const topics = log.topics().filter(({ name }) => sources.some(({ topic }) => topic.name === name));
    const places = topics.flatMap(({ name: topic, partitions }) =>
      Array.from({ length: partitions }, (_, partition) => ({ topic, partition })),
    );
    const isFollowed = (place: Omit<Progress, 'next'>): boolean =>
      state.next.some((at) => at.topic === place.topic && at.partition === place.partition);
    const fresh = places
      .filter((place) => !isFollowed(place))
      .map((place) => ({ ...place, next: log.ends(place).next }));
    return fresh.length === 0 ? state : { ...state, next: [...state.next, ...fresh] };
  }

  private async noteNow(every: number): Promise<void> {
    const { clock } = this.options;
    if (clock.elapsed() - this.notedAt < every) return;
    await this.save(this.withNewPlaces({ ...this.state, next: this.run.upTo }));
    this.readOn();
    this.trouble = undefined;
  }

  private async save(state: ChannelState): Promise<void> {
    const { bookmarks, channel, clock } = this.options;
    await bookmarks.set(bookmarkOf(channel, state));
    this.state = state;
    this.notedAt = clock.elapsed();
  }
}

/** What of a run has not been told before, and what will have been told with it. */
interface News {
  readonly alerts: readonly Alert[];
  readonly told: Told;
}

const NO_NEWS: News = { alerts: [], told: new Told() };

function newsOf(run: AlertRun, before: Told): News {
  const told = before.copy();
  return { alerts: run.alerts.filter((alert) => told.isNews(alert)), told };
}

const isUrgent = ({ severity, state }: Alert): boolean => severity === 'critical' && state !== 'cleared';

const pauseAfter = (failures: number): number =>
  Math.min(PAUSE_FIRST * 2 ** Math.min(failures - 1, 20), PAUSE_MAX);
