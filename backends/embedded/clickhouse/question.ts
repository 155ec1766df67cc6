/**
 * What a question may be: one SELECT over the tables of one database. It is held against a list of what is allowed, and
 * not of what is forbidden: the engine grows new ways out with every version, and its own `readonly` leaves many open
 * (`file`, `url`, `INTO OUTFILE`, `KILL`, `USE`).
 *
 * The engine itself takes the text apart. `formatQuerySingleLine` refuses a second statement and answers the one there
 * is without comments, and that text, not the one that came, is what is looked at and run. `EXPLAIN AST` in a subquery
 * takes nothing but a SELECT without output options, runs nothing and opens nothing, and tells every node on a line of
 * its own: each must be of a kind that is known, call a function that is known (`allowed-functions.ts`), or name a table
 * of the database. A line that a name with a line break forges can only be refused, never hide another.
 *
 * That tree says nothing of what stands in `OVER (…)` and in `APPLY(…)`. `EXPLAIN QUERY TREE` without its passes, which
 * looks nothing up either, does: every function and every name in it is held against the same lists.
 */
import { DatabaseError } from '../../../runtime/ports/database';

/** The engine, as far as it is needed to look at a question: answers lines of text. */
export type AskEngine = (sql: string) => Promise<string>;

export interface QuestionRules {
  /** The database whose tables may be read. It is also the session's own. */
  readonly database: string;
  /** All there are. */
  readonly databases: readonly string[];
  readonly isAllowedFunction: (name: string) => boolean;
}

export interface Question {
  readonly sql: string;
  /** That the question names itself. */
  readonly format: string | undefined;
}

const BYTES_MAX = 128 * 1024;
const FORMAT_CLAUSE = / FORMAT ([A-Za-z0-9_]+)$/;

const text = (value: string): string => `'${value.replace(/\\/g, '\\\\').replace(/'/g, "''")}'`;

/** Throws a DatabaseError that says what is not allowed. */
export async function questionOf(ask: AskEngine, sql: string, rules: QuestionRules): Promise<Question> {
  if (Buffer.byteLength(sql) > BYTES_MAX)
    throw new DatabaseError(`a question is at most ${BYTES_MAX} bytes long.`);
  const canonical = (await ask(`SELECT formatQuerySingleLine(${text(sql)})`)).replace(/\n$/, '');
  const format = FORMAT_CLAUSE.exec(canonical)?.[1];
  const select = canonical.replace(FORMAT_CLAUSE, '');
  // The two that are no SELECT and tell nothing but what columns and tables there are.
  const shown = showing(select, rules);
  if (shown !== undefined) return { sql: shown, format };
  if (!/^(SELECT|WITH|\(|FROM)/i.test(select)) throw refused(`${firstWord(select)} is no question`);
  const tree = await ask(`SELECT * FROM (EXPLAIN AST ${select})`).catch((error: Error) => {
    throw /output options|only SELECT/.test(error.message) ? refused(error.message) : error;
  });
  for (const line of tree.split('\n')) if (line !== '') checkNode(line, rules);
  const whole = await ask(`SELECT * FROM (EXPLAIN QUERY TREE run_passes = 0 ${select})`);
  for (const line of whole.split('\n')) checkBranch(line, rules);
  return { sql: select, format };
}

function showing(select: string, { database }: QuestionRules): string | undefined {
  const described = /^DESCRIBE TABLE (?:([a-z_]+)\.)?([a-z_][A-Za-z0-9_]*)$/.exec(select);
  if (described && (described[1] ?? database) === database) return select;
  return /^SHOW TABLES$/.test(select) ? select : undefined;
}

const KINDS: ReadonlySet<string> = new Set([
  'ArrayJoin',
  'Asterisk',
  'ColumnsApplyTransformer',
  'ColumnsExceptTransformer',
  'ColumnsListMatcher',
  'ColumnsRegexpMatcher',
  'ColumnsReplaceTransformer',
  'ColumnsReplaceTransformer::Replacement',
  'ColumnsTransformerList',
  'ExpressionList',
  'InterpolateElement',
  'Literal',
  'OrderByElement',
  'QualifiedAsterisk',
  'QualifiedColumnsListMatcher',
  'QualifiedColumnsRegexpMatcher',
  'SampleRatio',
  'SelectIntersectExceptQuery',
  'SelectQuery',
  'SelectWithUnionQuery',
  'Subquery',
  'TableExpression',
  'TableJoin',
  'TablesInSelectQuery',
  'TablesInSelectQueryElement',
  'WindowDefinition',
  'WindowListElement',
  'WithElement',
]);

function checkNode(line: string, rules: QuestionRules): void {
  const [kind = '', named = ''] = line.trimStart().split(' ');
  if (kind === 'Function') return checkCall(named, rules);
  if (kind === 'TableIdentifier' || kind === 'Identifier') return checkTable(kind, named, rules);
  if (kind === 'Set') throw refused('settings cannot be changed');
  if (!KINDS.has(kind)) throw refused(`"${line.trim().slice(0, 80)}" may not stand in a question`);
}

const CALL = /\b(?:table_)?function_name: ([^,]*)/;
const NAME = /\bIDENTIFIER id: \d+.*, identifier: (.*)/;

function checkBranch(line: string, rules: QuestionRules): void {
  const called = CALL.exec(line)?.[1];
  if (called !== undefined) checkCall(called, rules);
  const named = NAME.exec(line)?.[1];
  if (named !== undefined) checkTable('Identifier', named, rules);
}

function checkCall(name: string, { isAllowedFunction }: QuestionRules): void {
  if (!isAllowedFunction(name)) throw refused(`the function "${name}" may not be called here`);
}

/** A name without a database is of this one. A column may be "alias.column", but not with a database for an alias. */
function checkTable(kind: string, name: string, { database, databases }: QuestionRules): void {
  const at = name.indexOf('.');
  const first = at < 0 ? database : name.slice(0, at);
  if (first === database || name === 'system.one') return;
  if (kind === 'Identifier' && !databases.includes(first)) return;
  throw refused(`"${name}" is no table of ${database}`);
}

const firstWord = (sql: string): string => /^\S*/.exec(sql)![0].slice(0, 40);

const refused = (what: string): DatabaseError =>
  new DatabaseError(
    `refused: ${what.replace(/[.\s]+$/, '')}. A question is one SELECT over the tables of docs/TABLES.md; it reads nothing else and changes nothing.`,
  );
