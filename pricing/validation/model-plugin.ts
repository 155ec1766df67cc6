/**
 * A model as a plug-in: what its parameters mean, how it is calibrated, and how it proves itself.
 *
 * A validation is a list of checks, each with the figure it found and the figure it may reach; `passed` follows from the
 * two, so a report cannot claim what it did not measure.
 */

import type { CalibrationError } from '../calibration/model-calibration';
import type { Result } from '../contract';

export interface ParameterMeaning {
  readonly name: string;
  readonly about: string;
  readonly least?: number;
  readonly most?: number;
}

export interface ValidationCheck {
  readonly kind: 'reference' | 'parity' | 'arbitrage' | 'convergence';
  readonly name: string;
  /** The largest deviation found, and the largest allowed, in the same unit. */
  readonly found: number;
  readonly allowed: number;
  /** Figures compared. */
  readonly cases: number;
  /** Where the expected figures come from, or the rule that is checked. */
  readonly source: string;
}

export const passed = (check: ValidationCheck): boolean => check.found <= check.allowed;

/** One expiry of quotes, the common input of calibrations of single smiles and of surfaces. */
export interface CalibrationSlice {
  readonly label: string;
  readonly expiry: number;
  readonly forward: number;
  readonly discount: number;
  readonly quotes: readonly { readonly strike: number; readonly volatility: number }[];
}

export interface Calibrated {
  readonly parameters: Readonly<Record<string, number>>;
  readonly error: CalibrationError;
  readonly converged: boolean;
}

/** `Quotes` is what the model is calibrated to: smiles, unless it says otherwise. */
export interface ModelPlugin<Quotes = readonly CalibrationSlice[]> {
  readonly name: string;
  readonly about: string;
  readonly parameters: readonly ParameterMeaning[];
  /** Absent for models whose parameters are the market itself. */
  readonly calibrate?: (quotes: Quotes) => Result<Calibrated>;
  readonly validate: () => readonly ValidationCheck[];
}

/** A plugin whose quotes only itself knows. */
export type AnyModelPlugin = ModelPlugin<never>;

export interface ModelReport {
  readonly model: string;
  readonly checks: readonly ValidationCheck[];
  readonly passed: boolean;
}

/** Runs every check of every model, in the order of the list. Throws on two models of one name. */
export function validateModels(plugins: readonly AnyModelPlugin[]): readonly ModelReport[] {
  const names = new Set(plugins.map(({ name }) => name));
  if (names.size < plugins.length) throw new Error('two models have one name; rename one');
  return plugins.map(({ name, validate }) => {
    const checks = validate();
    return { model: name, checks, passed: checks.length > 0 && checks.every(passed) };
  });
}

/** The largest of some deviations, as a check wants it. */
export const largest = (deviations: readonly number[]): number =>
  deviations.reduce((far, x) => (Number.isNaN(x) ? Number.POSITIVE_INFINITY : Math.max(far, Math.abs(x))), 0);
