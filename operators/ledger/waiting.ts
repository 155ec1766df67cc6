/**
 * Busts and corrections that came before what they refer to, by that and in order of arrival. Derived from the table of
 * executions, where they are kept with the state Waiting.
 */
import { type Execution, ExecutionState } from '../../schemas/tables';
import type { Executions } from './executions';

export class Waiting {
  private readonly all = new Map<number, Execution>();
  private readonly byTarget = new Map<string, Execution[]>();

  constructor(executions: Executions) {
    for (const slot of executions.inOrderOfArrival())
      if (executions.state[slot] === ExecutionState.Waiting) this.add(executions.row(slot));
  }

  get count(): number {
    return this.all.size;
  }

  /** When the first of them came, micros. */
  get oldestArrival(): number | undefined {
    const [oldest] = this.all.values();
    return oldest?.arrived;
  }

  /** A message that waits again keeps its place. */
  add(message: Execution): void {
    this.all.set(message.sequence, message);
    const target = targetKey(message);
    const others = this.byTarget.get(target);
    if (others) others.push(message);
    else this.byTarget.set(target, [message]);
  }

  /** Those that refer to this message itself. They are tried again, and are `done` or wait again. */
  takeFor({ account, executionId }: Pick<Execution, 'account' | 'executionId'>): readonly Execution[] {
    const key = keyOf(account, executionId);
    const waiting = this.byTarget.get(key) ?? [];
    this.byTarget.delete(key);
    return waiting;
  }

  done({ sequence }: Execution): void {
    this.all.delete(sequence);
  }

  /** Takes those that came at or before `time`. */
  takeUntil(time: number): readonly Execution[] {
    const taken = [...this.all.values()].filter(({ arrived }) => arrived <= time);
    for (const message of taken) {
      this.done(message);
      const target = targetKey(message);
      const left = this.byTarget.get(target)!.filter((other) => other !== message);
      if (left.length === 0) this.byTarget.delete(target);
      else this.byTarget.set(target, left);
    }
    return taken;
  }
}

export const inOrderOfArrival = (messages: readonly Execution[]): Execution[] =>
  [...messages].sort((a, b) => a.sequence - b.sequence);

const keyOf = (account: number, executionId: string): string => `${account} ${executionId}`;
const targetKey = ({ account, refersTo }: Execution): string => keyOf(account, refersTo!);
