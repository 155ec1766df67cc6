/**
 * What is left of a block of curves where quotes are missing: the instruments whose quotes and curves are all there. A curve
 * without an instrument goes, and with it what reads it; everything else is solved as if the missing had never been listed.
 */
import type { Day } from '../calendars/date';
import { type CurveBlock, type CurveDefinition, compileBlock } from './curve-block';
import { type CalibrationInstrument, curvesOf, quotesOf } from './term';

/** A node that is not in its curve. */
export interface RefusedNode {
  readonly curve: string;
  readonly label: string;
  readonly pillar: Day;
  /** `quote-missing`, or `curve-missing` where the instrument reads a curve that is not there. */
  readonly reason: 'quote-missing' | 'curve-missing';
  /** The missing quote or curve. */
  readonly wants: string;
}

export interface Standing {
  /** Undefined where nothing is left. */
  readonly block: CurveBlock | undefined;
  readonly refused: readonly RefusedNode[];
}

export interface Missing {
  readonly reference: Day;
  /** Quotes by name. */
  readonly missing: ReadonlySet<string>;
  /** Whether a curve of an earlier block is there. */
  readonly stands: (curve: string) => boolean;
}

/** Blocks that were asked for without some instruments, so that the same remains are the same object: warm starts need that. */
const known = new WeakMap<CurveBlock, Map<string, Standing>>();
/** Remains that are kept of one block; when quotes come and go in more ways the oldest go. */
const KEPT = 64;

/** The block itself where all of it stands. */
export function standingBlock(block: CurveBlock, { reference, missing, stands }: Missing): Standing {
  const quotes = block.terms.quoteNames.filter((name) => missing.has(name));
  const own = new Set(block.curves.map(({ definition }) => definition.name));
  const gone = block.terms.points.curveNames.filter((name) => !own.has(name) && !stands(name));
  if (quotes.length + gone.length === 0) return { block, refused: [] };
  const kept = known.get(block) ?? new Map<string, Standing>();
  known.set(block, kept);
  const key = JSON.stringify([quotes, gone]);
  const found = kept.get(key);
  if (found) return found;
  const made = remains(block, { reference, missing, gone: new Set(gone) });
  if (kept.size >= KEPT) kept.delete(kept.keys().next().value!);
  kept.set(key, made);
  return made;
}

function remains(
  block: CurveBlock,
  {
    reference,
    missing,
    gone,
  }: { readonly reference: Day; readonly missing: ReadonlySet<string>; readonly gone: Set<string> },
): Standing {
  const refused: RefusedNode[] = [];
  const fault = ({ terms }: CalibrationInstrument): Pick<RefusedNode, 'reason' | 'wants'> | undefined => {
    const quote = [...quotesOf(terms)].find((name) => missing.has(name));
    if (quote !== undefined) return { reason: 'quote-missing', wants: quote };
    const curve = [...curvesOf(terms)].find((name) => gone.has(name));
    return curve === undefined ? undefined : { reason: 'curve-missing', wants: curve };
  };
  let definitions: readonly CurveDefinition[] = block.curves.map(({ definition }) => definition);
  for (let losing = true; losing; ) {
    losing = false;
    const left = definitions.map((definition): CurveDefinition => {
      const instruments = definition.instruments.filter((instrument) => {
        const why = fault(instrument);
        if (why)
          refused.push({
            curve: definition.name,
            label: instrument.label,
            pillar: instrument.pillar,
            ...why,
          });
        return why === undefined;
      });
      return { ...definition, instruments };
    });
    for (const { name, instruments } of left) {
      if (instruments.length > 0) continue;
      gone.add(name);
      losing = true;
    }
    definitions = left.filter(({ instruments }) => instruments.length > 0);
  }
  return { block: definitions.length === 0 ? undefined : compileBlock(definitions, reference), refused };
}
