import type { Artifact } from '../../target.ts';
import type { Service } from './service.ts';

/**
 * One thing besides the guard itself that the verifier's decision may depend on. Header names are lower case, cookie
 * names as written. `path` is the raw path of the request, `query` the raw query without its question mark.
 * `certificate` is `$ssl_client_verify`, a blank and `$ssl_client_s_dn`; a single blank where there is no TLS.
 * `process` is the worker process, of this run: a decision that a secret's file decides does not outlive a reload.
 */
export type VerifierInput =
  | { readonly kind: 'authorization' }
  | { readonly kind: 'header'; readonly name: string }
  | { readonly kind: 'cookie'; readonly name: string }
  | { readonly kind: 'path' }
  | { readonly kind: 'query' }
  | { readonly kind: 'method' }
  | { readonly kind: 'address' }
  | { readonly kind: 'origin' }
  | { readonly kind: 'fetchSite' }
  | { readonly kind: 'certificate' }
  | { readonly kind: 'process' };

/**
 * Who may call an operation, as the verifier decides it. Operations that ask for the same share one guard.
 * `inputs` is ordered: input `i` reaches the verifier as the header `Gwc-Input-<i>` and takes part in the key of
 * cached decisions. An input of kind `cookie` is the value of the only cookie of that name, `,` when there are several.
 */
export interface Guard {
  /** 32 lower-case hexadecimal digits over everything that decides: the guard, its authenticators and their keys. */
  readonly id: string;
  readonly inputs: readonly VerifierInput[];
  /** How long the services that the verifier asks may take, in milliseconds. */
  readonly waitMs: number;
}

/** Everything the verifier needs to know of a gateway. */
export interface VerifierData {
  /** The guard of an operation, by its id; `undefined` for a public one. */
  readonly guardOf: (operation: { readonly id: string }) => Guard | undefined;
  /** Services that some guard asks, sorted by location. */
  readonly services: readonly Service[];
  /** `data/guards/<id>.json`, `data/authenticators/<name>.json`, `data/consumers/<digits>.json`, sorted by path. */
  readonly artifacts: readonly Artifact[];
}
