/** Answers and reports as lines for people; `--json` writes the answers themselves, one a line. */
import { type AnsweredRow, isFailed, type PricedRow } from '../../pricing/request';
import { type ModelReport, passed } from '../../pricing/validation/model-plugin';
import { type Output, paint } from '../terminal/output';

const figure = (value: number): string => (value === 0 ? '0' : value.toPrecision(8).replace(/\.?0+$/, ''));

function priced(row: PricedRow, explain: boolean, output: Output): readonly string[] {
  const error = row.error === undefined ? '' : ` ± ${row.error.toPrecision(2)}`;
  const head = `${paint(output, 'bold', row.id)}  ${row.product} under ${row.model}: ${figure(row.value)}${error}`;
  const greeks = Object.entries(row.greeks).map(
    ([name, { value, convention }]) => `  ${name} ${figure(value)}  (${convention})`,
  );
  const steps = row.explain.map(({ name, value, source }) => {
    const shown = typeof value === 'number' ? figure(value) : value;
    return `  · ${name}: ${shown}${source === undefined ? '' : `  [${source}]`}`;
  });
  return [head, ...greeks, ...(explain ? steps : [])];
}

/** Lines of one answer; a failed row has one line for each fault, with row and field. */
export function answerLines(row: AnsweredRow, explain: boolean, output: Output): readonly string[] {
  if (!isFailed(row)) return priced(row, explain, output);
  return row.failures.map(({ field, reason, message }) => {
    const where = field === '' ? '' : `, field ${field}`;
    return paint(output, 'red', `row ${row.row} (${row.id})${where}: ${message} [${reason}]`);
  });
}

/** The validation report, a line a check. */
export function reportLines(reports: readonly ModelReport[], output: Output): readonly string[] {
  return reports.flatMap((report) => [
    paint(output, 'bold', `${report.model}: ${report.passed ? 'passed' : 'FAILED'}`),
    ...report.checks.map((check) => {
      const verdict = passed(check) ? paint(output, 'green', 'ok') : paint(output, 'red', 'FAILED');
      const found = `${check.found.toPrecision(2)} of ${check.allowed.toPrecision(2)} allowed`;
      return `  ${verdict}  ${check.kind}  ${check.name}: ${found}, ${check.cases} cases  [${check.source}]`;
    }),
  ]);
}
