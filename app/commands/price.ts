/** `breakwater price`: values, Greeks and explanations of products in a file, without a data folder or a running job. */
import { type Command, Option } from 'commander';
import { parseInstant } from '../../pricing/calendars/date';
import { standardRegistry } from '../../pricing/pricers';
import { type AnsweredRow, isFailed, priceRequest, ROWS_MAX } from '../../pricing/request';
import { greekUnitNames } from '../../pricing/request/greek-units';
import { standardModels } from '../../pricing/request/standard-models';
import { standardProducts } from '../../pricing/request/standard-products';

import { validateModels } from '../../pricing/validation/model-plugin';
import { standardModelPlugins } from '../../pricing/validation/standard-models';
import { CommandError, ExitCode } from '../exit-codes';
import { schemaLines } from '../price/list-schemas';
import { formatOf, type RequestFormat, readNamed, readRequest } from '../price/read-request';
import { answerLines, reportLines } from '../price/write-answers';
import { CSV_HEADER, csvLine, csvLines } from '../price/write-csv';
import { readStrictText } from '../strict-json';
import { type Output, outputTo } from '../terminal/output';

interface PriceOptions {
  readonly models?: string;
  readonly markets?: string;
  readonly valuation?: string;
  readonly snapshot?: string;
  readonly format?: RequestFormat;
  readonly greeks?: string;
  readonly explain?: boolean;
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly validate?: boolean;
  readonly schema?: boolean;
}

const EXAMPLES = `
Examples:
  breakwater price book.json                                   a request with models and products
  breakwater price book.csv --models models.json --valuation 2026-01-15T16:00:00Z
  cat book.ndjson | breakwater price - --format ndjson --models models.json --valuation 2026-01-15T16:00:00Z --json
  breakwater price book.json --csv > answers.csv               for a spreadsheet: a line a value and a line a Greek
  breakwater price --validate                                  every model against published values, parity, arbitrage
  breakwater price --schema                                    the fields of every product, model and instrument of a curve

Fields and files are described in docs/PRICING.md. Rows that cannot be priced are named on standard error with row and
field, the others are priced; the exit code is then 1.`;

export function addPriceCommand(program: Command): void {
  program
    .command('price')
    .description('price products in a file')
    .argument('[file]', 'JSON, NDJSON or CSV; - for standard input')
    .option('--models <file>', 'JSON object of models by name')
    .option('--markets <file>', 'JSON object of markets of curves by name')
    .option('--valuation <instant>', 'such as 2026-01-15T16:00:00Z; there is no default')
    .option('--snapshot <name>', 'names the market data in the answers', 'request')
    .addOption(
      new Option('--format <name>', 'of the file, when its name does not say').choices([
        'json',
        'ndjson',
        'csv',
      ]),
    )
    .option(
      '--greeks <units>',
      `units of Greeks: ${greekUnitNames.join(', ')}, or such as vega=per-point,theta=per-day-365`,
    )
    .option('--explain', 'show inputs, steps and sources of each value')
    .option('--validate', 'check every model instead of pricing')
    .option('--schema', 'list products, models, instruments of curves and their fields instead of pricing')
    .option('--json', 'one JSON object a line')
    .addOption(new Option('--csv', 'a line for each value and each Greek').conflicts(['json', 'explain']))
    .addHelpText('after', EXAMPLES)
    .action((file: string | undefined, options: PriceOptions) => {
      if (options.validate) validate(options);
      else if (options.schema) listSchemas(options.json ?? false);
      else price(file, options);
    });
}

const usage = (message: string): CommandError => new CommandError(message, ExitCode.Usage);

function textOf(file: string): string {
  try {
    return readStrictText(file === '-' ? 0 : file);
  } catch (error) {
    if (error instanceof SyntaxError) throw usage(`${file} ${error.message}. Save it as UTF-8.`);
    throw usage(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}). Check the path.`);
  }
}

/** Microseconds of an instant in UTC. */
function instant(text: string | undefined): number {
  if (text === undefined) {
    throw usage(
      'no valuation time. Say --valuation 2026-01-15T16:00:00Z, or write "valuation" in the request.',
    );
  }
  const micros = parseInstant(text);
  if (micros === undefined) throw usage(`valuation "${text}" is no instant. Write 2026-01-15T16:00:00Z.`);
  return micros;
}

/** `vega=per-point,rho=per-percent` as an object; a single word is a set by its name. */
const greekChoices = (text: string): unknown =>
  text.includes('=') ? Object.fromEntries(text.split(',').map((choice) => choice.split('=', 2))) : text;

const standard = { products: standardProducts, models: standardModels };

function answersOf(file: string | undefined, options: PriceOptions): readonly AnsweredRow[] {
  if (file === undefined) throw usage('name a file of products, or - for standard input.');
  if (file === '-' && !options.format) throw usage('standard input needs --format json, ndjson or csv.');
  const request = readRequest(textOf(file), { file, format: options.format ?? formatOf(file) });
  if (request.products.length > ROWS_MAX) {
    throw usage(`${file} has ${request.products.length} rows, the limit is ${ROWS_MAX}. Split the file.`);
  }
  const models = {
    ...request.models,
    ...(options.models !== undefined && readNamed(textOf(options.models), options.models, 'models')),
  };
  const markets = {
    ...request.markets,
    ...(options.markets !== undefined && readNamed(textOf(options.markets), options.markets, 'markets')),
  };
  const valuationTime = instant(options.valuation ?? request.valuation);
  const context = { valuationTime, snapshot: request.snapshot ?? options.snapshot ?? 'request' };
  const greeks = options.greeks === undefined ? request.greeks : greekChoices(options.greeks);
  return priceRequest(
    { context, models, markets, products: request.products, greeks },
    standard,
    standardRegistry,
  );
}

/** Lines of one answer on standard output; people read failures on standard error. */
function shownLines(answer: AnsweredRow, options: PriceOptions, output: Output): readonly string[] {
  const { explain = false } = options;
  if (options.csv) return csvLines(answer);
  if (!options.json) return isFailed(answer) ? [] : endedLines(answerLines(answer, explain, output));
  const shown = isFailed(answer) || explain ? answer : { ...answer, explain: undefined };
  return [`${JSON.stringify(shown)}\n`];
}

const endedLines = (lines: readonly string[]): readonly string[] => lines.map((line) => `${line}\n`);

function price(file: string | undefined, options: PriceOptions): void {
  const answers = answersOf(file, options);
  const [out, err] = [outputTo(process.stdout), outputTo(process.stderr)];
  if (options.csv) out.write(csvLine(CSV_HEADER));
  for (const answer of answers) {
    for (const line of shownLines(answer, options, out)) out.write(line);
    if (isFailed(answer)) for (const line of endedLines(answerLines(answer, false, err))) err.write(line);
  }
  const failed = answers.filter(isFailed).length;
  if (failed > 0) throw new CommandError(`${failed} of ${answers.length} rows could not be priced.`);
}

function validate({ json = false }: PriceOptions): void {
  const reports = validateModels(standardModelPlugins);
  const output = outputTo(process.stdout);
  const lines = json ? reports.map((report) => JSON.stringify(report)) : reportLines(reports, output);
  for (const line of lines) output.write(`${line}\n`);
  const failed = reports.filter((report) => !report.passed).map(({ model }) => model);
  if (failed.length > 0) throw new CommandError(`models that failed their checks: ${failed.join(', ')}.`);
}

function listSchemas(json: boolean): void {
  const output = outputTo(process.stdout);
  for (const line of schemaLines(json)) output.write(`${line}\n`);
}
