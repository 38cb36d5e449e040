import { base64url, signature } from '../../support/tokens.ts';
import { goodClaims, keys } from '../fixture.ts';
import {
  accepted,
  bitsAfterEnd,
  nested,
  parts,
  raw,
  rawBytes,
  refused,
  type TokenCase,
  withClaims,
  withMember,
} from './token-case.ts';

export const shapeCases: readonly TokenCase[] = [
  refused('J17', 'one part', () => 'abc'),
  refused('J17', 'dots only', () => '..'),
  refused(
    'J17',
    'two parts',
    parts((header, payload) => `${header}.${payload}`),
  ),
  refused(
    'J17',
    'four parts',
    parts((header, payload, mac) => `${header}.${payload}.${mac}.x`),
  ),
  refused(
    'J17',
    'five parts',
    parts((header, payload, mac) => `${header}.${payload}.${mac}.x.y`),
  ),
  refused(
    'J17',
    'an empty part more',
    parts((header, payload, mac) => `${header}.${payload}.${mac}.`),
  ),
  refused(
    'J17',
    'JSON serialization',
    parts((header, payload, mac) => JSON.stringify({ protected: header, payload, signature: mac })),
  ),
  refused(
    'J17',
    'no header',
    parts((_header, payload, mac) => `.${payload}.${mac}`),
  ),
  refused(
    'J17',
    'no payload',
    parts((header, _payload, mac) => `${header}..${mac}`),
  ),
  refused(
    'J17',
    'no signature',
    parts((header, payload) => `${header}.${payload}.`),
  ),
  ...['=', '==', '%', '!', '*', '\u00e9', '\ufeff'].map((tail) =>
    refused(
      'J17',
      `${JSON.stringify(tail)} after the signature`,
      parts((header, payload, mac) => `${header}.${payload}.${mac}${tail}`),
    ),
  ),
  refused('J17', 'padding after the header', (now) => {
    const header = base64url('{"alg":"ES256","kid":"user-es"}  ');
    const input = `${header}=.${base64url(JSON.stringify(goodClaims(now)))}`;
    return `${input}.${base64url(signature(input, keys.es))}`;
  }),
  refused('J17', 'the standard alphabet', (now) => {
    const header = Buffer.from('{"alg":"ES256","kid":"user-es","x":"???>>>"}')
      .toString('base64')
      .replace(/=+$/, '');
    const input = `${header}.${base64url(JSON.stringify(goodClaims(now)))}`;
    return `${input}.${base64url(signature(input, keys.es))}`;
  }),
  refused('J17', 'bits after the end of the header', (now) => {
    const header = bitsAfterEnd(base64url('{"alg":"ES256","kid":"user-es" }'));
    const input = `${header}.${base64url(JSON.stringify(goodClaims(now)))}`;
    return `${input}.${base64url(signature(input, keys.es))}`;
  }),
  refused(
    'J17',
    'bits after the end of the signature',
    parts((header, payload, mac) => `${header}.${payload}.${bitsAfterEnd(mac)}`),
  ),
  refused(
    'J22',
    'more than 8192 bytes',
    withClaims(() => ({ padding: 'x'.repeat(8000) })),
  ),
  accepted(
    'J22',
    'almost 8192 bytes',
    withClaims(() => ({ padding: 'x'.repeat(5800) })),
  ),
];

export const documentCases: readonly TokenCase[] = [
  refused('J18', 'a key twice in the header', raw('{"alg":"ES256","kid":"user-es","kid":"user-es"}')),
  refused('J18', 'a key twice in the payload', raw(undefined, withMember('"sub":"admin"'))),
  refused('J18', 'a key twice, once escaped', raw(undefined, withMember('"s\\u0075b":"admin"'))),
  refused('J18', 'a key twice deep inside', raw(undefined, withMember('"a":[{"b":{"c":1,"c":1}}]'))),
  accepted(
    'J18',
    'the same key in different objects',
    raw(undefined, withMember('"a":{"sub":1,"b":{"sub":2}}')),
  ),
  refused('J18', '__proto__ in the header', raw('{"alg":"ES256","kid":"user-es","__proto__":{}}')),
  refused('J18', '__proto__ in the payload', raw(undefined, withMember('"__proto__":{"exp":1}'))),
  refused('J18', '__proto__ escaped, deep inside', raw(undefined, withMember('"a":[{"__pr\\u006fto__":1}]'))),
  accepted(
    'J18',
    'names of Object.prototype',
    raw(undefined, withMember('"constructor":1,"toString":{},"hasOwnProperty":0')),
  ),
  accepted('J18', 'depth 20', raw(undefined, withMember(nested(19)))),
  refused('J18', 'depth 21', raw(undefined, withMember(nested(20)))),
  refused('J18', 'depth 2500', raw(undefined, withMember(nested(2500)))),
  refused(
    'J18',
    'a byte order mark',
    rawBytes((json) => Buffer.from(`\ufeff${json}`)),
  ),
  refused(
    'J18',
    'invalid UTF-8',
    rawBytes((json) => Buffer.from(json.replace('alice', '\u00ff'), 'latin1')),
  ),
  refused(
    'J18',
    'an overlong form',
    rawBytes((json) => Buffer.from(json.replace('alice', '\u00c0\u00af'), 'latin1')),
  ),
  refused(
    'J18',
    'a surrogate in UTF-8',
    rawBytes((json) => Buffer.from(json.replace('alice', '\u00ed\u00a0\u0080'), 'latin1')),
  ),
  accepted(
    'J18',
    'UTF-8 of four bytes',
    rawBytes((json) => Buffer.from(json.replace('alice', '\u{1f600}\u00e9\ufeff'))),
  ),
  refused('J18', 'half a surrogate pair', raw(undefined, withMember('"a":"\\ud83d"'))),
  refused('J18', 'a surrogate pair in the wrong order', raw(undefined, withMember('"a":"\\ude00\\ud83d"'))),
  accepted('J18', 'a surrogate pair', raw(undefined, withMember('"a":"\\ud83d\\uDE00\\u0000\\"\\/\\b"'))),
  ...[
    '',
    ' ',
    'null',
    '[]',
    '"x"',
    '1',
    '{',
    '{}x',
    '{"a":1,}',
    '{"a"}',
    "{'a':1}",
    '{a:1}',
    '{"a":01}',
    '{"a":1.}',
    '{"a":.5}',
    '{"a":+1}',
    '{"a":tru}',
    '{"a":"\n"}',
    '{"a":"\\x"}',
    '{"a":"\\u12g4"}',
    '{"a":NaN}',
    '{"a":1}/**/',
    '[{}]',
    '{"a":[1,]}',
    '{"a":-}',
    '{"a":"',
    '{"a":"\\',
    '{"a":"\\u12',
    '{"a":"\\ud83d\\u',
  ].map((text) => refused('J18', `payload ${JSON.stringify(text)}`, raw(undefined, text))),
  accepted('J18', 'white space everywhere', raw(' {\t"alg" : "ES256" ,\r\n"kid":"user-es" } \n')),
  refused('J18', 'a form feed between tokens', raw('{\f"alg":"ES256","kid":"user-es"}')),
];
