/**
 * The time by which a quote is ordered and grows old. A venue's clock may be a little ahead of ours, and its quotes keep
 * their own times then: held to ours, they would hang on when the step ran. One that is far ahead is wrong, and would hide
 * all that is told rightly after it: its quotes are of now.
 */
export const MAY_BE_AHEAD_MICROS = 1_000_000;

export const quoteTime = (told: number, now: number): number =>
  told <= now + MAY_BE_AHEAD_MICROS ? told : now;
