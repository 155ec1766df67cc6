/** A short form for pricers under Black–Scholes, and the order that dates and levels must have. */
import { failure, type Result, success } from '../contract';
import { type AnyPricer, anyPricer } from '../registry';
import { type ClosedForm, closedForm } from './closed-form';
import type { BlackScholesModel } from './option-models';

export const under = <P extends { readonly kind: string }>(
  form: Omit<ClosedForm<P, BlackScholesModel>, 'model'>,
): AnyPricer => anyPricer(closedForm<P, BlackScholesModel>({ ...form, model: 'black-scholes' }));

export const within = (inner: number, outer: number, what: string): Result<true> =>
  inner <= outer
    ? success(true)
    : failure('dates-must-be-in-order', `${what}: ${inner} is after ${outer} years.`);
