/** Requests as tests write them: the standard schemas and pricers, answers or faults as plain values. */
import { standardRegistry } from '../../../pricing/pricers';
import {
  type AnsweredRow,
  isFailed,
  type PricedRow,
  type PriceRequest,
  priceRequest,
} from '../../../pricing/request';
import { standardModels } from '../../../pricing/request/standard-models';
import { standardProducts } from '../../../pricing/request/standard-products';

export type Models = PriceRequest['models'];
export type ProductRow = PriceRequest['products'][number];

export const answers = (
  valuation: string,
  models: Models,
  products: readonly ProductRow[],
): readonly AnsweredRow[] =>
  priceRequest(
    {
      context: { valuationTime: Date.parse(`${valuation}T00:00:00Z`) * 1000, snapshot: 'test' },
      models,
      products,
    },
    { products: standardProducts, models: standardModels },
    standardRegistry,
  );

/** The answer of one row, which must not fail. */
export function answered(valuation: string, models: Models, product: ProductRow): PricedRow {
  const [answer] = answers(valuation, models, [product]);
  if (!answer || isFailed(answer)) throw new Error(JSON.stringify(answer));
  return answer;
}

/** Row, field and rule of every fault. */
export const faultsOf = (rows: readonly AnsweredRow[]): readonly string[] =>
  rows.flatMap((row) =>
    isFailed(row) ? row.failures.map(({ field, reason }) => `${row.row} ${field}: ${reason}`) : [],
  );

/** A figure of the explanation by its name. */
export function explained(answer: PricedRow, name: string): number {
  const step = answer.explain.find((one) => one.name === name);
  if (typeof step?.value !== 'number') throw new Error(`no figure "${name}" in the explanation`);
  return step.value;
}
