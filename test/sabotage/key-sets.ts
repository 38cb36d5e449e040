import type { NamedSabotage } from './named-sabotage.ts';
import { edit, inTurn } from './sabotage.ts';

const njs = (name: string): RegExp => new RegExp(`^njs/${name}\\.js$`);

/** Verifiers that take the wrong key for the right one, or none for one. */
export const keySetSabotages: readonly NamedSabotage[] = [
  {
    name: 'keys of the first issuer for every token',
    noticedBy: 'a pinned key for a fetched issuer',
    alter: edit(
      njs('keys'),
      'keySource.find(signed.header, trusted.keys,',
      'keySource.find(signed.header, authenticator.issuers[0].keys,',
    ),
  },
  {
    name: 'the first issuer for tokens of nobody',
    noticedBy: 'an issuer that nobody trusts',
    alter: inTurn(
      edit(
        njs('keys'),
        'found.length === 1 ? found[0] : undefined',
        'found.length === 1 ? found[0] : issuers[0]',
      ),
      edit(njs('claims'), 'claims.iss === trusted.issuer', 'true'),
    ),
  },
  {
    name: 'audiences of every issuer',
    noticedBy: 'the audience of another issuer',
    alter: edit(njs('claims'), 'audienceHolds(claims, trusted.audiences)', "claims.aud !== 'other'"),
  },
  {
    name: 'any key of the algorithm for a token without key id',
    noticedBy: 'no key id where the fetched set has several',
    alter: edit(
      njs('jws'),
      'return keys.length === 1 ? keys[0] : undefined',
      'return keys.filter((key) => key.algorithms.indexOf(header.alg) !== -1)[0]',
    ),
  },
  {
    name: 'one of two keys of a name',
    noticedBy: 'a key id that two keys have',
    alter: edit(njs('jws'), 'found.length === 1 ? found[0] : undefined', 'found[0]'),
  },
  {
    name: 'keys for encryption verify',
    noticedBy: 'a key for encryption',
    alter: edit(njs('key-set'), "if (use !== undefined && use !== 'sig') return false;", ''),
  },
  {
    name: 'private keys verify',
    noticedBy: 'a private key in the set',
    alter: edit(njs('key-set'), 'privateMembers.some((member) => strict.hasOwn(jwk, member)) ||', ''),
  },
  {
    name: 'keys of other operations verify',
    noticedBy: 'a key whose operations do not verify',
    alter: edit(
      njs('key-set'),
      "operations === undefined || (Array.isArray(operations) && operations.indexOf('verify') !== -1)",
      'true',
    ),
  },
  {
    name: 'tokens without keys are invalid',
    noticedBy: 'a key set that nobody serves',
    alter: edit(
      njs('keys'),
      "if (found.kind === 'unavailable') return { kind: 'unavailable' };",
      "if (found.kind === 'unavailable') return invalid;",
    ),
  },
  {
    name: 'tokens without keys are valid',
    noticedBy: 'a token that cannot be judged is not anonymous',
    alter: edit(
      njs('keys'),
      "if (found.kind === 'unavailable') return { kind: 'unavailable' };",
      "if (found.kind === 'unavailable') return { kind: 'valid', claims: payload };",
    ),
  },
  {
    name: 'keys are sought for tokens that cannot hold',
    noticedBy: 'an expired token is invalid, keys or not',
    alter: inTurn(
      edit(
        njs('keys'),
        'if (trusted === undefined || !claims.hold(payload, trusted, authenticator.clockSkewSeconds, now))',
        'if (trusted === undefined)',
      ),
      edit(
        njs('keys'),
        'return held ?',
        'return held && claims.hold(payload, trusted, authenticator.clockSkewSeconds, now) ?',
      ),
    ),
  },
  {
    name: 'the configuration of any issuer',
    noticedBy: 'a key of another set behind a configuration of another issuer',
    alter: edit(njs('key-sets'), 'configuration.issuer !== settings.issuer', 'false'),
  },
  {
    name: 'key sets of any status',
    noticedBy: 'a key set with status 500',
    alter: edit(njs('key-sets'), 'if (reply.status !== 200) throw', 'if (reply.status === 0) throw'),
  },
  {
    name: 'the line end belongs to a shared secret',
    noticedBy: 'the secret with its line end',
    alter: edit(njs('secret-file'), 'bytes.slice(0, last)', 'bytes'),
  },
  {
    name: 'short shared secrets',
    noticedBy: 'a shared secret that is too short',
    alter: edit(njs('key-source'), 'secret.length >= hashBytes[one]', 'true'),
  },
  {
    name: 'a missing shared secret is empty',
    noticedBy: 'the empty secret where it is missing',
    alter: inTurn(
      edit(njs('key-source'), 'secret.length >= hashBytes[one]', 'true'),
      edit(
        njs('key-source'),
        'if (secret === undefined) return undefined;',
        "if (secret === undefined) secret = Buffer.from('');",
      ),
    ),
  },
  {
    name: 'codes compare as far as they go',
    noticedBy: 'a shortened signature',
    alter: inTurn(
      edit(njs('jws'), 'if (code.length !== jws.signature.length) return false;', ''),
      edit(njs('jws'), 'i < code.length;', 'i < jws.signature.length;'),
    ),
  },
  {
    name: 'a shared secret for every algorithm',
    noticedBy: 'an algorithm that is not listed',
    alter: inTurn(
      edit(njs('keys'), '|| authenticator.algorithms.indexOf(signed.header.alg) === -1', ''),
      edit(
        njs('key-source'),
        'const usable = algorithms.filter(',
        "const usable = ['HS256', 'HS384', 'HS512'].filter(",
      ),
    ),
  },
];
