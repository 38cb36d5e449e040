import type { Origin } from './origin.ts';

/**
 * An authorization expression (LANGUAGE.md §5), references to named policies already resolved but still named, so
 * that a person can be told which policy decided. Evaluated with Kleene's three values; unknown at the top is denial.
 */
export type Expression =
  | { readonly kind: 'all'; readonly of: readonly Expression[] }
  | { readonly kind: 'any'; readonly of: readonly Expression[] }
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'policy'; readonly name: string; readonly is: Expression }
  | { readonly kind: 'scope'; readonly scope: string }
  | { readonly kind: 'role'; readonly role: string }
  /** The consumer has the group; unknown when the identity is no consumer. */
  | { readonly kind: 'group'; readonly group: string }
  | { readonly kind: 'ip'; readonly ranges: readonly IpRange[] }
  | { readonly kind: 'claim'; readonly claim: ClaimPath; readonly test: ClaimTest }
  | {
      readonly kind: 'compare';
      readonly left: Operand;
      readonly operator: '==' | '!=' | 'in';
      readonly right: Operand;
    }
  | ExternalCall;

/**
 * A question to a service: POST with the JSON text `{"input": {…}}`. Status 200 with `{"result": true}` is true, with
 * `{"result": false}` is false; every other answer, and none within the time, is unknown.
 */
export interface ExternalCall {
  readonly kind: 'external';
  /** Name of a back end. */
  readonly backend: string;
  /** Canonical raw path, below the back end's base path. */
  readonly path: string;
  readonly timeoutMs: number;
  /** The members of `input`; no fact twice, in the order of `sentFacts`. */
  readonly send: readonly SentFact[];
  /** How long an answer may be kept for the same question; 0 asks for each request. */
  readonly cacheSeconds: number;
  readonly at: Origin;
}

/**
 * What a service may be told. `method` is the operation's own; `path` and `query` are raw; `ip` is the client address
 * behind trusted proxies; `claims` is the object of the token, `consumer` is `{id, groups}`; null where there is none.
 */
export type SentFact = 'method' | 'path' | 'query' | 'claims' | 'consumer' | 'ip';

export type ClaimTest =
  | { readonly kind: 'equals'; readonly value: Scalar }
  | { readonly kind: 'in'; readonly values: readonly Scalar[] }
  | { readonly kind: 'contains'; readonly value: Scalar }
  | { readonly kind: 'exists'; readonly expected: boolean };

export type Scalar = string | number | boolean;

export type Operand =
  | { readonly kind: 'claim'; readonly claim: ClaimPath }
  | { readonly kind: 'path'; readonly name: string }
  | { readonly kind: 'query'; readonly name: string }
  | { readonly kind: 'header' /** lower case */; readonly name: string }
  | { readonly kind: 'method' }
  /** `consumer.id`: the name of the consumer; missing when the identity is no consumer. */
  | { readonly kind: 'consumer' }
  | { readonly kind: 'literal'; readonly value: string };

/** Own-property steps from the claims object: `claims.realm_access.roles` is `['realm_access', 'roles']`. */
export type ClaimPath = readonly string[];

/** A CIDR range in canonical text: the network address, a slash and the prefix length; IPv4-mapped IPv6 is IPv4. */
export interface IpRange {
  readonly family: 4 | 6;
  readonly text: string;
}
