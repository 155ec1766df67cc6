/**
 * The payoff language as a tree. A script says what is observed and what is paid; it has no loops, no assignment
 * after `let`, and no way to reach anything but the numbers it is given, so it always ends.
 *
 *   let average = mean(SPX@monthly);
 *   pay if min(SPX@daily) > 80 then max(average - 100, 0) else 0 at expiry;
 */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export type BinaryOperator =
  | '+'
  | '-'
  | '*'
  | '/'
  | '^'
  | '<'
  | '<='
  | '>'
  | '>='
  | '=='
  | '!='
  | 'and'
  | 'or';

export type Expression = { readonly at: Position } & (
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'name'; readonly name: string }
  /** An asset's fixings on the dates of a schedule. */
  | { readonly kind: 'observe'; readonly asset: string; readonly schedule: string }
  | { readonly kind: 'negate' | 'not'; readonly operand: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'if';
      readonly test: Expression;
      readonly then: Expression;
      readonly otherwise: Expression;
    }
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly Expression[] }
);

export type Statement = { readonly at: Position } & (
  | { readonly kind: 'let'; readonly name: string; readonly value: Expression }
  /** Pays on the schedule's dates; `exercise` lets the holder take one of the amounts instead and end the contract. */
  | { readonly kind: 'pay' | 'exercise'; readonly amount: Expression; readonly schedule: string }
);

export interface Script {
  readonly statements: readonly Statement[];
  /** Nodes of the tree; the work of a run is this times dates times paths. */
  readonly nodes: number;
}

/** Raised inside the folder only; the public functions answer it as a `Failure`. */
export class ScriptError extends Error {
  readonly reason: string;
  constructor(reason: string, at: Position, detail: string) {
    super(`line ${at.line}, column ${at.column}: ${detail}`);
    this.reason = reason;
  }
}

export const scriptLimits = {
  characters: 20_000,
  nodes: 2_000,
  /** Brackets, `if`s and signs within each other. */
  depth: 60,
  dates: 5_000,
  /** Values a path that are alive at once: a block of paths holds eight kilobytes for each. */
  columns: 100_000,
  assets: 50,
} as const;
