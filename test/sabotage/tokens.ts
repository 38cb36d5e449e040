import { edit, inTurn, type Sabotage } from './sabotage.ts';

const base64url = /^njs\/base64url\.js$/;
const claims = /^njs\/claims\.js$/;
const jws = /^njs\/jws\.js$/;
const json = /^njs\/json\.js$/;
const credentials = /^njs\/credentials\.js$/;
const keys = /^njs\/keys\.js$/;
const request = /^conf\/request\.conf$/;

/** Verifiers that take a credential for valid that is not. */
export const tokenSabotages: readonly Sabotage[] = [
  {
    name: 'any audience',
    rows: ['J15'],
    alter: edit(claims, 'audienceHolds(claims, trusted.audiences)', 'true'),
  },
  {
    name: 'any issuer',
    rows: ['J14'],
    alter: inTurn(
      edit(keys, 'found.length === 1 ? found[0] : undefined', 'issuers[0]'),
      edit(claims, 'claims.iss === trusted.issuer', 'true'),
    ),
  },
  { name: 'no expiry', rows: ['J12'], alter: edit(claims, 'now >= claims.exp + skew', 'false') },
  {
    name: 'an expiry of any type',
    rows: ['J12'],
    alter: edit(claims, '!isTime(claims.exp) ||', ''),
  },
  {
    name: 'an expiry is not needed',
    rows: ['J12'],
    alter: edit(
      claims,
      /if \((!strict\.hasOwn\(claims, 'exp'\)) \|\| (.*?)\) return false;/,
      (_, missing, rest) => `if (!(${missing}) && (${rest})) return false;`,
    ),
  },
  {
    name: 'not yet valid is valid',
    rows: ['J13'],
    alter: edit(claims, "begun(claims, 'nbf', skew, now)", 'true'),
  },
  {
    name: 'issued in the future',
    rows: ['J13'],
    alter: edit(claims, "begun(claims, 'iat', skew, now)", 'true'),
  },
  { name: 'no clock skew', rows: ['J12', 'J13'], alter: edit(claims, '+ skew', '+ 0') },
  {
    name: 'any algorithm of a key',
    rows: ['J8'],
    alter: edit(jws, 'if (key.algorithms.indexOf(algorithm) === -1) return false;', ''),
  },
  {
    name: 'no signature',
    rows: ['J19'],
    alter: edit(
      keys,
      "held ? { kind: 'valid', claims: payload } : invalid",
      "{ kind: 'valid', claims: payload }",
    ),
  },
  {
    name: 'critical header members are ignored',
    rows: ['J11'],
    alter: edit(jws, "strict.hasOwn(header, 'crit')", 'false'),
  },
  {
    name: 'an unencoded payload is ignored',
    rows: ['J11'],
    alter: edit(jws, "strict.hasOwn(header, 'b64')", 'false'),
  },
  {
    name: 'tokens of any type',
    rows: ['J16'],
    alter: edit(jws, 'mediaTypes.indexOf(header.typ.toLowerCase()) !== -1', 'true'),
  },
  {
    name: 'types compare with case',
    rows: ['J16'],
    alter: edit(jws, 'header.typ.toLowerCase()', 'header.typ'),
  },
  {
    name: 'a key for an unknown key id',
    rows: ['J9'],
    alter: edit(
      jws,
      'return found.length === 1 ? found[0] : undefined',
      'return found.length === 1 ? found[0] : keys.filter((key) => key.algorithms.indexOf(header.alg) !== -1)[0]',
    ),
  },
  {
    name: 'a key for a token without key id',
    rows: ['J9'],
    alter: edit(
      jws,
      'return keys.length === 1 ? keys[0] : undefined',
      'return keys.filter((key) => key.algorithms.indexOf(header.alg) !== -1)[0]',
    ),
  },
  {
    name: 'base64url in several spellings',
    rows: ['J17'],
    alter: edit(base64url, "bytes.toString('base64url') === part ? bytes : undefined", 'bytes'),
  },
  {
    name: 'duplicate keys',
    rows: ['J18'],
    alter: edit(json, 'membersIn(value, 1) === colonsIn(text)', 'membersIn(value, 1) >= 0'),
  },
  {
    name: 'a prototype as a key',
    rows: ['J18'],
    alter: edit(json, "names[i] === '__proto__'", 'false'),
  },
  {
    name: 'malformed UTF-8 in a token',
    rows: ['J18'],
    alter: edit(json, 'if (!isUtf8(bytes))', 'if (false)'),
  },
  {
    name: 'two places of a credential',
    rows: ['J5'],
    alter: edit(credentials, "if (found.length > 1) return { kind: 'ambiguous' };", ''),
  },
  {
    name: 'the first of two cookies',
    rows: ['J5'],
    alter: edit(request, /(\(\?<gw_c\d+>[^)]*\)\(\?:\\\\x3b)\(\?![^)]*\)/, (_, before) => before ?? ''),
  },
  {
    name: 'a cookie whose name ends alike',
    rows: ['J5'],
    alter: edit(request, '[\\\\x20\\\\x09]*+anywhere', '[^\\\\x3b]*?anywhere'),
  },
  {
    name: 'any scheme that ends in bearer',
    rows: ['J3'],
    alter: edit(
      credentials,
      'if (value.slice(0, scheme.length).toLowerCase() !== scheme) return none;',
      'const start = value.toLowerCase().indexOf(scheme); if (start === -1) return none; value = value.slice(start);',
    ),
  },
];
