/** Which assets a script observes on which schedules, so that missing fixings are found before it runs. */
import type { Expression, Script } from './ast';

export interface Observation {
  readonly asset: string;
  readonly schedule: string;
}

const within = (e: Expression): readonly Observation[] => {
  switch (e.kind) {
    case 'observe':
      return [{ asset: e.asset, schedule: e.schedule }];
    case 'negate':
    case 'not':
      return within(e.operand);
    case 'binary':
      return [...within(e.left), ...within(e.right)];
    case 'if':
      return [...within(e.test), ...within(e.then), ...within(e.otherwise)];
    case 'call':
      return e.arguments.flatMap(within);
    default:
      return [];
  }
};

export const observationsOf = (script: Script): readonly Observation[] =>
  script.statements.flatMap((s) => within(s.kind === 'let' ? s.value : s.amount));
