/** What the command's exit code says; scripts rely on it. */
export const ExitCode = {
  Ok: 0,
  /** It did not work, and what was done before stays: also where a file holds what is refused. The message says why. */
  Failure: 1,
  /** The command line, the configuration, or a file that they name is wrong or missing; nothing was done. */
  Usage: 2,
  /** Stored data are not what was written: `check` found damage, or something ran into it. */
  Damaged: 3,
  /** Stopped by Ctrl-C before it was through (128 + SIGINT), as shells have it. */
  Interrupted: 130,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** An end of a command that is no bug: a message for a person, and a code for a script. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  constructor(
    message: string,
    readonly exitCode: ExitCode = ExitCode.Failure,
  ) {
    super(message);
  }
}
