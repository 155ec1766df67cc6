/** What is wrong with a message whatever the ledger holds. */
import { type Fill, FillKind, FillRefusal, type RefusedFill } from '../../schemas/ledger';
import type { Contracts } from './contracts';
import { isExercise } from './exercises';
import { refusal } from './refusal';

export const isRestatement = ({ kind }: Pick<Fill, 'kind'>): boolean =>
  kind === FillKind.Bust || kind === FillKind.Correct;

/** `latest` is the latest event time that is believed, micros. */
export function wrongByItself(fill: Fill, contracts: Contracts, latest: number): RefusedFill | undefined {
  const because = (reason: FillRefusal, detail: string): RefusedFill => refusal(fill, reason, detail);
  const { kind, instrument, time, refersTo } = fill;
  if (kind === FillKind.Delivery)
    return because(
      FillRefusal.NotExercisable,
      'a delivery follows from an exercise or assignment: send that',
    );
  const fault = contracts.faultOf(instrument);
  if (fault !== undefined) return because(FillRefusal.BadContract, fault);
  if (!contracts.isKnown(instrument))
    return because(
      FillRefusal.UnknownInstrument,
      `instrument ${instrument} is not in reference.instruments: send it there, then the fill again`,
    );
  const ended = isRestatement(fill) ? undefined : contracts.endedBefore(instrument, time);
  if (ended !== undefined)
    return because(
      FillRefusal.UnknownInstrument,
      `instrument ${instrument} had ended at ${ended} by reference.instruments, before this: mend the time, or give the instrument a version from then on`,
    );
  if (isRestatement(fill) && (refersTo === undefined || refersTo === fill.executionId))
    return because(FillRefusal.UnknownExecution, 'it does not say which execution it busts or corrects');
  if (!isRestatement(fill) && refersTo !== undefined)
    return because(FillRefusal.UnknownExecution, `a new execution refers to "${refersTo}"`);
  if (kind === FillKind.Bust) return undefined;
  const amount = wrongAmount(fill);
  if (amount) return because(...amount);
  if (fill.price === 0n && contracts.at(instrument, time)!.inverse && kind !== FillKind.Funding)
    return because(FillRefusal.OutOfRange, 'an inverse contract has no value at price 0');
  if (time > latest)
    return because(FillRefusal.OutOfRange, `it lies ${time - latest} microseconds too far in the future`);
  return undefined;
}

/** Of a correction, what it refers to says it. */
export function wrongAmount({
  kind,
  quantity,
  price,
}: Pick<Fill, 'kind' | 'quantity' | 'price'>): [FillRefusal, string] | undefined {
  const needsQuantity = kind === FillKind.New || kind === FillKind.Transfer || isExercise({ kind });
  if (needsQuantity && quantity === 0n) return [FillRefusal.ZeroQuantity, 'an execution of nothing'];
  if (kind === FillKind.Split && price <= 0n)
    return [FillRefusal.OutOfRange, 'a split makes more than no unit of each: its price says how many'];
  return undefined;
}
