import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { base64url, mint, signature, signingKey } from '../../support/tokens.ts';
import { goodClaims, keys, userToken } from '../fixture.ts';
import { headAndPayload, refused, type TokenCase } from './token-case.ts';

const weak = generateKeyPairSync('ec', { namedCurve: 'P-384' });
export const signatureCases: readonly TokenCase[] = [
  refused('J19', 'DER', (now) => {
    const { header, payload } = headAndPayload(now);
    const der = signature(`${header}.${payload}`, keys.es);
    const integer = (bytes: Buffer): Buffer => Buffer.concat([Buffer.from([2, 33, 0]), bytes]);
    const body = Buffer.concat([integer(der.subarray(0, 32)), integer(der.subarray(32))]);
    return `${header}.${payload}.${base64url(Buffer.concat([Buffer.from([0x30, body.length]), body]))}`;
  }),
  ...(
    [
      ['all zero (CVE-2022-21449)', () => Buffer.alloc(64)],
      ['r zero', (mac: Buffer) => Buffer.concat([Buffer.alloc(32), mac.subarray(32)])],
      ['s zero', (mac: Buffer) => Buffer.concat([mac.subarray(0, 32), Buffer.alloc(32)])],
      ['all ones', () => Buffer.alloc(64, 0xff)],
      ['r and s are the order', () => Buffer.concat([order, order])],
      ['63 bytes', (mac: Buffer) => mac.subarray(0, 63)],
      ['65 bytes', (mac: Buffer) => Buffer.concat([mac, Buffer.from([0])])],
      ['a zero byte before', (mac: Buffer) => Buffer.concat([Buffer.from([0]), mac])],
      ['r and s swapped', (mac: Buffer) => Buffer.concat([mac.subarray(32), mac.subarray(0, 32)])],
      [
        'a bit changed',
        (mac: Buffer) => Buffer.from(mac.map((byte, index) => (index === 40 ? byte ^ 1 : byte))),
      ],
      ['one byte', () => Buffer.from([0])],
      ['2000 bytes', () => Buffer.alloc(2000, 1)],
    ] as const
  ).map(([name, change]) =>
    refused('J19', `signature ${name}`, (now) => {
      const { header, payload } = headAndPayload(now);
      return `${header}.${payload}.${base64url(change(signature(`${header}.${payload}`, keys.es)))}`;
    }),
  ),
  ...(
    [
      ['empty RSA', () => Buffer.alloc(256)],
      ['RSA, all ones', () => Buffer.alloc(256, 0xff)],
      ['RSA, short', (mac: Buffer) => mac.subarray(1)],
      ['RSA, long', (mac: Buffer) => Buffer.concat([Buffer.from([0]), mac])],
      [
        'RSA, a bit changed',
        (mac: Buffer) => Buffer.from(mac.map((byte, index) => (index === 100 ? byte ^ 1 : byte))),
      ],
    ] as const
  ).flatMap(([name, change]) =>
    [keys.rs, keys.ps].map((key) =>
      refused('J19', `signature ${name}, ${key.algorithm}`, (now) => {
        const [header = '', payload = '', mac = ''] = userToken(now, {}, {}, key).split('.');
        return `${header}.${payload}.${base64url(change(Buffer.from(mac, 'base64url')))}`;
      }),
    ),
  ),
  refused('J19', 'the payload of another token', (now) => {
    const [header, , mac] = userToken(now).split('.');
    return `${header}.${base64url(JSON.stringify(goodClaims(now, { sub: 'admin' })))}.${mac}`;
  }),
  refused('J19', 'a P-384 signature under ES256', (now) =>
    mint(goodClaims(now), {
      key: { ...signingKey('ES384', 'p384'), kid: 'user-es' },
      header: { alg: 'ES256' },
    }),
  ),
  refused('J19', 'ECDSA over SHA-384', (now) => {
    const { header, payload } = headAndPayload(now);
    const other = { ...keys.es, algorithm: 'ES384' as const };
    return `${header}.${payload}.${base64url(signature(`${header}.${payload}`, other))}`;
  }),
  refused('J20', 'a key off the set', (now) =>
    userToken(
      now,
      {},
      { kid: 'user-es' },
      { ...keys.es, privateKey: createPrivateKey(weak.privateKey.export({ type: 'pkcs8', format: 'pem' })) },
    ),
  ),
];

/** Order of the group of P-256 (FIPS 186-4 §D.1.2.3). */
const order = Buffer.from('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551', 'hex');
