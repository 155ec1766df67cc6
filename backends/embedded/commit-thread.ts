/** The product's commit thread: the committer as it is, and no failpoints. */
import { runCommitThread } from './commit-loop';

runCommitThread();
