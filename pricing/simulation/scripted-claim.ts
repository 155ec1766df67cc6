/**
 * A scripted payoff with everything it needs to run: schedules with dates, parameters, and the fixings of the past.
 *
 * All of it is plain data. `prepareClaim` parses and checks it once; the prepared claim runs on any block of paths.
 */
import { type Failure, failure, type Result, success } from '../contract';
import { type Script, ScriptError } from '../script/ast';
import { checkScript } from '../script/check';
import { type Cell, runScript } from '../script/evaluate';
import { observationsOf } from '../script/observations';
import { parseScript } from '../script/parse';
import type { SpotColumns } from './path-model';

export interface ScheduleDate {
  /** How people write the date; names it in messages and finds its fixing. */
  readonly label: string;
  /** Years from the valuation time; negative is the past. */
  readonly time: number;
}

export interface PastFixing {
  readonly asset: string;
  readonly label: string;
  readonly value: number;
}

export interface ScriptedClaim {
  readonly source: string;
  readonly schedules: Readonly<Record<string, readonly ScheduleDate[]>>;
  readonly parameters?: Readonly<Record<string, number>>;
  readonly fixings?: readonly PastFixing[];
}

export interface PreparedClaim {
  readonly claim: ScriptedClaim;
  readonly script: Script;
  readonly assets: readonly string[];
  /** Every time at which something is observed, rising, above zero. */
  readonly times: readonly number[];
}

const claimFault = (claim: ScriptedClaim): Failure | undefined => {
  for (const [name, dates] of Object.entries(claim.schedules)) {
    if (dates.length === 0) {
      return failure('schedule-must-have-dates', `schedule "${name}" has no date. Give it one at least.`);
    }
    const bad = dates.find(
      ({ time }, i) => !Number.isFinite(time) || time <= (dates[i - 1]?.time ?? -Infinity),
    );
    if (bad) {
      return failure(
        'schedule-dates-must-rise',
        `schedule "${name}": date ${bad.label} is not after the one before it. Sort the dates.`,
      );
    }
  }
  const bad = Object.entries(claim.parameters ?? {}).find(([, value]) => !Number.isFinite(value));
  return bad && failure('parameter-must-be-finite', `parameter "${bad[0]}" is ${bad[1]}. Give a number.`);
};

/** Every asset that the script observes on a past date must have been fixed there. */
function missingFixing(claim: ScriptedClaim, script: Script): Failure | undefined {
  const known = new Set((claim.fixings ?? []).map(({ asset, label }) => `${asset} ${label}`));
  for (const { asset, schedule } of observationsOf(script)) {
    const date = claim.schedules[schedule]!.find(
      ({ time, label }) => time < 0 && !known.has(`${asset} ${label}`),
    );
    if (date) {
      const message = `no fixing of ${asset} on ${date.label}, which is before the valuation. Load the fixing or move the valuation.`;
      return failure('fixing-must-be-known', message);
    }
  }
  return undefined;
}

/** Parses and checks a claim against the assets of a model. */
export function prepareClaim(claim: ScriptedClaim, assets: readonly string[]): Result<PreparedClaim> {
  const fault = claimFault(claim);
  if (fault) return fault;
  try {
    const script = parseScript(claim.source);
    const schedules = new Map(Object.entries(claim.schedules).map(([name, dates]) => [name, dates.length]));
    checkScript(script, { assets, schedules, parameters: Object.keys(claim.parameters ?? {}) });
    const missing = missingFixing(claim, script);
    if (missing) return missing;
    const all = Object.values(claim.schedules).flatMap((dates) => dates.map(({ time }) => time));
    const times = [...new Set(all.filter((time) => time > 0))].sort((a, b) => a - b);
    return success({ claim, script, assets, times });
  } catch (error) {
    if (error instanceof ScriptError)
      return failure(error.reason, `cannot read the script: ${error.message}.`);
    throw error;
  }
}

/** One payment on every path of a block. */
export interface Payment {
  readonly kind: 'pay' | 'exercise';
  readonly time: number;
  readonly amount: Cell;
}

export interface BlockView {
  readonly paths: number;
  /** Rising times of the columns; a superset of the claim's. */
  readonly times: readonly number[];
  readonly spots: SpotColumns;
  /** Spots today, by asset. */
  readonly today: readonly number[];
}

/** Payments that are still to come, today's included. */
export function claimPayments(prepared: PreparedClaim, view: BlockView): readonly Payment[] {
  const { claim, assets, script } = prepared;
  const column = new Map(view.times.map((time, i) => [time, i]));
  const fixed = new Map((claim.fixings ?? []).map(({ asset, label, value }) => [`${asset} ${label}`, value]));
  const observe = (asset: string, schedule: string, index: number): Cell => {
    const { label, time } = claim.schedules[schedule]![index]!;
    const a = assets.indexOf(asset);
    if (time > 0) return view.spots[a]![column.get(time)!]!;
    return fixed.get(`${asset} ${label}`) ?? view.today[a]!;
  };
  const payments = runScript(script, {
    paths: view.paths,
    observe,
    schedules: new Map(
      Object.entries(claim.schedules).map(([name, dates]) => [name, dates.map((d) => d.time)]),
    ),
    parameters: new Map(Object.entries(claim.parameters ?? {})),
  });
  return payments.flatMap(({ kind, schedule, amounts }) =>
    claim.schedules[schedule]!.flatMap(({ time }, i) =>
      time >= 0 ? [{ kind, time, amount: amounts[i]! }] : [],
    ),
  );
}
