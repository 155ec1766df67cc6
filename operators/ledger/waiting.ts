/**
 * Busts and corrections that came before what they refer to, by that and in order of arrival. Derived from the table of
 * executions, where they are kept with the state Waiting.
 */
import { type Execution, ExecutionState } from '../../schemas/tables';
import type { Executions } from './executions';
import { type Identified, identityText, referred } from './identity';

export class Waiting {
  private readonly all = new Map<number, Execution>();
  private readonly byTarget = new Map<string, Execution[]>();
  /** Those of whom nobody has been told, by their places in the order of arrival. */
  private readonly untold = new Set<number>();

  /** `isTold` says of what had waited before a restore whether somebody was told. */
  constructor(executions: Executions, isTold: (message: Execution) => boolean) {
    for (const slot of executions.inOrderOfArrival())
      if (executions.state[slot] === ExecutionState.Waiting) this.add(executions.row(slot));
    for (const message of this.all.values()) if (isTold(message)) this.untold.delete(message.sequence);
  }

  get count(): number {
    return this.all.size;
  }

  /** When the first of them came, micros. */
  get oldestArrival(): number | undefined {
    const [oldest] = this.all.values();
    return oldest?.arrived;
  }

  /** When the first came of whom nobody has been told, micros. */
  get oldestUntold(): number | undefined {
    const [oldest] = this.untold;
    return oldest === undefined ? undefined : this.all.get(oldest)!.arrived;
  }

  /** A message that waits again keeps its place. */
  add(message: Execution): void {
    if (!this.all.has(message.sequence)) this.untold.add(message.sequence);
    this.all.set(message.sequence, message);
    const target = targetKey(message);
    const others = this.byTarget.get(target);
    if (others) others.push(message);
    else this.byTarget.set(target, [message]);
  }

  /** Those that refer to this message itself. They are tried again, and are `done` or wait again. */
  takeFor(message: Identified): readonly Execution[] {
    const key = identityText(message);
    const waiting = this.byTarget.get(key) ?? [];
    this.byTarget.delete(key);
    return waiting;
  }

  done({ sequence }: Execution): void {
    this.all.delete(sequence);
    this.untold.delete(sequence);
  }

  /** Those that came at or before `time`, each once: they go on waiting. */
  takeImpatient(time: number): readonly Execution[] {
    const impatient: Execution[] = [];
    for (const sequence of this.untold) {
      const message = this.all.get(sequence)!;
      if (message.arrived > time) break;
      this.untold.delete(sequence);
      impatient.push(message);
    }
    return impatient;
  }

  /** Takes those that came at or before `time`. */
  takeUntil(time: number): readonly Execution[] {
    const taken = [...this.all.values()].filter(({ arrived }) => arrived <= time);
    for (const message of taken) this.take(message);
    return taken;
  }

  /** Takes one that waits. */
  take(message: Execution): void {
    this.done(message);
    const target = targetKey(message);
    const left = this.byTarget.get(target)!.filter(({ sequence }) => sequence !== message.sequence);
    if (left.length === 0) this.byTarget.delete(target);
    else this.byTarget.set(target, left);
  }
}

export const inOrderOfArrival = (messages: readonly Execution[]): Execution[] =>
  [...messages].sort((a, b) => a.sequence - b.sequence);

const targetKey = (message: Execution): string => identityText(referred(message));
