/** A task that runs, in this thread or another, as whoever watches over it sees it. */
import type { TaskDriver } from './drive';

export type RunningTask = Pick<TaskDriver, 'id' | 'run' | 'stop' | 'nudge' | 'skip' | 'status' | 'progress'>;
