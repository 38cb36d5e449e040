import type { Authentication, Authenticator } from '../../model/authentication.ts';
import type { Yields } from '../../policy/index.ts';

type Kinds = ReadonlyMap<string, Authenticator['kind']>;
type Yield = Yields['claims'];

const tokens: ReadonlySet<Authenticator['kind']> = new Set(['jwt', 'introspection', 'external']);
const keys: ReadonlySet<Authenticator['kind']> = new Set(['api-key']);

/** What callers of an operation are known by. A public one has a finding of its own; nothing is said of it here. */
export function yieldsOf(authentication: Authentication | undefined, kinds: Kinds): Yields {
  return { claims: yieldOf(authentication, kinds, tokens), consumer: yieldOf(authentication, kinds, keys) };
}

function yieldOf(
  authentication: Authentication | undefined,
  kinds: Kinds,
  telling: ReadonlySet<Authenticator['kind']>,
): Yield {
  if (authentication === undefined || authentication.kind === 'public') return 'always';
  const alternatives = authentication.anyOf
    .filter((alternative) => alternative.length > 0)
    .map((alternative) => alternative.map(({ authenticator }) => kinds.get(authenticator)));
  const tells = (kind: Authenticator['kind'] | undefined): boolean => kind !== undefined && telling.has(kind);
  if (alternatives.every((alternative) => alternative.some(tells))) return 'always';
  const mayTell = (kind: Authenticator['kind'] | undefined): boolean => kind === undefined || tells(kind);
  return alternatives.some((alternative) => alternative.some(mayTell)) ? 'sometimes' : 'never';
}
