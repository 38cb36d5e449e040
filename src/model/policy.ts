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
  | { readonly kind: 'ip'; readonly ranges: readonly IpRange[] }
  | { readonly kind: 'claim'; readonly claim: ClaimPath; readonly test: ClaimTest }
  | {
      readonly kind: 'compare';
      readonly left: Operand;
      readonly operator: '==' | '!=' | 'in';
      readonly right: Operand;
    };

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
  | { readonly kind: 'literal'; readonly value: string };

/** Own-property steps from the claims object: `claims.realm_access.roles` is `['realm_access', 'roles']`. */
export type ClaimPath = readonly string[];

/** A CIDR range in canonical text: the network address, a slash and the prefix length; IPv4-mapped IPv6 is IPv4. */
export interface IpRange {
  readonly family: 4 | 6;
  readonly text: string;
}
