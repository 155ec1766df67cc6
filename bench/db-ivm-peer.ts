/** The peer: the same join of marks and positions in @tanstack/db-ivm, which keeps it incrementally too. In memory, no log. */
import { D2, join, MultiSet, map, output } from '@tanstack/db-ivm';

type Mark = { readonly instrument: number; readonly price: number };
type Position = {
  readonly account: number;
  readonly instrument: number;
  readonly quantity: number;
  readonly cost: number;
};

/** Ticks a second through marks ⋈ positions → P&L, 1,000 ticks a run of the graph. */
export async function incrementalJoinPeer({
  instruments,
  holders,
  ticks,
}: {
  readonly instruments: number;
  readonly holders: number;
  readonly ticks: number;
}): Promise<number> {
  const graph = new D2();
  const marks = graph.newInput<[number, Mark]>();
  const positions = graph.newInput<[number, Position]>();
  let written = 0;
  marks.pipe(
    join(positions, 'inner'),
    map(([, [mark, position]]) => position!.quantity * mark!.price - position!.cost),
    output((changes) => {
      written += changes.getInner().length;
    }),
  );
  graph.finalize();
  const held: [[number, Position], number][] = [];
  for (let instrument = 0; instrument < instruments; instrument += 1) {
    for (let account = 0; account < holders; account += 1) {
      held.push([[instrument, { account, instrument, quantity: 10, cost: 1_000 }], 1]);
    }
  }
  positions.sendData(new MultiSet(held));
  const last: (Mark | undefined)[] = [];
  graph.run();
  const start = performance.now();
  for (let tick = 0; tick < ticks; ) {
    const changes: [[number, Mark], number][] = [];
    for (let index = 0; index < 1_000; index += 1, tick += 1) {
      const instrument = tick % instruments;
      const mark = { instrument, price: 100 + (tick % 200) * 0.01 };
      const before = last[instrument];
      if (before) changes.push([[instrument, before], -1]);
      changes.push([[instrument, mark], 1]);
      last[instrument] = mark;
    }
    marks.sendData(new MultiSet(changes));
    graph.run();
  }
  const seconds = (performance.now() - start) / 1_000;
  if (written === 0) throw new Error('the peer wrote nothing: its figure would mean nothing');
  return ticks / seconds;
}
