/** A few child processes that read damaged stores; one that dies or hangs is replaced, and its case is a death. */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { Reading } from './damage-child';

const PATIENCE_MILLISECONDS = 10_000;

class Reader {
  private child: ChildProcess | undefined;

  read(dir: string): Promise<Reading | 'death'> {
    const child = this.child ?? fork(join(__dirname, 'damage-child.js'), { stdio: 'ignore' });
    this.child = child;
    return new Promise((resolve) => {
      const settle = (outcome: Reading | 'death'): void => {
        clearTimeout(patience);
        child.off('message', answered).off('exit', died);
        resolve(outcome);
      };
      const answered = (answer: unknown): void => settle(answer as Reading);
      const died = (): void => {
        this.child = undefined;
        settle('death');
      };
      const patience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MILLISECONDS);
      child.on('message', answered).on('exit', died);
      child.send(dir);
    });
  }

  close(): void {
    this.child?.removeAllListeners();
    this.child?.kill('SIGKILL');
  }
}

/** Runs every case on the first reader that is free. */
export async function readAll<Case>(
  cases: readonly Case[],
  folderOf: (one: Case) => string,
  settled: (one: Case, outcome: Reading | 'death') => void,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    const reader = new Reader();
    while (next < cases.length) {
      const one = cases[next]!;
      next += 1;
      settled(one, await reader.read(folderOf(one)));
    }
    reader.close();
  };
  await Promise.all([worker(), worker()]);
}
