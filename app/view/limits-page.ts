/** Limits by how much of them is used, and what their excursions were lately. */
import { amount, count } from '../amounts';
import { type LimitLine, limitLines } from '../limit-lines';
import type { GridCell } from '../terminal/grid';
import { countCell, trusted } from './cells';
import { ageOf, page } from './page';

const BAR = 10;

/** A tenth a stroke; beyond the level it says so. */
export function usedBar(utilisation: number): string {
  if (Number.isNaN(utilisation)) return '';
  const full = Math.min(Math.floor(utilisation * BAR), BAR);
  return `${'#'.repeat(full)}${'.'.repeat(BAR - full)}${utilisation > 1 ? '!' : ''}`;
}

const COLORS: Readonly<Record<string, GridCell['color']>> = {
  Breached: 'red',
  Warned: 'yellow',
  Unknown: 'yellow',
  Invalid: 'red',
};

const level = (value: number): string => (Number.isNaN(value) ? '' : amount(value, 0));

export const limitsPage = page<LimitLine>({
  name: 'limits',
  says: 'limits, the most used first, and the excursions beyond them',
  staying: 1,
  isOrdered: true,
  items: ({ followed }) => limitLines(followed),
  columns: [
    { title: 'LIMIT', says: 'its name', cell: ({ limit }) => limit },
    {
      title: 'STATE',
      says: 'how it stands; unknown where a part has no price',
      cell: ({ state }) => ({ text: state, color: COLORS[state] }),
    },
    {
      title: 'USED',
      align: 'right',
      says: 'reading as a part of the breach level',
      cell: ({ utilisation }) => (Number.isNaN(utilisation) ? '' : `${amount(100 * utilisation, 0)} %`),
      by: ({ utilisation }) => utilisation,
    },
    { title: 'BAR', says: 'the same, a stroke a tenth', cell: ({ utilisation }) => usedBar(utilisation) },
    {
      title: 'READING',
      align: 'number',
      says: 'in the base currency; unknown where a part has no price',
      cell: ({ value, state }) => (state === 'Unknown' ? trusted('', 'unknown') : { text: level(value) }),
      by: ({ value }) => value,
    },
    {
      title: 'KNOWN',
      align: 'number',
      says: 'the same, of what is known of it',
      cell: ({ known }) => level(known),
      by: ({ known }) => known,
    },
    {
      title: 'WARNS AT',
      align: 'number',
      says: 'from where on it warns',
      cell: ({ warning }) => level(warning),
      by: ({ warning }) => warning,
    },
    {
      title: 'BREACH AT',
      align: 'number',
      says: 'from where on it is breached',
      cell: ({ breach }) => level(breach),
      by: ({ breach }) => breach,
    },
    { title: 'SCOPE', says: 'the firm or the account that it is on', cell: ({ scope }) => scope },
    { title: 'OF', says: 'what is limited', cell: ({ measure }) => measure },
    {
      title: 'OPEN',
      align: 'right',
      says: 'seconds since its excursion began',
      cell: ({ since }, world) => (since === 0 ? '' : `${amount(ageOf(since, world), 0)} s`),
      by: ({ since }, world) => ageOf(since, world),
    },
    {
      title: 'BREACHED',
      align: 'right',
      says: 'times, of the excursions remembered',
      cell: ({ breached }) => count(breached),
      by: ({ breached }) => breached,
    },
    { title: 'BY', says: 'cause of the latest phase', cell: ({ lastCause }) => lastCause },
    {
      title: 'UNPRICED',
      align: 'right',
      says: 'positions of the scope whose exposure is unknown',
      cell: ({ unpriced }) => countCell(unpriced),
      by: ({ unpriced }) => unpriced,
    },
  ],
});
