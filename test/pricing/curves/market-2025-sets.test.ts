import { judgeSets } from '../support/judge-sets.js';
import { path2025 } from '../support/market-2025.js';
import { curveSetCases } from './sets.js';

describe('everything quoted on 2025-02-10', () => {
  judgeSets(curveSetCases.filter(({ path }) => path === path2025));
});
