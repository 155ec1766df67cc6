/**
 * All feeds of a run: each finds out what to follow, as often as it takes, then lives until the end. One lifecycle,
 * whatever the venue; metrics and troubles of each by its name.
 */
import { decorrelatedJitterGenerator, ExponentialBackoff, handleAll, retry } from 'cockatiel';
import type { Clock } from '../../runtime/ports/clock';
import { venueApiOf, venueApis } from '../../sources/live/registry';
import type { VenueApi } from '../../sources/live/venue-api';
import type { FeedState } from '../../sources/venues/market-records';
import type { FeedConfig } from '../config';
import { CommandError, ExitCode } from '../exit-codes';
import type { Folder } from '../folder';
import type { Logger } from '../log-to';
import { type Followed, followInstruments } from './follow-instruments';
import { LiveFeed } from './live-feed';

export interface FeedStatus {
  readonly name: string;
  readonly state: FeedState;
  readonly reason: string;
  readonly wanted: number;
  readonly live: number;
  readonly messages: number;
  readonly lost: number;
  readonly conflated: number;
  readonly connections: number;
  /** Microseconds; undefined where nothing is known. */
  readonly clockOffset: number | undefined;
}

export interface LiveFeeds {
  statuses(): readonly FeedStatus[];
  troubles(): readonly string[];
  /** Rejects when the log fails. */
  readonly failed: Promise<never>;
  stop(): Promise<void>;
}

export interface FeedsOptions {
  readonly feeds: readonly FeedConfig[];
  readonly folder: Folder;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** A clock that is further off is told of as a trouble. */
const SKEW_MAX = 1_000_000;
const LIST_AGAIN = 3_600_000_000;

export function startFeeds(options: FeedsOptions): LiveFeeds {
  const feeds = options.feeds.map((config) => new OneFeed(config, options));
  const failed = Promise.race([new Promise<never>(() => undefined), ...feeds.map((feed) => feed.failed)]);
  failed.catch(() => undefined);
  return {
    failed,
    statuses: () => feeds.map((feed) => feed.status()),
    troubles: () => feeds.flatMap((feed) => feed.troubles()),
    stop: async () => {
      await Promise.all(feeds.map((feed) => feed.stop()));
    },
  };
}

class OneFeed {
  readonly failed: Promise<never>;
  private readonly api: VenueApi;
  private readonly stopped = new AbortController();
  private readonly opening: Promise<void>;
  private looking: Promise<void> = Promise.resolve();
  private fail: (error: unknown) => void = () => undefined;
  private feed: LiveFeed | undefined;
  private unknown: readonly string[] = [];
  private waitsFor: string | undefined = 'it has not asked yet what the venue lists';

  constructor(
    private readonly config: FeedConfig,
    private readonly options: FeedsOptions,
  ) {
    this.api = apiNamed(config.venue);
    this.failed = new Promise<never>((_, reject) => {
      this.fail = reject;
    });
    this.failed.catch(() => undefined);
    this.opening = this.open().catch((error) => {
      if (!this.stopped.signal.aborted) this.fail(error);
    });
  }

  status(): FeedStatus {
    const session = this.feed?.session;
    const name = this.config.venue;
    if (!session) {
      const nothing = { wanted: 0, live: 0, messages: 0, lost: 0, conflated: 0, connections: 0 };
      return { name, state: 'down', reason: this.waitsFor ?? '', ...nothing, clockOffset: undefined };
    }
    return {
      name,
      state: session.machine.state,
      reason: session.machine.reason,
      wanted: session.symbols.length,
      live: session.booksLive(this.options.clock.now()).live,
      messages: session.counts.messages,
      lost: session.lost,
      conflated: session.quotes.conflated,
      connections: session.connections,
      clockOffset: session.clock.offset,
    };
  }

  troubles(): string[] {
    const { state, reason, name } = this.status();
    const troubles: string[] = [];
    const say = (what: string): void => void troubles.push(`feed ${name} ${what}`);
    if (state !== 'live') say(`is ${state}: ${reason}`);
    if (this.unknown.length > 0)
      say(`is asked for what the venue does not list: ${this.unknown.slice(0, 3).join(', ')}`);
    const session = this.feed?.session;
    if (!session) return troubles;
    const { late } = session.booksLive(this.options.clock.now());
    if (late.length > 0) say(`has no book of ${late.join(', ')}`);
    const nameless = [...(this.feed?.nameless.keys() ?? [])];
    if (nameless.length > 0)
      say(`has no instrument for ${nameless.slice(0, 3).join(', ')}: tell reference data of it`);
    const { offset, uncertainty = 0 } = session.clock;
    if (offset !== undefined && Math.abs(offset) - uncertainty > SKEW_MAX)
      say(`has a clock ${(offset / 1e6).toFixed(1)} s ${offset > 0 ? 'ahead of' : 'behind'} ours`);
    return troubles;
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    await this.opening;
    await this.looking;
    await this.feed?.stop();
  }

  /** Asks as often as it takes: a venue that does not answer now will later. */
  private async open(): Promise<void> {
    const policy = retry(handleAll, {
      maxAttempts: Number.POSITIVE_INFINITY,
      backoff: new ExponentialBackoff({
        generator: decorrelatedJitterGenerator,
        initialDelay: 500,
        maxDelay: 60_000,
      }),
    });
    policy.onFailure(({ reason }) => {
      this.waitsFor = 'error' in reason ? messageOf(reason.error) : 'no answer';
      this.options.logger.warn(
        { feed: this.config.venue },
        `the venue does not say what it lists: ${this.waitsFor}`,
      );
    });
    const followed = await policy.execute(({ signal }) => this.listed(signal), this.stopped.signal);
    if (this.stopped.signal.aborted) return;
    this.unknown = followed.unknown;
    this.waitsFor = 'nothing that it is asked for is listed';
    this.lookAgain();
    if (followed.symbols.length > 0) await this.connect(followed);
  }

  private listed(signal: AbortSignal): Promise<Followed> {
    const { api, config } = this;
    const { folder, clock } = this.options;
    const { symbols: words, instruments: named, requests } = config;
    return followInstruments({ api, words, named, requests, folder, clock, signal });
  }

  private async connect(followed: Followed): Promise<void> {
    const { api, config } = this;
    const { folder, clock, logger } = this.options;
    const { stream, requests } = config;
    this.feed = await LiveFeed.open({ api, followed, backend: folder.backend, clock, stream, requests });
    this.feed.failed.catch(this.fail);
    logger.info({ feed: config.venue, symbols: followed.symbols.length }, 'feed opened');
  }

  /** Venues list and end instruments, options every day: what is listed is asked for again and again. */
  private lookAgain(): void {
    const { clock, logger } = this.options;
    const cancel = clock.after(LIST_AGAIN, () => {
      this.looking = this.lookOnce()
        .catch((error) => {
          if (!this.stopped.signal.aborted)
            logger.warn(
              { feed: this.config.venue },
              `what is listed was not told: ${messageOf(error as Error)}`,
            );
        })
        .then(() => {
          if (!this.stopped.signal.aborted) this.lookAgain();
        });
    });
    this.stopped.signal.addEventListener('abort', cancel, { once: true });
  }

  private async lookOnce(): Promise<void> {
    const followed = await this.listed(this.stopped.signal);
    if (this.stopped.signal.aborted) return;
    this.unknown = followed.unknown;
    if (!this.feed && followed.symbols.length > 0) await this.connect(followed);
    const fresh = this.feed?.follow(followed) ?? [];
    if (fresh.length > 0)
      this.options.logger.info({ feed: this.config.venue, symbols: fresh.slice(0, 20) }, 'newly listed');
  }
}

function messageOf(error: Error): string {
  const { cause } = error as { cause?: unknown };
  return cause instanceof Error ? `${error.message}: ${cause.message}` : error.message;
}

function apiNamed(name: string): VenueApi {
  const api = venueApiOf(name);
  if (api) return api;
  const known = venueApis.map((one) => one.name).join(', ');
  throw new CommandError(`there is no feed "${name}". There are ${known}.`, ExitCode.Usage);
}
