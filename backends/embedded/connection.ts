/**
 * One thread's side of the conversation with the commit thread: requests out, answers and news of durable ends in.
 */
import type { MessagePort, Worker } from 'node:worker_threads';
import {
  BackendError,
  CorruptionError,
  FencedError,
  HeldError,
  LostError,
  OutOfOrderError,
  QuotaError,
} from '../../runtime/ports/backend';
import type { Clock } from '../../runtime/ports/clock';
import type { Control, Failure, Operation, Reply, Request, StoreHealth } from './protocol';

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

const failures = { BackendError, CorruptionError, FencedError, HeldError, OutOfOrderError, QuotaError };

/** An error as it was before it crossed from one thread to the other. */
export function errorOf({ name, message }: Failure): Error {
  const Known = failures[name as keyof typeof failures];
  return Known ? new Known(message) : new BackendError(message);
}

const GONE = 'the commit thread has ended. Restart the process: it goes on from what was durable.';

/** The last words of the commit thread: damage is named as such, everything else is a store that is gone. */
const lostBy = (failure: Failure): Error => {
  const error = errorOf(failure);
  return error instanceof CorruptionError
    ? error
    : new LostError(
        `the commit thread died: ${failure.message} Restart the process: it goes on from what was durable.`,
      );
};

export interface ConnectionOptions {
  readonly clock: Pick<Clock, 'now'>;
  readonly health: StoreHealth;
  readonly onNews: (news: News) => void;
  /** Called once, if the commit thread ends before it was asked to. */
  readonly onLost: (error: Error) => void;
}

/** What a thread hears of others' doings. */
export type News = Extract<Reply, { kind: 'durable' | 'joined' }>;

export const readOnlyError = (): BackendError =>
  new BackendError(
    'the data folder is open for reading only. Open it for writing, or ask the process that owns it.',
  );

export class Connection {
  health: StoreHealth;
  private readonly pending = new Map<number, Pending>();
  private nextId = 1;
  private gone: Error | undefined;
  private closing = false;
  private readonly closed: Promise<void>;
  private finish: () => void = () => undefined;

  constructor(
    private readonly port: Worker | MessagePort,
    private readonly options: ConnectionOptions,
  ) {
    this.health = options.health;
    this.closed = new Promise((resolve) => {
      this.finish = resolve;
    });
    port.on('message', (reply: Reply) => this.receive(reply));
    // Of a thread that joined: the commit thread ended, and its end of the channel with it.
    port.on('close', () => this.lose(new LostError(GONE)));
  }

  /** Resolves once the operation is durable; rejects with the refusal. */
  ask<T>(operation: Operation, transfer: readonly ArrayBuffer[] = []): Promise<T> {
    if (this.gone) return Promise.reject(this.gone);
    const id = this.nextId;
    this.nextId += 1;
    const request: Request = { id, now: this.options.clock.now(), operation };
    return new Promise<T>((resolve, reject) => {
      this.pending.set(id, { resolve: resolve as (value: unknown) => void, reject });
      this.port.postMessage(request, transfer);
    });
  }

  connect(port: MessagePort): void {
    this.port.postMessage({ connect: port } satisfies Control, [port]);
  }

  /** Whatever waits is finished first. A thread that joined leaves; the one that began ends the commit thread. */
  close(): Promise<void> {
    this.closing = true;
    if (!this.gone) this.port.postMessage({ close: true } satisfies Control);
    return this.closed;
  }

  /** The other side is no more: nothing that waits will be answered. */
  lose(error: Error): void {
    if (!this.gone && !this.closing) this.options.onLost(error);
    this.gone ??= error;
    for (const { reject } of this.pending.values()) reject(error);
    this.pending.clear();
    this.finish();
  }

  private receive(reply: Reply): void {
    if (reply.kind === 'lost') return this.lose(lostBy(reply.failure));
    if (reply.kind === 'closed') return this.lose(new BackendError('the backend is closed.'));
    if (reply.kind === 'health' || reply.kind === 'durable') this.health = reply.health;
    if (reply.kind === 'joined') this.options.onNews(reply);
    if (reply.kind !== 'durable') return;
    this.options.onNews(reply);
    for (const { id, value, failure } of reply.answers) {
      const pending = this.pending.get(id);
      this.pending.delete(id);
      if (failure) pending?.reject(errorOf(failure));
      else pending?.resolve(value);
    }
  }
}
