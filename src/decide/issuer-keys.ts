import type { Algorithm, KeySource, SymmetricAlgorithm } from '../model/authentication.ts';
import type { Services } from './decision.ts';
import { parseKeySet } from './key-set.ts';
import type { SharedKey, SigningKeys } from './verify-signature.ts';

/** RFC 7518 §3.2: a key of at least the size of the hash output, in bytes. */
const hashBytes: Readonly<Record<SymmetricAlgorithm, number>> = { HS256: 32, HS384: 48, HS512: 64 };

/** The keys of a source now; undefined when it has none (BEHAVIOUR.md J24). */
export function keysOf(
  source: KeySource,
  allowed: readonly Algorithm[],
  { keySet, secrets }: Services,
): SigningKeys | undefined {
  switch (source.kind) {
    case 'pinned':
      return source.keys;
    case 'remote':
    case 'discovery':
      return parsed(keySet?.(source.url), allowed);
    case 'stored':
      return parsed(secrets?.get(source.secret), allowed);
    case 'shared':
      return sharedKey(secrets?.get(source.secret), allowed);
  }
}

function parsed(text: string | undefined, allowed: readonly Algorithm[]): SigningKeys | undefined {
  return text === undefined ? undefined : parseKeySet(text, allowed);
}

/** The bytes of the secret without one final line feed, for every algorithm that they are long enough for. */
function sharedKey(
  text: string | undefined,
  allowed: readonly Algorithm[],
): readonly SharedKey[] | undefined {
  const secret = Buffer.from((text ?? '').replace(/\n$/, ''), 'utf8');
  const algorithms = (Object.keys(hashBytes) as SymmetricAlgorithm[]).filter(
    (one) => allowed.includes(one) && secret.length >= hashBytes[one],
  );
  return algorithms.length === 0 ? undefined : [{ kid: undefined, algorithms, secret }];
}
