import type { Authenticator } from '../../../model/authentication.ts';
import type { ForwardData } from './guard-data.ts';

/** What an authenticator forwards. `ownedHeaders` are the gateway's, in its order. */
export function forwardData(
  { forward }: Pick<Authenticator, 'forward'>,
  ownedHeaders: readonly string[],
): readonly ForwardData[] {
  const owned = ownedHeaders.map((name) => name.toLowerCase());
  return forward.map(({ header, fact }) => ({
    header: owned.indexOf(header.toLowerCase()),
    ...(fact.kind === 'claim' ? { claim: fact.claim } : {}),
  }));
}
