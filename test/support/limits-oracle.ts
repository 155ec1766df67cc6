/**
 * Limits from scratch: after each step every limit is judged by all that has come until then. What an excursion
 * remembers is all that is carried from step to step.
 */
import { exposuresFromScratch, summed } from './exposures-oracle';
import { type History, latestBy, type Row } from './run';

export interface ScratchStatus {
  readonly limit: string;
  /** Scope, measure and sense that it was read by. */
  readonly reads: string;
  readonly state: string;
  readonly value: number;
  /** Of what has a price; NaN where nothing has. */
  readonly known: number;
  /** What is said of it where an excursion is told: at least so much, or NaN. */
  readonly least: number;
  readonly severity: number;
  readonly since: number;
  readonly breached: boolean;
  readonly extreme: number;
}

export interface ScratchPhase {
  readonly limit: string;
  readonly phase: string;
  readonly excursion: number;
  readonly before: number;
  readonly after: number;
}

const MEASURES = ['long', 'short', 'gross', 'net'] as const;

export class ScratchLimits {
  private readonly statuses = new Map<string, ScratchStatus>();

  /** Takes a step in; answers how every limit stands then, and what phases began. */
  step(history: History, now: number) {
    const terms = latestBy(
      history.flatMap(({ data }) => data['risk.limits'] ?? []),
      ['limit', 'validFrom'],
    );
    const byName = new Map<string, Row[]>();
    for (const row of terms.values()) {
      const name = row['limit'] as string;
      byName.set(name, [...(byName.get(name) ?? []), row]);
    }
    const phases: ScratchPhase[] = [];
    for (const name of new Set([...this.statuses.keys(), ...byName.keys()])) {
      const stood = this.statuses.get(name);
      const after = judged(name, byName.get(name) ?? [], history, now, stood);
      const isElsewhere = byName.has(name) && stood !== undefined && stood.reads !== after.reads;
      if (isElsewhere && stood.since !== 0) {
        const of = { limit: name, excursion: stood.since, before: stood.least, after: Number.NaN };
        phases.push({ ...of, phase: 'Ended' });
      }
      const before = isElsewhere ? undefined : stood;
      const phase = phaseBetween(before, after);
      if (phase !== undefined)
        phases.push({
          limit: name,
          phase,
          excursion: phase === 'Ended' ? before!.since : after.since,
          before: before?.least ?? Number.NaN,
          after: after.least,
        });
      if (byName.has(name)) this.statuses.set(name, after);
      else this.statuses.delete(name);
    }
    return { statuses: new Map(this.statuses), phases };
  }
}

function phaseBetween(before: ScratchStatus | undefined, after: ScratchStatus): string | undefined {
  const [was, is] = [before?.since ?? 0, after.since];
  if (is === 0) return was === 0 ? undefined : 'Ended';
  if (after.breached && !(was !== 0 && before!.breached)) return 'Breached';
  return was === 0 ? 'Warned' : undefined;
}

const UNREAD = { value: Number.NaN, known: Number.NaN, least: Number.NaN };
const nothing = { severity: 0, since: 0, breached: false, extreme: Number.NaN };

function judged(
  limit: string,
  terms: readonly Row[],
  history: History,
  now: number,
  stood: ScratchStatus | undefined,
): ScratchStatus {
  const begun = terms
    .filter((row) => (row['validFrom'] as number) <= now)
    .sort((a, b) => (b['validFrom'] as number) - (a['validFrom'] as number))[0];
  const until = begun?.['validUntil'] as number;
  const latest = [...terms].sort((a, b) => (b['validFrom'] as number) - (a['validFrom'] as number))[0];
  const isInForce = begun !== undefined && (until === 0 || until > now);
  const by = isInForce ? begun : latest;
  const reads = [by?.['dimension'], by?.['account'], by?.['measure'], by?.['sense']].join('/');
  const before = stood?.reads === reads ? stood : undefined;
  if (!begun || (until !== 0 && until <= now))
    return { limit, reads, state: 'NotInForce', ...UNREAD, ...nothing };
  const kept = before ?? { ...nothing };
  const { severity, since, breached, extreme } = kept;
  const held = { severity, since, breached, extreme };
  if (!makesSense(begun)) return { limit, reads, state: 'Invalid', ...UNREAD, ...held };
  const exposed = exposuresFromScratch(history).filter(
    ({ account }) => begun['dimension'] === 'firm' || account === begun['account'],
  );
  if (exposed.length === 0) return { limit, reads, state: 'Unknown', ...UNREAD, ...held };
  const sums = summed(exposed);
  const all = { ...sums, gross: sums.long - sums.short, net: sums.long + sums.short };
  const measure = MEASURES[begun['measure'] as number]!;
  const known = all[measure];
  const found = severityOf(known, begun, kept.severity);
  const onlyGrows =
    (measure === 'gross' || measure === 'long') && begun['sense'] !== 2
      ? true
      : measure === 'short' && begun['sense'] !== 1;
  const isKnown = sums.unpriced === 0;
  const counts = isKnown ? found : onlyGrows ? Math.max(found, kept.severity) : kept.severity;
  const state = isKnown
    ? ['Within', 'Warned', 'Breached'][found]!
    : onlyGrows && found === 2
      ? 'Breached'
      : 'Unknown';
  const value = state === 'Unknown' ? Number.NaN : known;
  const least = isKnown || onlyGrows ? known : Number.NaN;
  if (counts === 0) return { limit, reads, state, value, known, least, ...nothing };
  const isOpen = kept.since !== 0;
  const worse = (a: number, b: number): boolean =>
    Number.isNaN(b) || size(a, begun['sense'] as number) > size(b, begun['sense'] as number);
  return {
    limit,
    reads,
    state,
    value,
    known,
    least,
    severity: counts,
    since: isOpen ? kept.since : now,
    breached: counts === 2 || (isOpen && kept.breached),
    extreme: isOpen && !worse(least, kept.extreme) ? kept.extreme : least,
  };
}

const size = (value: number, sense: number): number =>
  sense === 0 ? Math.abs(value) : sense === 1 ? value : -value;

function severityOf(value: number, terms: Row, held: number): number {
  const sense = terms['sense'] as number;
  const reaches = (level: number, isHeld: boolean): boolean => {
    const at = sense === 2 ? -level : level;
    const band = Math.abs(level) * (terms['hysteresis'] as number);
    return size(value, sense) >= (isHeld ? at - band : at);
  };
  if (reaches(terms['breach'] as number, held === 2)) return 2;
  const warning = terms['warning'] as number;
  return !Number.isNaN(warning) && reaches(warning, held >= 1) ? 1 : 0;
}

/** Of what the test sets: sizes are above zero, and a warning comes before its breach. */
function makesSense(terms: Row): boolean {
  const [warning, breach, sense] = [terms['warning'], terms['breach'], terms['sense']] as number[];
  const measure = MEASURES[terms['measure'] as number];
  if (terms['currency'] !== 'USD') return false;
  const isSize = sense !== 2 && (sense === 0 || measure === 'long' || measure === 'gross');
  if (isSize && !(breach! > 0)) return false;
  if (isSize && warning! <= 0) return false;
  const isLarge = measure === 'long' || measure === 'gross';
  if (sense === 2 ? isLarge && breach! < 0 : sense === 1 && measure === 'short' && breach! > 0) return false;
  if (!Number.isNaN(warning!) && !(sense === 2 ? warning! > breach! : warning! < breach!)) return false;
  const until = terms['validUntil'] as number;
  return until === 0 || until > (terms['validFrom'] as number);
}
