import { judgeSets } from '../support/judge-sets';
import { path2025 } from '../support/market-2025';
import { curveSetCases } from './sets';

describe('everything quoted on 2025-02-10', () => {
  judgeSets(curveSetCases.filter(({ path }) => path === path2025));
});
