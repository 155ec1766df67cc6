import { toyScenario } from './toy-scenario';

export const scenarios = { toy: toyScenario } as const;
