/** What a folder's tasks lack or still hold because the program has changed, in sentences for people. */

import { filledIn } from '../runtime/evolution/evolve';
import { jobsGone } from '../runtime/evolution/retire';
import type { Backend } from '../runtime/ports/backend';
import { jobsOf, layoutIn } from './layout';

export const goneJob = (name: string): string =>
  `job "${name}" has left its state here and is not in this program: it holds back what it has not read. If it is gone for good, say "breakwater retire ${name}"`;

export function evolutionNotes(backend: Pick<Backend, 'tasks' | 'log'>): string[] {
  return [
    ...jobsGone(backend, jobsOf(layoutIn(backend.log))).map(goneJob),
    ...backend
      .tasks()
      .flatMap(({ task, phase }) =>
        filledIn(phase).map((note) => `task ${task.job}/${task.partition}: ${note}`),
      ),
  ];
}
