import type { AuthorizerOutput } from './authorizer-output.ts';

/** Policies by identity, for all methods of an authorizer (API Gateway Developer Guide, "Lambda authorizers", caching). */
export interface AuthorizerCache {
  readonly find: (key: string, now: number) => AuthorizerOutput | undefined;
  readonly keep: (key: string, output: AuthorizerOutput, until: number) => void;
}

/** Times are Unix times in milliseconds. */
export function authorizerCache(): AuthorizerCache {
  const entries = new Map<string, { readonly output: AuthorizerOutput; readonly until: number }>();
  return {
    find: (key, now) => {
      const entry = entries.get(key);
      return entry !== undefined && now < entry.until ? entry.output : undefined;
    },
    keep: (key, output, until) => void entries.set(key, { output, until }),
  };
}
