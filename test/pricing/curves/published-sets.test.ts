import { judgeSets } from '../support/judge-sets.js';
import { path2025 } from '../support/market-2025.js';
import { curveSetCases } from './sets.js';

describe('published sets of curves', () => {
  judgeSets(curveSetCases.filter(({ path }) => path !== path2025));
});
