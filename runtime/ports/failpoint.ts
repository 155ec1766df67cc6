/**
 * Named instants at which a test may stop the world. The product passes `noFailpoints`; the crash tests pass one that
 * kills the process. Names are `part.instant`, for example `commit.before-transaction`.
 */
export type Failpoint = (name: string) => void;

export const noFailpoints: Failpoint = () => undefined;
