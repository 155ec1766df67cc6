/** Value at risk and expected shortfall of a list of profits and losses, by order statistics: no distribution is assumed. */
import { failure, type Result, success } from '../contract';

export interface TailRisk {
  /** Loss at the quantile, above zero where it is one. */
  readonly valueAtRisk: number;
  /** Mean loss of the scenarios at or beyond the quantile. */
  readonly expectedShortfall: number;
  /** Place of the scenario that is the quantile, in the list as given. */
  readonly scenario: number;
}

/**
 * The quantile is the P&L number ⌈p·n⌉ of the sorted list, with p the tail, such as 0.01 (as ORE has it); the shortfall is the
 * mean of what is at or below it. Of equal P&Ls the earlier scenario is named.
 *
 * Failures: `tail-must-be-a-share`; `scenarios-must-be-priced`, because a scenario without a value may be the worst one.
 */
export function tailRisk(profits: ArrayLike<number>, tail: number): Result<TailRisk> {
  if (!(tail > 0 && tail < 1))
    return failure('tail-must-be-a-share', `the tail is ${tail}. Give a share such as 0.01.`);
  const order = Array.from({ length: profits.length }, (_, place) => place);
  const lost = order.find((place) => !Number.isFinite(profits[place]!));
  if (lost !== undefined || order.length === 0)
    return failure(
      'scenarios-must-be-priced',
      `scenario ${lost ?? 'number one'} has no value. Price all of them, or leave it out and say so.`,
    );
  order.sort((a, b) => profits[a]! - profits[b]! || a - b);
  // A share of the count that is whole but for the last digits is whole.
  const number = Math.max(1, Math.ceil(tail * order.length - 1e-9));
  const scenario = order[number - 1]!;
  const quantile = profits[scenario]!;
  let sum = 0;
  let count = 0;
  for (const place of order) {
    if (profits[place]! > quantile) break;
    sum += profits[place]!;
    count += 1;
  }
  // Zero is no loss of minus zero.
  return success({ valueAtRisk: 0 - quantile, expectedShortfall: 0 - sum / count, scenario });
}
