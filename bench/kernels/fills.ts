/** `node dist/bench/kernels/fills.js`: fills in order → positions, each remembered by its execution id. */
import { positions } from '../../pipelines/positions';
import { changesOf } from '../../runtime/stream/changes';
import { type Fill, FillKind } from '../../schemas/ledger';
import { InstrumentKind } from '../../schemas/reference';
import { fillUntold, instrumentUntold } from '../../schemas/untold';
import { runKernel } from './kernel';

const ONE = 10n ** 9n;
const OPEN = 1_700_000_000_000_000;
const STEPS = 200;
const PER_STEP = 1_000;
const INSTRUMENTS = 100;
const ACCOUNTS = 100;

let id = 0;
function nextFill(): Fill {
  id += 1;
  const place = (id * 7919) % (ACCOUNTS * INSTRUMENTS);
  return {
    executionId: `E${id}`,
    kind: FillKind.New,
    refersTo: undefined,
    account: Math.floor(place / INSTRUMENTS),
    instrument: place % INSTRUMENTS,
    quantity: BigInt(1 + (id % 100)) * (id % 3 === 2 ? -ONE : ONE),
    price: BigInt(10_000 + (id % 500)) * 10_000_000n,
    fee: 10n ** 16n,
    feeCurrency: 'USD',
    venue: 1,
    ...fillUntold,
    time: OPEN + id,
  };
}

runKernel({
  name: 'fills',
  unit: 'fills',
  pipelines: [positions],
  first: {
    'reference.instruments': changesOf(
      Array.from({ length: INSTRUMENTS }, (_, instrument) => ({
        instrument,
        name: `I${instrument}`,
        currency: 'USD',
        multiplier: ONE,
        inverse: false,
        kind: InstrumentKind.Equity,
        ...instrumentUntold,
      })),
    ),
  },
  records: STEPS * PER_STEP,
  steps: STEPS,
  bring: () => ({ 'ledger.fills': Array.from({ length: PER_STEP }, nextFill) }),
  now: (step) => OPEN + step * PER_STEP,
});
