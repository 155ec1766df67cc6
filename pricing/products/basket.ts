/** European options on a basket of several assets: their weighted average, a spread of them, the best or the worst. */
import { failure, type Result, success } from '../contract';
import type { Right } from '../models/black';
import { datesAhead } from './product-times';

export interface BasketOption {
  readonly kind: 'basket-option';
  /** What is compared with the strike: the weighted sum of the prices, or the highest or lowest weighted price. */
  readonly on: 'sum' | 'best' | 'worst';
  /** By asset, in the order of the model's assets or by name; weights below zero make a spread. */
  readonly assets: readonly { readonly name: string; readonly weight: number }[];
  readonly right: Right;
  readonly strike: number;
  readonly time: number;
}

const NAME = /^[A-Za-z_]\w*$/;

export function basketOption(book: Omit<BasketOption, 'kind'>): Result<BasketOption> {
  const { assets, time, strike, on } = book;
  const names = assets.map(({ name }) => name);
  if (assets.length === 0 || new Set(names).size < names.length)
    return failure(
      'basket-must-have-assets',
      `the assets are ${names.join(', ') || 'none'}. Name each once.`,
    );
  const odd = names.find((name) => !NAME.test(name));
  if (odd !== undefined)
    return failure('asset-name-must-be-a-word', `asset "${odd}": use letters, digits and _ alone.`);
  const off = assets.find(
    ({ weight }) => !Number.isFinite(weight) || weight === 0 || (on !== 'sum' && weight < 0),
  );
  if (off) {
    const wanted = on === 'sum' ? 'other than zero' : 'above zero';
    return failure('weight-must-count', `asset ${off.name} has weight ${off.weight}. Give one ${wanted}.`);
  }
  if (!Number.isFinite(strike)) return failure('strike-must-be-finite', `the strike is ${strike}.`);
  const dated = datesAhead('basket-option', time, [time]);
  if (!dated.ok) return dated;
  return success({ kind: 'basket-option', ...book });
}
