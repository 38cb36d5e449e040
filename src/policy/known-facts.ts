import type { Leaf } from './fold.ts';

/** How often the credentials that an operation accepts tell something. */
export type Yield = 'always' | 'sometimes' | 'never';

/** What the callers of an operation are known by. */
export interface Yields {
  /** The claims of a token, its scopes and roles among them. */
  readonly claims: Yield;
  /** The consumer behind a key, with its groups. */
  readonly consumer: Yield;
}

/** What is known before any request comes. */
export interface KnownFacts {
  readonly consumers: ReadonlyMap<string, { readonly groups: readonly string[] }>;
  readonly yields: Yields;
}

/** What a leaf needs of the caller's credentials. */
function factsOf(leaf: Leaf): readonly (keyof Yields)[] {
  switch (leaf.kind) {
    case 'scope':
    case 'role':
    case 'claim':
      return ['claims'];
    case 'group':
      return ['consumer'];
    case 'compare':
      return [leaf.left, leaf.right].flatMap(({ kind }) => {
        if (kind === 'claim') return ['claims'];
        return kind === 'consumer' ? ['consumer'] : [];
      });
    default:
      return [];
  }
}

/** The fact that makes a leaf unknown for every caller, if there is one. */
export function missingFact(leaf: Leaf, yields: Yields): keyof Yields | undefined {
  return factsOf(leaf).find((fact) => yields[fact] === 'never');
}
