/** Runs the command line as people do: another process, its output and its exit code. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

export const root = join(__dirname, '..', '..', '..');
const main = join(root, 'dist', 'app', 'main.js');

export interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
  /** Resolves when standard output has said this. */
  said(text: string | RegExp): Promise<void>;
}

export function startCommand(
  args: readonly string[],
  { cwd = root, env = {} }: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Running {
  const child = spawn(process.execPath, [main, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  const looking = new Set<() => void>();
  child.stdout.on('data', (text: Buffer) => {
    stdout += text;
    for (const look of looking) look();
  });
  child.stderr.on('data', (text: Buffer) => {
    stderr += text;
  });
  const finished = new Promise<Finished>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  const said = (text: string | RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (typeof text === 'string' ? !stdout.includes(text) : !text.test(stdout)) return;
        looking.delete(look);
        resolve();
      };
      looking.add(look);
      void finished.then(() => reject(new Error(`ended without saying ${text}: ${stdout}${stderr}`)));
      look();
    });
  return { child, finished, said };
}

export const runCommand = (
  args: readonly string[],
  options?: Parameters<typeof startCommand>[1],
): Promise<Finished> => startCommand(args, options).finished;
