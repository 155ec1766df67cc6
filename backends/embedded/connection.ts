/**
 * One thread's side of the conversation with the commit thread: requests out, answers and news of durable ends in.
 */
import type { MessagePort, Worker } from 'node:worker_threads';
import { BackendError, CorruptionError, FencedError, QuotaError } from '../../runtime/backend';
import type { Clock } from '../../runtime/clock';
import type { Control, Failure, Operation, Reply, Request, StoreHealth } from './protocol';

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

const failures = { BackendError, CorruptionError, FencedError, QuotaError };

/** An error as it was before it crossed from one thread to the other. */
export function errorOf({ name, message }: Failure): Error {
  const Known = failures[name as keyof typeof failures];
  return Known ? new Known(message) : new BackendError(message);
}

/** What a thread hears of others' doings. */
export type News = Extract<Reply, { kind: 'durable' | 'joined' }>;

export const readOnlyError = (): BackendError =>
  new BackendError(
    'the data folder is open for reading only. Open it for writing, or ask the process that owns it.',
  );

export class Connection {
  private readonly pending = new Map<number, Pending>();
  private nextId = 1;
  private gone: Error | undefined;
  private readonly closed: Promise<void>;
  private finish: () => void = () => undefined;

  constructor(
    private readonly port: Worker | MessagePort,
    private readonly clock: Pick<Clock, 'now'>,
    private readonly onNews: (news: News) => void,
    public health: StoreHealth,
  ) {
    this.closed = new Promise((resolve) => {
      this.finish = resolve;
    });
    port.on('message', (reply: Reply) => this.receive(reply));
  }

  /** Resolves once the operation is durable; rejects with the refusal. */
  ask<T>(operation: Operation, transfer: readonly ArrayBuffer[] = []): Promise<T> {
    if (this.gone) return Promise.reject(this.gone);
    const id = this.nextId;
    this.nextId += 1;
    const request: Request = { id, now: this.clock.now(), operation };
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
    if (!this.gone) this.port.postMessage({ close: true } satisfies Control);
    return this.closed;
  }

  /** The other side is no more: nothing that waits will be answered. */
  lose(error: Error): void {
    this.gone ??= error;
    for (const { reject } of this.pending.values()) reject(error);
    this.pending.clear();
    this.finish();
  }

  private receive(reply: Reply): void {
    if (reply.kind === 'closed') return this.lose(new BackendError('the backend is closed.'));
    if (reply.kind === 'health' || reply.kind === 'durable') this.health = reply.health;
    if (reply.kind === 'joined') this.onNews(reply);
    if (reply.kind !== 'durable') return;
    this.onNews(reply);
    for (const { id, value, failure } of reply.answers) {
      const pending = this.pending.get(id);
      this.pending.delete(id);
      if (failure) pending?.reject(errorOf(failure));
      else pending?.resolve(value);
    }
  }
}
