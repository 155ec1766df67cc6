/**
 * The commit thread: takes all that waits, commits it as one group, tells every thread what became durable, answers.
 * While a flush runs, the next group gathers. A transaction that fails for want of room is run again with the same
 * bytes; its requests wait meanwhile, and the health of the store says why.
 */
import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { type Failpoint, noFailpoints } from '../../runtime/ports/failpoint';
import { Committer, Unwitnessed } from './committer';
import { asDamage, isDamage } from './lmdb-errors';
import type { QuotaState } from './operations';
import { OwnedStore, TakenOverError } from './owned-store';
import type { Answer, Control, Reply, Request, StoreHealth, ThreadSettings } from './protocol';
import { reasonOf } from './store';

/** Requests in one transaction at most: what waits longer than that waits for the next flush. */
const GROUP_MAX = 256;
const RETRY_MILLISECONDS = 50;
/** So many attempts, a minute of them, and what waits is refused: its tasks go on from what is durable. */
const ATTEMPTS_MAX = 1200;

export type CommitterClass = new (
  store: OwnedStore,
  failpoint: Failpoint,
  quota: () => QuotaState,
) => Committer;

interface Waiting {
  readonly from: MessagePort;
  readonly request: Request;
}

/** Runs the commit thread of this worker. A crash test passes its own failpoint, or a committer that does wrong. */
export function runCommitThread(
  options: { readonly failpoint?: Failpoint; readonly committer?: CommitterClass } = {},
): void {
  const settings = workerData as ThreadSettings;
  const port = parentPort;
  if (!port) throw new Error('the commit thread runs in a worker only.');
  try {
    const loop = new CommitLoop(new OwnedStore(settings.dir, settings.mapBytes), settings, options);
    loop.listen(port as unknown as MessagePort);
    send(port as unknown as MessagePort, { kind: 'ready', health: loop.health() });
  } catch (error) {
    const { name, message } = error as Error;
    send(port as unknown as MessagePort, { kind: 'failed', failure: { name, message } });
    process.exitCode = 1;
    port.close();
  }
}

const send = (port: MessagePort, reply: Reply): void => port.postMessage(reply);

class CommitLoop {
  private readonly ports: MessagePort[] = [];
  private readonly waiting: Waiting[] = [];
  private readonly committer: Committer;
  private readonly closing: MessagePort[] = [];
  private troubles: readonly string[] = [];
  private retry: NodeJS.Timeout | undefined;
  private attempts = 0;
  private closed = false;

  constructor(
    private readonly store: OwnedStore,
    private readonly settings: ThreadSettings,
    options: { readonly failpoint?: Failpoint; readonly committer?: CommitterClass },
  ) {
    const CommitterOf = options.committer ?? Committer;
    this.committer = new CommitterOf(store, options.failpoint ?? noFailpoints, () => this.quota());
  }

  listen(port: MessagePort): void {
    this.ports.push(port);
    port.on('message', (message: Request | Control) => {
      this.take(port, message);
      this.work();
    });
    port.on('close', () => {
      const at = this.ports.indexOf(port);
      if (at >= 0) this.ports.splice(at, 1);
    });
  }

  private take(from: MessagePort, message: Request | Control): void {
    if ('connect' in message) {
      this.listen(message.connect);
      send(message.connect, { kind: 'joined' });
    } else if ('close' in message) this.closing.push(from);
    else this.waiting.push({ from, request: message });
  }

  /** Takes what else has come, then commits until nothing waits. */
  private work(): void {
    if (this.retry || this.closed) return;
    try {
      this.workOff();
    } catch (error) {
      this.die(error as Error);
    }
  }

  /** Tells everyone why, and ends: nothing is run twice, and what is durable is found at the next opening. */
  private die(error: Error): void {
    this.closed = true;
    const { name, message } = asDamage(error);
    for (const port of this.ports) send(port, { kind: 'lost', failure: { name, message } });
    setImmediate(() => process.exit(1));
  }

  private workOff(): void {
    for (;;) {
      for (const port of [...this.ports]) {
        for (let more = receiveMessageOnPort(port); more; more = receiveMessageOnPort(port))
          this.take(port, more.message as Request | Control);
      }
      if (this.waiting.length === 0) break;
      const group = this.waiting.slice(0, GROUP_MAX);
      if (!this.commit(group)) return;
      this.attempts = 0;
      this.waiting.splice(0, group.length);
    }
    for (const port of this.closing.splice(0)) this.close(port);
    if (!this.closed && this.committer.idle()) setImmediate(() => this.work());
  }

  private commit(group: readonly Waiting[]): boolean {
    try {
      const { answers, ends } = this.committer.group(group.map(({ request }) => request));
      this.troubles = [];
      this.tell(group, answers, ends);
      return true;
    } catch (error) {
      // The thread dies of it: everyone who waits hears so, and nothing is run twice.
      if (error instanceof Unwitnessed || error instanceof TakenOverError || isDamage(error)) throw error;
      return this.fail(group, error as Error);
    }
  }

  /** Waits and tries again; answers true when the group is given up. */
  private fail(group: readonly Waiting[], error: Error): boolean {
    const { dir } = this.settings;
    const message = `the store could not be written: ${reasonOf(error)}. Make room on the disk that holds ${dir}.`;
    this.troubles = [message];
    this.attempts += 1;
    const isOver = this.attempts >= ATTEMPTS_MAX || this.closing.length > 0;
    if (isOver) {
      const failure = { name: 'BackendError', message };
      this.committer.giveUp(group.map(({ request }) => request));
      this.tell(
        group,
        group.map(({ request }) => ({ id: request.id, failure })),
        [],
      );
      return true;
    }
    for (const port of this.ports) send(port, { kind: 'health', health: this.health() });
    this.retry = setTimeout(() => {
      this.retry = undefined;
      this.work();
    }, RETRY_MILLISECONDS);
    return false;
  }

  private tell(
    group: readonly Waiting[],
    answers: readonly Answer[],
    ends: Extract<Reply, { kind: 'durable' }>['ends'],
  ): void {
    const health = this.health();
    const names = group.flatMap(({ request: { operation } }, index) =>
      operation.kind === 'names' && !answers[index]!.failure ? operation.entries : [],
    );
    for (const port of this.ports) {
      const mine = answers.filter((_, index) => group[index]!.from === port);
      if (mine.length > 0 || ends.length > 0)
        send(port, { kind: 'durable', ends, names, answers: mine, health });
    }
  }

  private quota(): QuotaState {
    const usedBytes = this.store.census.stored;
    const { quotaBytes } = this.settings;
    return { full: usedBytes >= quotaBytes, usedBytes, quotaBytes };
  }

  health(): StoreHealth {
    const { usedBytes, quotaBytes } = this.quota();
    return { usedBytes, quotaBytes, troubles: [...this.troubles, ...this.committer.troubles()] };
  }

  /** The first to have come is the owner's: with it all ends. Another thread only leaves. */
  private close(asked: MessagePort): void {
    if (asked !== this.ports[0]) {
      send(asked, { kind: 'closed' });
      asked.close();
      return;
    }
    this.closed = true;
    void this.store.close().then(() => {
      for (const port of this.ports) send(port, { kind: 'closed' });
      for (const port of [...this.ports]) port.close();
    });
  }
}
