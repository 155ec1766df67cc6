/** Text that becomes part of a statement. */

const NAME = /^_?[a-z][A-Za-z0-9_]{0,63}$/;

/** A table's or column's name, refused unless it needs no quotes anywhere. */
export function sqlName(name: string): string {
  if (!NAME.test(name))
    throw new Error(`"${name}" is no name for a table or column. Use letters, digits and underscores.`);
  return name;
}

/** A string literal. */
export const sqlText = (text: string): string => `'${text.replace(/\\/g, '\\\\').replace(/'/g, "''")}'`;
