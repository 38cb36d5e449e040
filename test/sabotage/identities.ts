import type { Authentication } from '../../src/model/authentication.ts';
import type { NamedSabotage } from './named-sabotage.ts';
import { edit, features, inTurn } from './sabotage.ts';

const njs = (name: string): RegExp => new RegExp(`^njs/${name}\\.js$`);
const guards = /^conf\/guards\.conf$/;
const fronts = /^conf\/front-\d+\.conf$/;

/** Verifiers that take keys, passwords and certificates for what they are not. */
export const identitySabotages: readonly NamedSabotage[] = [
  {
    name: 'every key of a bucket is the same key',
    noticedBy: 'a key whose hash begins alike',
    alter: inTurn(
      edit(njs('consumers'), "if (!strict.hasOwn(known, hash)) return { kind: 'invalid' };", ''),
      edit(njs('consumers'), 'known[hash]', 'known[Object.keys(known)[0]]'),
    ),
  },
  {
    name: 'every key is a key of the first consumer',
    noticedBy: 'a key of nobody',
    alter: inTurn(
      edit(njs('consumers'), 'const bucket = hash.slice(0, 2);', 'const bucket = authenticator.buckets[0];'),
      edit(njs('consumers'), "if (!strict.hasOwn(known, hash)) return { kind: 'invalid' };", ''),
      edit(njs('consumers'), 'known[hash]', 'known[Object.keys(known)[0]]'),
    ),
  },
  {
    name: 'keys compare without case',
    noticedBy: 'a key in another case',
    alter: edit(njs('consumers'), 'update(bytes)', 'update(bytes.toString().toLowerCase())'),
  },
  {
    name: 'keys compare as hashes',
    noticedBy: 'the hash of a key',
    alter: edit(
      njs('consumers'),
      "hashes.createHash('sha256').update(bytes).digest('hex')",
      'bytes.toString()',
    ),
  },
  {
    name: 'the first of two parameters',
    noticedBy: 'the parameter twice',
    alter: edit(njs('credentials'), 'if (values.length > 1) return malformed;', ''),
  },
  {
    name: 'two places of a key',
    noticedBy: 'a key in two places',
    alter: edit(njs('credentials'), "if (found.length > 1) return { kind: 'ambiguous' };", ''),
  },
  {
    name: 'names of parameters as written',
    noticedBy: 'the parameter twice in two spellings',
    alter: edit(
      njs('request'),
      /if \(decode\((equals[^;]*?)\) === name\)/,
      (_, raw) => `if ((${raw}) === name)`,
    ),
  },
  {
    name: 'a bad key counts as none',
    noticedBy: 'a bad key where it is optional',
    alter: edit(njs('decision'), "if (presented.some((one) => one.kind !== 'absent')) {", 'if (false) {'),
  },
  {
    name: 'any answer about a password is yes',
    noticedBy: 'a wrong password',
    alter: edit(njs('basic'), 'answer.status === 204', 'answer.status !== 0'),
  },
  {
    name: 'nobody compares passwords',
    noticedBy: 'a password that is too short',
    alter: edit(/^conf\/questions\.conf$/, 'auth_basic users;', 'auth_basic off;'),
  },
  {
    name: 'a password ends at a NUL',
    noticedBy: 'a password with a NUL',
    alter: edit(njs('basic'), 'if (bytes[i] < 0x20 || bytes[i] === 0x7f) return undefined;', ''),
  },
  {
    name: 'a missing users file refuses everybody',
    noticedBy: 'a users file that is missing',
    alter: edit(njs('basic'), "answer.status === 401 ? 'invalid' : 'unavailable'", "'invalid'"),
  },
  {
    name: 'certificates of every subject',
    noticedBy: 'a subject that begins alike',
    alter: edit(njs('identities'), 'authenticator.subjects === undefined ||', 'true ||'),
  },
  {
    name: 'certificates of any authority',
    noticedBy: 'a certificate of another authority at public',
    alter: edit(fronts, 'ssl_verify_client optional;', 'ssl_verify_client optional_no_ca;'),
  },
  {
    name: 'certificates of any authority name their holder',
    noticedBy: 'a certificate of another authority at certificate',
    alter: inTurn(
      edit(fronts, 'ssl_verify_client optional;', 'ssl_verify_client optional_no_ca;'),
      edit(njs('credentials'), "value.slice(0, blank) !== 'SUCCESS'", 'false'),
    ),
  },
  {
    name: 'a required certificate is not required',
    noticedBy: 'a required certificate that is missing',
    alterModel: features('certificateRequired', () => ({ clientCertificate: undefined })),
  },
  {
    name: 'a required certificate will do without a key',
    noticedBy: 'a required certificate does not replace a key',
    alterModel: features('certificateRequiredKey', ({ authentication }) => ({
      authentication: { ...authentication, value: { kind: 'public', reason: undefined } },
    })),
  },
  {
    name: 'headers about certificates stay',
    noticedBy: 'forged headers where no certificate is needed',
    alter: edit(fronts, /proxy_set_header "?X-Cert-Subject"? [^;]*;/, ''),
  },
  {
    name: 'cached decisions do not know the certificate',
    noticedBy: 'a decision about one certificate is none about another',
    alter: edit(
      guards,
      /(proxy_cache_key [^;]*?)\$\{?ssl_client_verify\}? \$\{?ssl_client_s_dn\}?/,
      (_, key) => String(key),
    ),
  },
  {
    name: 'cached decisions do not know the query',
    noticedBy: 'a decision about one key in the query is none about another',
    alter: edit(guards, /(proxy_cache_key [^;]*?)\$\{gw_args\}/, (_, key) => String(key)),
  },
  {
    name: 'cached decisions do not know the key',
    noticedBy: 'a decision about one key is none about another',
    alter: edit(guards, /(proxy_cache_key [^;]*?)\$\{gw_header_\d+\}/, (_, key) => String(key)),
  },
  {
    name: 'half of an AND will do',
    noticedBy: 'a token without a key',
    alterModel: features('keyAndToken', ({ authentication }) => ({
      authentication: { ...authentication, value: each(authentication.value) },
    })),
  },
  {
    name: 'the second half of an AND is forgotten',
    noticedBy: 'a certificate without its key',
    alterModel: features('keyAndCertificate', ({ authentication }) => ({
      authentication: { ...authentication, value: lasts(authentication.value) },
    })),
  },
  {
    name: 'the first cookie decides about other sites',
    noticedBy: 'a cookie beside a token needs an origin',
    alter: edit(njs('decision'), 'winners.some((one) => one.fromCookie)', 'winners[0].fromCookie'),
  },
  {
    name: 'keys in cookies need no origin',
    noticedBy: 'a key in a cookie of another site',
    alter: edit(njs('decision'), 'identity.fromCookie = presented.fromCookie;', ''),
  },
  {
    name: 'a bad key is a bad token',
    noticedBy: 'a bad key alone is no bad token',
    alter: edit(
      njs('decision'),
      "(one, index) => one.kind !== 'absent' && hasClaims(authenticators[index])",
      '() => true',
    ),
  },
  {
    name: 'one challenge for every scheme',
    noticedBy: 'a challenge for each scheme',
    alter: edit(njs('decision'), 'return guard.challenges.map', 'return guard.challenges.slice(0, 1).map'),
  },
  {
    name: 'consumers are in every group',
    noticedBy: 'a consumer of another group',
    alter: edit(
      njs('rule'),
      'return holds(identity.groups, step.group);',
      'return identity.groups !== undefined;',
    ),
  },
  {
    name: 'claims of the first identity only',
    noticedBy: 'the group of the key and the role of the token',
    alter: edit(njs('decision'), 'winners.find((one) => one.claims !== undefined)', 'winners[0]'),
  },
  {
    name: 'keys in the query go on',
    noticedBy: 'a key in the query goes no further',
    alter: edit(fronts, '${gw_kept_query}', '${gw_query}'),
  },
  {
    name: 'keys in the query go to the login page',
    noticedBy: 'a login redirect without the key',
    alter: edit(
      njs('query'),
      'without(target.slice(mark), r.variables.gw_query_credentials)',
      'target.slice(mark)',
    ),
  },
  {
    name: 'keys in the query are logged',
    noticedBy: 'a key in the query goes no further',
    alter: edit(/^conf\/log\.conf$/, '[^?]*+', '.*+'),
  },
  {
    name: 'keys in headers go on',
    noticedBy: 'a key in a header',
    alter: edit(fronts, /proxy_set_header "?X-Partner-Key"? [^;]*;/, ''),
  },
  {
    name: 'keys in cookies go on',
    noticedBy: 'a key in a cookie',
    alter: edit(fronts, /proxy_set_header "?Cookie"? [^;]*;/, ''),
  },
  {
    name: 'passwords go on',
    noticedBy: 'a password goes no further where asked',
    alter: edit(fronts, /proxy_set_header "?Authorization"? \S*gw_not_basic\S*;/, ''),
  },
  {
    name: 'nobody is told which consumer it was',
    noticedBy: 'a key of another consumer',
    alter: edit(
      njs('gateway'),
      "if (found.consumer !== undefined) headers['Gwc-Consumer'] = found.consumer;",
      '',
    ),
  },
];

function each(asked: Authentication): Authentication {
  return asked.kind === 'public' ? asked : { ...asked, anyOf: asked.anyOf.flat().map((one) => [one]) };
}

function lasts(asked: Authentication): Authentication {
  return asked.kind === 'public' ? asked : { ...asked, anyOf: asked.anyOf.map((all) => all.slice(-1)) };
}
