/** Parts that several products have, as the documentation and `--schema` list them. */
const leg = {
  type: 'fixed or floating',
  pays: 'true or false',
  currency: 'ISO code',
  notional: 'amount, or a list by period; the last one stays',
  dayCount: 'by its name',
  schedule: 'object, see schedule',
  rate: 'of a fixed leg: decimal, or a list by period',
  index: 'of a floating leg: rate index by its name',
  spread: 'decimal (0 when absent)',
  gearing: 'multiple of the index (1 when absent)',
  averaged: 'true: overnight rates are averaged, not compounded (false when absent)',
  forwardOver: 'index-period (when absent) or accrual-period (par coupons)',
  fixingLag: "business days (the index's when absent)",
  stubs: '{first: {index, to}, last: {index, to}}: rates of odd periods, interpolated where there is a `to`',
  paymentLag: 'business days (0 when absent)',
  paymentConvention: "the schedule's when absent",
  paymentCalendar: "the schedule's when absent",
  exchange: 'of notional: none (when absent), final, both',
  resets: '{currency, notional, fixingLag}: the notional follows another currency, marked to market',
};

const schedule = {
  start: 'date',
  end: 'date, or a tenor from the start such as 5Y',
  tenor: 'of a period, such as 6M',
  calendar: 'by its name, several joined by +',
  convention: 'Following, ModifiedFollowing, Preceding, Unadjusted, …',
  terminationConvention: 'of the last date (the convention when absent)',
  rule: 'Backward (when absent), Forward, Zero, ThirdWednesday, …',
  endOfMonth: 'true or false (when absent)',
  first: 'end of a first stub (optional)',
  nextToLast: 'start of a last stub (optional)',
};

export const partMeanings = {
  leg: { about: 'a leg of a swap; of a cap without pays, spread, gearing, stubs and resets', fields: leg },
  schedule: { about: 'the periods of a leg or a bond', fields: schedule },
};
