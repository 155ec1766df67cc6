/** Models of a request that are fitted to quotes: the fit is told with the answer, and a fit that failed is a fault. */
import type { CalibrationError, ModelCalibration } from '../calibration/model-calibration';
import type { ExplainStep, Result } from '../contract';
import type { RowReader } from './fields';

export const fitFields = {
  fitErrorMax:
    'largest error of a quote that is accepted, in volatility (when absent, any whose mean is below a fifth of the quotes)',
};

const steps = (error: CalibrationError, parameters: object): readonly ExplainStep[] => [
  ...Object.entries(parameters).map(([name, value]: [string, number]) => ({ name: `fitted ${name}`, value })),
  { name: 'fit error, root mean square', value: error.rmse, source: 'in volatility, over the quotes' },
  { name: 'fit error, largest', value: error.max, source: 'in volatility' },
  { name: 'worst quote', value: error.worst },
  { name: 'quotes fitted', value: error.quotes },
];

/** The size of quoted volatilities, root mean square. */
export const levelOf = (quotes: readonly { readonly volatility: number }[]): number =>
  Math.sqrt(
    quotes.reduce((sum, { volatility }) => sum + volatility * volatility, 0) / Math.max(quotes.length, 1),
  );

/** A fit whose errors are a fifth of the quotes themselves says nothing of them, unless somebody asked for it. */
const MISS_MAX = 0.2;

/** The fitted parameters; undefined with a fault at the field of the quotes where there are none worth using. */
export function accepted<P extends object>(
  reader: RowReader,
  field: string,
  fit: Result<ModelCalibration<P>>,
  level: number,
): P | undefined {
  const most = reader.number('fitErrorMax', { above: 0, otherwise: Number.POSITIVE_INFINITY });
  if (!fit.ok) {
    reader.fault(field, fit.reason, fit.message);
    return undefined;
  }
  const { parameters, error, converged } = fit.value;
  const said = `the largest error is ${error.max} of volatility, at ${error.worst}`;
  if (!converged) {
    const message = `the fit to ${error.quotes} quotes did not converge: ${said}. Check the quotes`;
    reader.fault(field, 'calibration-must-converge', message);
  } else if (most === Number.POSITIVE_INFINITY && error.rmse > MISS_MAX * level) {
    const message = `the fit misses its quotes by ${error.rmse} of volatility in the mean: ${said}. Check the quotes, or give fitErrorMax`;
    reader.fault(field, 'calibration-must-fit', message);
  } else if (!(error.max <= most)) {
    const message = `the fit misses by more than fitErrorMax ${most}: ${said}`;
    reader.fault(field, 'calibration-must-fit', message);
  }
  for (const step of steps(error, parameters)) reader.note(step);
  return parameters;
}
