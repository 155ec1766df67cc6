/** What the fixings of an average must be: some, in order, none after the payment, known ones above zero. */
import { failure, type Result, success } from '../contract';
import type { ContinuousAverage, DiscreteAverage } from '../models/asian-geometric';

/** A fixing a day for twenty years. */
const FIXINGS_MAX = 5000;

export function averageCheck({
  fixingTimes,
  pastFixings,
  time,
}: DiscreteAverage & { readonly time: number }): Result<true> {
  if (fixingTimes.length + pastFixings.length === 0)
    return failure('fixings-must-be-given', 'the average has no fixing, past or to come.');
  const count = fixingTimes.length + pastFixings.length;
  if (count > FIXINGS_MAX)
    return failure(
      'fixings-must-be-bounded',
      `the average has ${count} fixings; ${FIXINGS_MAX} are the most. Take a continuous average.`,
    );
  if (!pastFixings.every((fixing) => fixing > 0 && Number.isFinite(fixing)))
    return failure('past-fixings-must-be-positive', 'a past fixing is not above zero.');
  const unordered = fixingTimes.findIndex((at, i) => i > 0 && !(at >= fixingTimes[i - 1]!));
  if (unordered > 0)
    return failure(
      'fixing-times-must-rise',
      `fixing ${unordered + 1} at ${fixingTimes[unordered]} comes before the one at ${fixingTimes[unordered - 1]}. Give them in order.`,
    );
  const [first = 0, last = 0] = [fixingTimes[0], fixingTimes.at(-1)];
  if (first >= 0 && last <= time * (1 + 1e-12)) return success(true);
  return failure(
    'fixing-times-must-precede-the-payment',
    `fixings from ${first} to ${last} years, the payment in ${time}: a fixing lies between now and the payment. Known ones are past fixings.`,
  );
}

/** What has been averaged has an average: it is not taken for zero. */
export const averageSoFarCheck = ({ elapsed, averageSoFar }: ContinuousAverage): Result<true> =>
  elapsed >= 0 && (elapsed === 0 || averageSoFar > 0)
    ? success(true)
    : failure(
        'average-so-far-must-be-positive',
        `${elapsed} years have been averaged, to ${averageSoFar}. Give the average of them, or no elapsed time.`,
      );
