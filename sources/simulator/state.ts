/**
 * Everything that a simulation needs to go on exactly where it was: a few hundred numbers, kept by the log together
 * with what was produced (the producer's state). The quotes themselves need not be kept.
 */
import type { SimulatedInstrument } from './market';

/** A fill that may still be busted or corrected. */
export interface RecentFill {
  readonly executionId: string;
  readonly account: string;
  readonly instrument: number;
  readonly venue: string;
  /** Lots, negative sold. */
  readonly lots: number;
  readonly ticks: number;
  readonly time: number;
}

export interface SimulatorState {
  /** Events so far: the counter of chance. */
  events: number;
  /** Executions of ours so far: the number in their ids. */
  executions: number;
  /** Fill messages so far, with busts, corrections and repeats. */
  messages: number;
  /** Middle prices in ticks, by instrument. */
  readonly middles: number[];
  /** By instrument and venue: bid and ask in ticks, null for a side that is not quoted. */
  readonly sides: [bid: number | null, ask: number | null][][];
  /** The last few executions, oldest first. */
  readonly recent: RecentFill[];
}

export function newState(instruments: readonly SimulatedInstrument[]): SimulatorState {
  return {
    events: 0,
    executions: 0,
    messages: 0,
    middles: instruments.map(({ startTicks }) => startTicks),
    sides: instruments.map(({ venues }) => venues.map(() => [null, null])),
    recent: [],
  };
}

/** The state of another version of the simulator cannot be gone on from. */
export class SimulatorStateError extends Error {
  override readonly name = 'SimulatorStateError';
  constructor() {
    super(
      'the simulation in this folder was made with other instruments. Start in a new folder, or without the simulator.',
    );
  }
}

export const packState = (state: SimulatorState): Uint8Array => Buffer.from(JSON.stringify(state));

export function unpackState(bytes: Uint8Array, instruments: readonly SimulatedInstrument[]): SimulatorState {
  const state = JSON.parse(Buffer.from(bytes).toString()) as SimulatorState;
  const fits =
    state.sides.length <= instruments.length &&
    state.sides.every((venues, index) => venues.length === instruments[index]!.venues.length);
  if (!fits) throw new SimulatorStateError();
  // What a later version has added begins as it would anew.
  const { middles, sides } = newState(instruments.slice(state.sides.length));
  return { ...state, middles: [...state.middles, ...middles], sides: [...state.sides, ...sides] };
}
