/** Every page, in the order of its key: `1` the first. A page that is added is listed here. */
import { accountsPage } from './accounts-page';
import { cashPage } from './cash-page';
import { greeksPage } from './greeks-page';
import { limitsPage } from './limits-page';
import { marksPage } from './marks-page';
import { operationsPage } from './operations-page';
import type { AnyPage } from './page';
import { positionsPage } from './positions-page';
import { refusedPage } from './refused-page';

export const pages: readonly AnyPage[] = [
  positionsPage,
  accountsPage,
  marksPage,
  refusedPage,
  operationsPage,
  limitsPage,
  cashPage,
  greeksPage,
];
