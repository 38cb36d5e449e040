import type { Language, Token } from './token.ts';

/**
 * What a template may read: tokens of its language, booleans, safe integers, arrays and plain records of these. A bare
 * string, `undefined`, `null`, a function or a token of another language becomes `never` and does not type-check.
 */
export type View<T, L extends Language> = T extends Token
  ? T extends Token<L>
    ? T
    : never
  : T extends boolean | number
    ? T
    : T extends string | bigint | symbol | null | undefined | ((...given: never) => unknown)
      ? never
      : T extends readonly (infer Item)[]
        ? readonly View<Item, L>[]
        : { readonly [K in keyof T]: View<T[K], L> };
