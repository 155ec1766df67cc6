/**
 * The documented replay of a real day, held against what its raw files say by themselves: marks, volumes, positions and
 * P&L, exactly.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TailRecord } from '../../app/access';
import { root, runCommand } from '../support/command-line';
import { isLongRun } from '../support/long-runs';
import { dataFolder, whyNoData } from '../support/real-data';
import { temporaryFolder } from '../support/temporary-folder';
import {
  expectedMark,
  expectedPositions,
  expectedVolume,
  type RawTrade,
  type Rule,
  rawLines,
} from './real-day-oracle';

interface Input {
  readonly format: string;
  readonly file: string;
  readonly instrument: string;
  readonly fills?: Rule;
}

const documented = join(root, 'docs', 'examples', 'us-equities-2013-10-07.json');
const whole = JSON.parse(readFileSync(documented, 'utf8')) as { readonly inputs: readonly Input[] };
/** The two smallest of its five instruments in every run of the tests, the documented manifest itself in a long one. */
const inputs = whole.inputs.filter(({ instrument }) => isLongRun || ['IBM', 'AAPL'].includes(instrument));
const ACCOUNTS = 4;
const reason = whyNoData(inputs.map(({ file }) => file));

const decimal = (text: unknown, scale: number): bigint => {
  const [whole = '', fraction = ''] = String(text).split('.');
  return BigInt(whole + fraction.padEnd(scale, '0'));
};

function tradesOf({ format, file }: Input): RawTrade[] {
  const path = join(dataFolder, file);
  if (format === 'lobster') {
    return rawLines(path, false)
      .filter(([, type]) => type === '4' || type === '5')
      .map(([, , , size = '', price = '', direction]) => ({
        price: `${price.slice(0, -4)}.${price.slice(-4)}`,
        size,
        regular: true,
        bought: direction === '-1',
      }));
  }
  return rawLines(path, true).map(([, price = '', size = '', , , suspicious]) => ({
    price,
    size,
    regular: suspicious === '0',
  }));
}

(reason === undefined ? describe : describe.skip)(
  `a real day of AIG, BAC, IBM and SPY, and executions of AAPL${reason === undefined ? '' : ` (${reason})`}`,
  () => {
    const folder = temporaryFolder();
    const dir = join(folder, 'replayed');
    const last = async (topic: string): Promise<Map<string, Record<string, unknown>>> => {
      const { stdout } = await runCommand(['tail', topic, '--dir', dir, '--from', 'start', '--json']);
      const rows = new Map<string, Record<string, unknown>>();
      for (const line of stdout.trimEnd().split('\n')) {
        const { record } = JSON.parse(line) as TailRecord;
        if (record) rows.set([record['account'], record['instrument']].filter(Boolean).join(' '), record);
      }
      return rows;
    };

    beforeAll(async () => {
      const manifest = isLongRun ? documented : join(folder, 'two-instruments.json');
      if (!isLongRun) writeFileSync(manifest, JSON.stringify({ ...whole, inputs }));
      const run = await runCommand([
        'replay',
        manifest,
        '--files',
        dataFolder,
        '--dir',
        dir,
        '--no-clickhouse',
        '--json',
      ]);
      expect(run).toMatchObject({ code: 0 });
    }, 400_000);

    test('leaves the last good mark of each instrument that was quoted', async () => {
      const marks = await last('market.marks');
      const quoted = inputs.filter(({ format }) => format === 'us-equity-quotes');
      expect([...marks.keys()].sort()).toEqual(quoted.map(({ instrument }) => instrument).sort());
      for (const { instrument, file } of quoted) {
        const { bid, ask } = expectedMark(rawLines(join(dataFolder, file), true));
        expect(marks.get(instrument)).toMatchObject({ bid, ask, price: (bid + ask) / 2 });
      }
    });

    test('leaves the volume, last, high and low price of each instrument that was traded', async () => {
      const volumes = await last('market.volumes');
      const traded = inputs.filter(({ format }) => format !== 'us-equity-quotes');
      expect(volumes.size).toBe(traded.length);
      for (const input of traded)
        expect(volumes.get(input.instrument)).toMatchObject(expectedVolume(tradesOf(input)));
    });

    test('leaves positions and P&L that are those of the fills, to the last digit', async () => {
      const positions = await last('ledger.positions');
      const pnl = await last('risk.pnl');
      const marks = await last('market.marks');
      let compared = 0;
      for (const input of inputs.filter(({ fills }) => fills)) {
        const { instrument } = input;
        const price = marks.get(instrument)?.['price'];
        for (const [account, expected] of expectedPositions(tradesOf(input), input.fills!)) {
          const held = positions.get(`${account} ${instrument}`)!;
          expect({
            quantity: decimal(held['quantity'], 9),
            cost: decimal(held['cost'], 18),
            realised: decimal(held['realisedPnl'], 18),
            fees: decimal(held['fees'], 18),
            bought: decimal(held['bought'], 9),
            sold: decimal(held['sold'], 9),
            fills: held['fills'],
          }).toEqual(expected);
          const valued = pnl.get(`${account} ${instrument}`)!;
          // Text of a decimal is read as the double that is nearest to it.
          const marketValue = typeof price === 'number' ? Number(held['quantity']) * price : null;
          expect(valued).toMatchObject({
            price: price ?? null,
            marketValue,
            unrealisedPnl: marketValue === null ? null : marketValue - Number(held['cost']),
            realisedPnl: Number(held['realisedPnl']),
          });
          compared += 1;
        }
      }
      expect(compared).toBe(positions.size);
      expect(compared).toBe(ACCOUNTS * new Set(inputs.map(({ instrument }) => instrument)).size);
    });
  },
);
