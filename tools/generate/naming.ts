/** How names in schemas become names of values and files. */
import type { RecordModel } from './model';

export const camel = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

export const kebab = (name: string): string => name.replace(/(?<=[a-z0-9])[A-Z]/g, '-$&').toLowerCase();

export const isTable = ({ form }: RecordModel): boolean => form === 'table-rows' || form === 'table-numbered';

/** Where a record's code goes, relative to `schemas/generated/`, without the extension. */
export const moduleOf = (record: RecordModel): string =>
  `${isTable(record) ? 'tables' : record.domain}/${kebab(record.name)}`;

/** The name by which a record's history goes. */
export const historyOf = (record: RecordModel): string =>
  `${isTable(record) ? 'tables' : record.domain}.${record.name}`;

export const codecOf = ({ name }: RecordModel): string => `${camel(name)}Codec`;
export const columnsOf = ({ name }: RecordModel): string => `${name}Columns`;
