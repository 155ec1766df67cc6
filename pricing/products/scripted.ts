/** A claim whose payoff is a script (`pricing/script`); its checks need a model's assets and come with pricing. */
import type { ScriptedClaim } from '../simulation/scripted-claim';

export interface ScriptedProduct extends ScriptedClaim {
  readonly kind: 'scripted';
}
