import { judgeSets } from '../support/judge-sets';
import { path2025 } from '../support/market-2025';
import { curveSetCases } from './sets';

describe('published sets of curves', () => {
  judgeSets(curveSetCases.filter(({ path }) => path !== path2025));
});
