import type { Origin } from '../model/origin.ts';
import type { ClaimPath, ClaimTest, ExternalCall, IpRange } from '../model/policy.ts';

/**
 * An expression as the document has it, before names and comparisons are resolved. `text` is a bare string: the name
 * of a policy, or a comparison.
 */
export type PolicyBlock =
  | { readonly kind: 'all' | 'any'; readonly of: readonly PolicyBlock[]; readonly at: Origin }
  | { readonly kind: 'not'; readonly of: PolicyBlock; readonly at: Origin }
  | { readonly kind: 'text'; readonly text: string; readonly at: Origin }
  | { readonly kind: 'scope'; readonly scope: string; readonly at: Origin }
  | { readonly kind: 'role'; readonly role: string; readonly at: Origin }
  | { readonly kind: 'group'; readonly group: string; readonly at: Origin }
  | ExternalCall
  | { readonly kind: 'ip'; readonly ranges: readonly IpRange[]; readonly at: Origin }
  | { readonly kind: 'claim'; readonly claim: ClaimPath; readonly test: ClaimTest; readonly at: Origin };
