/** The jobs of the application: every pipeline, fused to run in one graph. */
export const JOB_NAME = 'risk';
