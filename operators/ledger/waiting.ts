/**
 * Busts and corrections that came before what they refer to, by that and in order of arrival. Derived from the table of
 * executions, where they are kept with the state Waiting.
 */
import { type Execution, ExecutionState, executionKey } from '../../schemas/tables';

export class Waiting {
  private readonly all = new Map<string, Execution>();
  private readonly byTarget = new Map<string, Execution[]>();
  /** Places in order of arrival. */
  private readonly places = new Map<string, number>();
  private nextPlace = 0;

  constructor(executions: Iterable<Execution>) {
    for (const execution of executions) if (execution.state === ExecutionState.Waiting) this.add(execution);
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
    const key = executionKey(message);
    this.all.set(key, message);
    if (!this.places.has(key)) {
      this.places.set(key, this.nextPlace);
      this.nextPlace += 1;
    }
    const target = targetKey(message);
    const others = this.byTarget.get(target);
    if (others) others.push(message);
    else this.byTarget.set(target, [message]);
  }

  /** Those that refer to this message itself. They are tried again, and are `done` or wait again. */
  takeFor(message: Execution): readonly Execution[] {
    const key = executionKey(message);
    const waiting = this.byTarget.get(key) ?? [];
    this.byTarget.delete(key);
    return waiting;
  }

  done(message: Execution): void {
    const key = executionKey(message);
    this.all.delete(key);
    this.places.delete(key);
  }

  inOrderOfArrival(messages: readonly Execution[]): Execution[] {
    const placeOf = (message: Execution): number => this.places.get(executionKey(message))!;
    return [...messages].sort((a, b) => placeOf(a) - placeOf(b));
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

const targetKey = ({ account, refersTo }: Execution): string =>
  executionKey({ account, executionId: refersTo! });
