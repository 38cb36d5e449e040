/** A parsed RFC 9535 query. */
export interface JsonPath {
  /** `$` (the whole document) or `@` (the value that a filter looks at). */
  readonly from: '$' | '@';
  readonly segments: readonly Segment[];
}

export interface Segment {
  /** `..`: the values below, at any depth, too. */
  readonly descend: boolean;
  readonly selectors: readonly Selector[];
}

export type Selector =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'index'; readonly index: number }
  | {
      readonly kind: 'slice';
      readonly start: number | undefined;
      readonly end: number | undefined;
      readonly step: number;
    }
  | { readonly kind: 'filter'; readonly condition: Condition };

export type Condition =
  | { readonly kind: 'or' | 'and'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition }
  | { readonly kind: 'exists'; readonly path: JsonPath }
  | {
      readonly kind: 'compare';
      readonly operator: Operator;
      readonly left: Operand;
      readonly right: Operand;
    };

export type Operator = '==' | '!=' | '<' | '<=' | '>' | '>=';

/** Something with one value, or with none. `match` and `search` are left out: their expressions could run without end. */
export type Operand =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'path'; readonly path: JsonPath }
  | { readonly kind: 'length'; readonly of: Operand }
  | { readonly kind: 'count' | 'value'; readonly path: JsonPath };

/** Does the query select at most one value (RFC 9535 §2.3.5.1)? */
export function isSingular(path: JsonPath): boolean {
  return path.segments.every(
    ({ descend, selectors }) =>
      !descend && selectors.length === 1 && (selectors[0]?.kind === 'name' || selectors[0]?.kind === 'index'),
  );
}
