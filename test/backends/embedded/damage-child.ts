/**
 * Reads damaged stores in a process of its own, because LMDB may die of them. For each folder it is sent it answers
 * with what reading it came to.
 */
import { createHash } from 'node:crypto';
import { verify } from '../../../backends/embedded/verify';
import { dump } from './dump';

export interface Reading {
  /** Hash of all that could be read; none where reading threw. */
  readonly hash: string | undefined;
  readonly error: string | undefined;
  /** How many findings the check has; none where it threw. */
  readonly findings: number | undefined;
}

async function reading(dir: string): Promise<Reading> {
  const findings = await verify(dir).then(
    ({ damage }) => damage.length,
    () => undefined,
  );
  try {
    const hash = createHash('sha256')
      .update(await dump(dir))
      .digest('hex');
    return { hash, error: undefined, findings };
  } catch (error) {
    return { hash: undefined, error: `${(error as Error).name}: ${(error as Error).message}`, findings };
  }
}

process.on('message', (dir: string) => {
  void reading(dir).then((answer) => process.send?.(answer));
});
