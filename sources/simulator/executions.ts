/**
 * Executions of ours in the simulated market, and what else they are the occasion for: one message in 29 is told twice,
 * in 97 busts and in 61 corrects one of the last executions.
 */
import { FillKind } from '../../schemas/ledger';
import { fillUntold } from '../../schemas/untold';
import type { NamedFill } from '../derive-fills';
import type { SimulatedInstrument } from './market';
import { type Chance, Stream } from './philox';
import type { RecentFill, SimulatorState } from './state';

const MESSAGES_A_REPEAT = 29;
const MESSAGES_A_BUST = 97;
const MESSAGES_A_CORRECTION = 61;
const RECENT_MAX = 16;

export interface ExecutionParts {
  readonly instruments: readonly SimulatedInstrument[];
  readonly accounts: readonly string[];
  readonly chance: Chance;
  readonly state: SimulatorState;
}

export interface Execution {
  /** Of the instrument. */
  readonly index: number;
  readonly venue: string;
  readonly ticks: number;
  /** Negative sold. */
  readonly lots: number;
  readonly counter: number;
  readonly time: number;
}

export class Executions {
  constructor(private readonly parts: ExecutionParts) {}

  /** An execution of ours, and what else it is the occasion for. */
  fills(at: Execution): NamedFill[] {
    const { state, accounts, chance } = this.parts;
    state.executions += 1;
    const executed: RecentFill = {
      executionId: `SIM-${state.executions}`,
      account: accounts[chance.whole(Stream.Account, at.counter, accounts.length)]!,
      instrument: at.index,
      venue: at.venue,
      lots: at.lots,
      ticks: at.ticks,
      time: at.time,
    };
    const rows = [this.fill(executed, FillKind.New, undefined)];
    state.messages += 1;
    const { messages, recent } = state;
    if (messages % MESSAGES_A_REPEAT === 0) rows.push(rows[0]!);
    if (messages % MESSAGES_A_BUST === 0) rows.push(...this.restate(FillKind.Bust, at.counter, at.time));
    if (messages % MESSAGES_A_CORRECTION === 0)
      rows.push(...this.restate(FillKind.Correct, at.counter, at.time));
    recent.push(executed);
    if (recent.length > RECENT_MAX) recent.shift();
    return rows;
  }

  /** An execution of one account that is not restated. */
  clip(account: string, at: Omit<Execution, 'counter'>): NamedFill {
    const { state } = this.parts;
    state.executions += 1;
    const { index: instrument, venue, lots, ticks, time } = at;
    const executionId = `SIM-${state.executions}`;
    const executed = { executionId, account, instrument, venue, lots, ticks, time };
    return this.fill(executed, FillKind.New, undefined);
  }

  /** Busts or corrects one of the recent executions, which is then left in peace. */
  private restate(kind: FillKind, counter: number, time: number): NamedFill[] {
    const {
      chance,
      state: { recent },
    } = this.parts;
    const [chosen] = recent.splice(chance.whole(Stream.Recent, counter, recent.length), 1);
    if (!chosen) return [];
    const mark = kind === FillKind.Bust ? 'B' : 'C';
    const restated: RecentFill = {
      ...chosen,
      executionId: `${chosen.executionId}-${mark}`,
      ticks: kind === FillKind.Bust ? chosen.ticks : chosen.ticks + 1,
      time,
    };
    return [this.fill(restated, kind, chosen.executionId)];
  }

  private fill(of: RecentFill, kind: FillKind, refersTo: string | undefined): NamedFill {
    const { name, tick, lot, feePerUnit, currency } = this.parts.instruments[of.instrument]!;
    const quantity = BigInt(of.lots) * lot;
    return {
      executionId: of.executionId,
      kind,
      refersTo,
      account: of.account,
      instrument: name,
      quantity,
      price: BigInt(of.ticks) * tick,
      fee: (feePerUnit * (quantity < 0n ? -quantity : quantity)) / 10n ** 9n,
      feeCurrency: currency,
      venue: of.venue,
      ...fillUntold,
      time: of.time,
    };
  }
}
