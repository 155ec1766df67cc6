/** A change of reference data as people are told it. */
import type { Change } from './changes';
import { told } from './check-versions';
import { type ReferenceRow, validFrom } from './reference-row';

export function changeLine({ row, before, fields }: Change): string {
  if (!before) return `+ ${titleOf(row)}`;
  const changed = fields.map((field) => `${field} ${shown(before, field)} → ${shown(row, field)}`);
  return `~ ${titleOf(row)}: ${changed.join(', ')}`;
}

const shown = ({ shown }: ReferenceRow, field: string): string => {
  const value = shown[field];
  return value === null || value === '' ? '(none)' : String(value);
};

export function titleOf(row: ReferenceRow): string {
  const { of, shown } = row;
  const name = of.topic.key
    .filter((field) => field !== 'validFrom')
    .map((field) => String(shown[field]))
    .join(' ');
  const from = validFrom(row) === 0 ? '' : ` from ${told(validFrom(row))}`;
  return `${of.noun} ${name}${from}`;
}
