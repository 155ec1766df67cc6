/** What every calibration of a model answers: parameters, how well they repeat the quotes, and which quote is worst. */
export interface CalibrationError {
  /** Root mean square over the quotes, in volatility (0.01 is one point). */
  readonly rmse: number;
  readonly max: number;
  /** The worst quote, as people name it. */
  readonly worst: string;
  readonly quotes: number;
}

export interface ModelCalibration<Parameters> {
  readonly parameters: Parameters;
  readonly error: CalibrationError;
  /** False when the iterations ran out: the parameters are then the best seen. */
  readonly converged: boolean;
}

export interface QuoteDeviation {
  readonly name: string;
  /** Model volatility less market volatility. */
  readonly deviation: number;
}

/** The list must not be empty. */
export function calibrationError(deviations: readonly QuoteDeviation[]): CalibrationError {
  const worst = deviations.reduce((a, b) => (Math.abs(b.deviation) > Math.abs(a.deviation) ? b : a));
  const square = deviations.reduce((sum, d) => sum + d.deviation * d.deviation, 0);
  return {
    rmse: Math.sqrt(square / deviations.length),
    max: Math.abs(worst.deviation),
    worst: worst.name,
    quotes: deviations.length,
  };
}
