import { posix } from 'node:path';
import type { AuthenticatorBlock } from '../../extension/index.ts';
import { sameContents } from '../root/same-contents.ts';

type Check = (field: 'issuer' | 'issuers' | 'audiences' | 'jwks', weaker: boolean, how: string) => void;

interface Trusted {
  readonly issuer: string | undefined;
  readonly audiences: readonly string[];
  readonly jwks: AuthenticatorBlock['jwks'];
}

/**
 * Compares whom a JWT authenticator trusts. One issuer in place of one other is another identity provider, as
 * environments have; every other issuer that is added is a weakening, and so are another audience or other keys of an
 * issuer that stays. True when some issuer stays.
 */
export function weakenedIssuers(
  before: AuthenticatorBlock,
  after: AuthenticatorBlock,
  check: Check,
): boolean {
  const [old, now] = [trustedBy(before), trustedBy(after)];
  const field = after.issuers === undefined ? 'issuer' : 'issuers';
  const kept = now.filter((one) => old.some((other) => mayBeSame(one, other)));
  const isReplaced = old.length === 1 && now.length === 1;
  check(field, !isReplaced && kept.length < now.length, 'trusts another issuer');
  for (const one of kept) {
    const same = old.find((other) => mayBeSame(one, other));
    const audiences = same?.audiences ?? [];
    const more = one.audiences.some((audience) => !audiences.includes(audience));
    check(after.issuers === undefined ? 'audiences' : field, more, 'accepts tokens for other audiences');
    const otherKeys = !sameContents(same?.jwks, one.jwks) || keyFile(same?.jwks) !== keyFile(one.jwks);
    check(after.issuers === undefined ? 'jwks' : field, otherKeys, 'differs for the same issuer');
  }
  return kept.length > 0;
}

/** Equal names of key files mean different files where they are written in different folders. */
function keyFile(jwks: AuthenticatorBlock['jwks']): string | undefined {
  const file = jwks === undefined || 'scheme' in jwks.value ? undefined : jwks.value.file;
  return file === undefined ? undefined : posix.join(posix.dirname(file.at.file), file.value);
}

/** An issuer that is not stated is the security scheme's, which may be any. */
function mayBeSame(one: Trusted, other: Trusted): boolean {
  return one.issuer === undefined || other.issuer === undefined || one.issuer === other.issuer;
}

function trustedBy({ issuer, issuers, audiences, jwks }: AuthenticatorBlock): readonly Trusted[] {
  const outer = (audiences?.value ?? []).map(({ value }) => value);
  if (issuers === undefined) return [{ issuer: issuer?.value.text, audiences: outer, jwks }];
  return issuers.value.map(({ value }) => ({
    issuer: value.issuer.value.text,
    audiences: value.audiences?.value.map((one) => one.value) ?? outer,
    jwks: value.jwks,
  }));
}
