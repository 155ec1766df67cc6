/**
 * What a book knows besides its columns: which rows hang on which input, what has moved, what is free.
 *
 * Every input finds its rows by chains: a spot, rate or yield its nodes, a node or smile its rows. What moves is listed
 * once; repricing walks the lists. State: bounded by the capacity that the book was prepared with.
 */
import { type Chains, chains } from './chains';
import type { ColumnSizes, VanillaColumns } from './columns';
import type { BookSmile } from './smiles';

export type InputName = 'underlying' | 'rate' | 'yield';

export interface BookSizes extends ColumnSizes {
  readonly smiles: number;
}

export interface BookState {
  /** Rows and nodes that were ever used; below them free ones, to be used again, last freed first. */
  rows: number;
  nodes: number;
  listed: number;
  readonly freeRows: number[];
  readonly freeNodes: number[];
  readonly nodeNumbers: Map<string, number>;
  readonly nodeKeys: Map<number, string>;
  /** Places of each input below which NaN or a value stands. */
  readonly used: Record<InputName, number>;
  readonly rowsOfNode: Chains;
  readonly rowsOfSmile: Chains;
  readonly nodesOf: Readonly<Record<InputName, Chains>>;
  /** Place of the smile of each row, plus one; 0 is none. */
  readonly smileOf: Uint32Array;
  readonly smiles: Map<number, BookSmile>;
  /** A row or node is listed in `rowList` or `nodeList` when its mark is the round's. */
  readonly rowMarks: Uint32Array;
  readonly nodeMarks: Uint32Array;
  round: number;
  movedRows: number;
  movedNodes: number;
  allMoved: boolean;
  /** Years after the book's origin. */
  now: number;
  /** Rows priced and nodes computed since the book was prepared: the work that was done. */
  rowsPriced: number;
  nodesComputed: number;
  /** True while threads reprice: then inputs wait, the last one of each. */
  busy: boolean;
  readonly waiting: Map<string, () => void>;
}

export const bookState = (sizes: BookSizes): BookState => ({
  rows: 0,
  nodes: 0,
  listed: 0,
  freeRows: [],
  freeNodes: [],
  nodeNumbers: new Map(),
  nodeKeys: new Map(),
  used: { underlying: 0, rate: 0, yield: 0 },
  rowsOfNode: chains({ places: sizes.nodes, items: sizes.options }),
  rowsOfSmile: chains({ places: sizes.smiles, items: sizes.options }),
  nodesOf: {
    underlying: chains({ places: sizes.underlyings, items: sizes.nodes }),
    rate: chains({ places: sizes.rates, items: sizes.nodes }),
    yield: chains({ places: sizes.yields, items: sizes.nodes }),
  },
  smileOf: new Uint32Array(sizes.options),
  smiles: new Map(),
  rowMarks: new Uint32Array(sizes.options),
  nodeMarks: new Uint32Array(sizes.nodes),
  round: 1,
  movedRows: 0,
  movedNodes: 0,
  allMoved: false,
  now: 0,
  rowsPriced: 0,
  nodesComputed: 0,
  busy: false,
  waiting: new Map(),
});

export const markRow = (state: BookState, { rowList }: VanillaColumns, row: number): void => {
  if (state.rowMarks[row] === state.round) return;
  state.rowMarks[row] = state.round;
  rowList[state.movedRows++] = row;
};

export const markNode = (state: BookState, { nodeList }: VanillaColumns, node: number): void => {
  if (state.nodeMarks[node] === state.round) return;
  state.nodeMarks[node] = state.round;
  nodeList[state.movedNodes++] = node;
};

/** Every node that hangs on the input. */
export const markInput = (state: BookState, c: VanillaColumns, name: InputName, place: number): void => {
  const { first, next } = state.nodesOf[name];
  for (let node = first[place]!; node > 0; node = next[node - 1]!) markNode(state, c, node - 1);
};

/** Lists the rows of every node that moved. */
export const markRowsOfNodes = (state: BookState, c: VanillaColumns): void => {
  const { first, next } = state.rowsOfNode;
  for (let i = 0; i < state.movedNodes; i++)
    for (let row = first[c.nodeList[i]!]!; row > 0; row = next[row - 1]!) markRow(state, c, row - 1);
};

/** A new round begins: nothing has moved. */
export const beginRound = (state: BookState): void => {
  state.movedRows = 0;
  state.movedNodes = 0;
  state.allMoved = false;
  state.round++;
  if (state.round < 0xffff_ffff) return;
  // Marks of four thousand million rounds ago would look like this one's.
  state.rowMarks.fill(0);
  state.nodeMarks.fill(0);
  state.round = 1;
};

/** Columns and arrays of each input, by its name. */
export const inputColumn = (c: VanillaColumns, name: InputName): Float64Array =>
  ({ underlying: c.spots, rate: c.rateValues, yield: c.yieldValues })[name];

/** Missing is not zero: places up to this one say so until something is known. */
export const reachPlace = (state: BookState, c: VanillaColumns, name: InputName, place: number): void => {
  const column = inputColumn(c, name);
  for (let i = state.used[name]; i <= place; i++) {
    column[i] = Number.NaN;
    if (name === 'underlying') c.logSpots[i] = Number.NaN;
  }
  state.used[name] = Math.max(state.used[name], place + 1);
};

/** Inputs that came while threads repriced. */
export const takeWaiting = (state: BookState): void => {
  const setters = [...state.waiting.values()];
  state.waiting.clear();
  for (const set of setters) set();
};
