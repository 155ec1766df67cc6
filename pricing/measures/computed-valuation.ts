/** Valuations whose Greeks and working are computed when they are first read. */
import type { Valuation } from '../contract';

type Computed = Pick<Valuation, 'greeks' | 'explain'>;

/** Greeks cost some twenty values, steps of an explanation some more: each is computed when first read, once. */
export const withComputed = (
  rest: Omit<Valuation, keyof Computed>,
  compute: { readonly [name in keyof Computed]: () => Computed[name] },
): Valuation => {
  let greeks: Valuation['greeks'] | undefined;
  let explain: Valuation['explain'] | undefined;
  return {
    ...rest,
    get greeks() {
      greeks ??= compute.greeks();
      return greeks;
    },
    get explain() {
      explain ??= compute.explain();
      return explain;
    },
  };
};
