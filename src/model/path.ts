import type { Sourced } from './origin.ts';

/** A piece of one path segment. `{base}...{head}` is parameter, literal, parameter. */
export type Piece =
  | {
      readonly kind: 'literal' /** Canonical raw bytes: what stands in a request target. */;
      readonly text: string;
    }
  | { readonly kind: 'parameter'; readonly name: string };

/**
 * One segment between slashes. `plain` segments hold pieces; a parameter never matches the empty string and never a
 * slash. `greedy` matches the rest of the path, slashes included, at least one character; it is always the last.
 * A trailing slash is a last plain segment without pieces.
 */
export type Segment =
  | { readonly kind: 'plain'; readonly pieces: readonly Piece[] }
  | { readonly kind: 'greedy'; readonly name: string };

/** Bytes that one operation's parameters may carry although the path profile (BEHAVIOUR.md §2.2) refuses them. */
export interface PathCharacters {
  readonly characters: readonly PathCharacter[];
  readonly reason: string;
}
export type PathCharacter = ';' | '%3B' | '%2F' | '%5C' | '%25';

/** A path that follows the back end's base path: literal text and parameters, always beginning with a slash. */
export type UpstreamPiece =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'parameter'; readonly name: string };

/**
 * `below`: the back end's base path followed by the raw target below the front door's base path, byte for byte.
 * `template`: a `rewrite`, behind the same base path; parameters are copied raw from the request target.
 * The query string is always forwarded verbatim after it.
 */
export type UpstreamTarget =
  | { readonly kind: 'below' }
  | { readonly kind: 'template'; readonly pieces: Sourced<readonly UpstreamPiece[]> };
