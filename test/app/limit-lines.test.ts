/** The simulated market shows a limit at work within seconds: it warns, is breached and ends, and the summary says so. */

import { limitLines, limitSentence } from '../../app/limit-lines';
import { usedBar } from '../../app/view/limits-page';
import { exposuresWith } from '../../pipelines/exposures';
import { limitsWith } from '../../pipelines/limits';
import { marks } from '../../pipelines/marks';
import { pnlWith } from '../../pipelines/pnl';
import { positions } from '../../pipelines/positions';
import { breachCauseNames, breaches, breachPhaseNames, limitStatuses } from '../../schemas/limits';
import { topics } from '../../schemas/topics';
import type { FeedRecord } from '../../sources/feed';
import { recordFields } from '../../sources/record-fields';
import { limitRecords } from '../../sources/simulator/scripted-desk';
import { instrumentRecords } from '../../sources/simulator/simulated-instruments';
import { Simulator } from '../../sources/simulator/simulator';
import { latestBy, type Row, Run } from '../support/run';

const START = 1_700_000_000_000_000;
/** At 2,000 events a second, as `npm start` has it. */
const EVENTS_A_STEP = 200;
const STEP_MICROS = 100_000;

class Names {
  private readonly known = new Map<string, string[]>();

  numbered({ topic, row }: FeedRecord): Row {
    const fields = recordFields(topics.find(({ name }) => name === topic)!);
    const named = fields.flatMap(({ name, type }) => {
      const value = (row as Row)[name];
      return type.kind === 'name' && typeof value === 'string'
        ? [[name, this.numberOf(type.domain, value)]]
        : [];
    });
    return { ...row, ...Object.fromEntries(named) };
  }

  nameOf(domain: string, number: number): string {
    return this.known.get(domain)?.[number] ?? `#${number}`;
  }

  private numberOf(domain: string, name: string): number {
    const names = this.known.get(domain) ?? [];
    this.known.set(domain, names);
    return names.includes(name) ? names.indexOf(name) : names.push(name) - 1;
  }
}

const byTopic = (records: readonly FeedRecord[], names: Names): Record<string, Row[]> => {
  const data: Record<string, Row[]> = {};
  for (const record of records) {
    const rows = data[record.topic] ?? [];
    data[record.topic] = rows;
    // Trades are of no concern here.
    if (record.topic !== 'market.trades') rows.push(names.numbered(record));
  }
  delete data['market.trades'];
  return data;
};

test('within a minute of the market a limit is warned, breached and cured, by fills', () => {
  const atOnce = { everyMicros: 0, convention: 'mid', baseCurrency: 'USD' } as const;
  const run = new Run([marks, positions, pnlWith(atOnce), exposuresWith(atOnce), limitsWith(atOnce)]);
  const names = new Names();
  const simulator = new Simulator({ seed: 1 });
  const said: { readonly seconds: number; readonly row: Row }[] = [];
  const statuses: Row[] = [];
  let now = START;
  const bring = (records: readonly FeedRecord[]): void => {
    const written = run.bring({ now, data: byTopic(records, names) });
    said.push(...written[breaches.name]!.map((row) => ({ seconds: (now - START) / 1e6, row })));
    statuses.push(...written[limitStatuses.name]!);
  };
  bring([...instrumentRecords(simulator.instruments), ...limitRecords()]);
  for (let step = 0; step < 120; step += 1) {
    now += STEP_MICROS;
    bring(simulator.next(EVENTS_A_STEP, now));
  }

  const phases = said.map(({ row }) => breachPhaseNames[row['phase'] as number]);
  expect(phases.slice(0, 3)).toEqual(['Warned', 'Breached', 'Ended']);
  expect(said[2]!.seconds).toBeLessThan(12);
  expect(breachCauseNames[said[1]!.row['cause'] as number]).toBe('Fill');
  const followed = {
    latest: () => latestBy(statuses, ['limit']) as ReadonlyMap<string, Row>,
    lately: () => [...said].reverse().map(({ row }, offset) => ({ partition: 0, offset, row })),
    nameOf: (domain: string, number: number) => names.nameOf(domain, number),
  };
  const [line] = limitLines(followed as Parameters<typeof limitLines>[0]);
  expect(line).toMatchObject({
    limit: 'PROP gross',
    scope: 'PROP',
    measure: 'Gross',
    breached: phases.filter((p) => p === 'Breached').length,
  });
  expect(limitSentence(line!)).toMatch(
    /^limit PROP gross: \w+ at [\d,]+ of 500,000 \(\d+ %\); warned \d+, breached \d+, ended \d+ times, last by Fill$/,
  );
});

test.each([
  [{}, 'Unknown, 2 unpriced; warned'],
  [{ known: 8_000 }, 'Unknown, 2 unpriced, 8,000 known; warned'],
  [{ unpriced: 0, fault: 'NothingHeld' }, 'Unknown, NothingHeld; warned'],
  [
    { state: 'Breached', value: 12_000, known: 12_000, utilisation: 1.2 },
    'Breached at least 12,000 of 10,000 (120 %), 2 unpriced; warned',
  ],
])('a reading that is not known is never told as a number: %j', (more, said) => {
  const line = {
    limit: 'L',
    scope: 'firm',
    measure: 'Gross',
    state: 'Unknown',
    value: Number.NaN,
    known: Number.NaN,
    warning: Number.NaN,
    breach: 10_000,
    utilisation: Number.NaN,
    unpriced: 2,
    fault: 'PartsUnknown',
    since: 0,
    warned: 0,
    breached: 0,
    ended: 0,
    lastCause: '',
  };
  expect(limitSentence({ ...line, ...more })).toContain(`limit L: ${said}`);
});

test.each([
  [Number.NaN, ''],
  [0, '..........'],
  [0.55, '#####.....'],
  [1, '##########'],
  [1.2, '##########!'],
])('%d of a limit is drawn as %s', (utilisation, bar) => {
  expect(usedBar(utilisation)).toBe(bar);
});
