/** CPU seconds of this process's main thread, where the system tells (Linux); undefined elsewhere. */
import { readFileSync } from 'node:fs';

/** Clock ticks a second of /proc: fixed at 100 on Linux for user space. */
const TICKS_PER_SECOND = 100;

export function mainThreadCpuSeconds(): number | undefined {
  try {
    // Behind the command's name, in parentheses: state is field 3, user and system time are 14 and 15.
    const fields = readFileSync(`/proc/self/task/${process.pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  } catch {
    return undefined;
  }
}
