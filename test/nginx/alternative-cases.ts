import type { BackendAnswer } from '../support/backend.ts';
import { type Headers, json, partner, passwords } from './identity-gateway.ts';
import { apiKeys } from './identity-model.ts';

/** Requests with several kinds of credentials, and what becomes of them. */
export const basic: Headers = [
  ['Authorization', `Basic ${Buffer.from(`ann:${passwords.ann}`).toString('base64')}`],
];
const wrongBasic: Headers = [['Authorization', `Basic ${Buffer.from('ann:canary-no').toString('base64')}`]];
export const opaque: Headers = [['Authorization', 'Bearer canary-opaque']];
export const key: Headers = [['X-Api-Key', apiKeys.acme]];
export const wrongKey: Headers = [['X-Api-Key', 'gw_canary-no']];
export const legacy: Headers = [['X-Legacy', 'canary-legacy']];

type Word = 'yes' | 'no' | 'down';
export const issuerSays: { readonly [W in Word]: BackendAnswer } = {
  yes: json({ active: true, aud: 'api', sub: 'olga', exp: Math.floor(Date.now() / 1000) + 600 }),
  no: json({ active: false }),
  down: json('', 500),
};
export const oracleSays: { readonly [W in Word]: BackendAnswer } = {
  yes: json({ result: true, claims: { sub: 'lena' } }),
  no: json({ result: false }),
  down: json('', 500),
};

interface Case {
  readonly name: string;
  readonly path: string;
  readonly headers: Headers;
  readonly issuer?: Word;
  readonly oracle?: Word;
  readonly client?: typeof partner;
  readonly status: number;
  /** Headers of facts that the back end receives. */
  readonly facts?: readonly string[];
  /** How often the authorization server and the other service are asked. */
  readonly asked?: readonly [number, number];
}

export const cases: readonly Case[] = [
  { name: 'nothing', path: '/any', headers: [], status: 401, asked: [0, 0] },
  {
    name: 'the first of all',
    path: '/any',
    headers: [...legacy, ...opaque, ...key],
    oracle: 'yes',
    client: partner,
    status: 200,
    facts: ['x-legacy-user: lena'],
    asked: [0, 1],
  },
  {
    name: 'a token when the first is refused',
    path: '/any',
    headers: [...legacy, ...opaque],
    oracle: 'no',
    issuer: 'yes',
    status: 200,
    facts: ['x-opaque: olga'],
    asked: [1, 1],
  },
  {
    name: 'a password beside nothing else',
    path: '/any',
    headers: basic,
    status: 200,
    facts: ['x-staff: ann'],
    asked: [0, 0],
  },
  { name: 'a certificate', path: '/any', headers: [], client: partner, status: 200, asked: [0, 0] },
  {
    name: 'a wrong password and a certificate',
    path: '/any',
    headers: wrongBasic,
    client: partner,
    status: 200,
    facts: ['x-machine: CN=partner.test'],
  },
  {
    name: 'a wrong key and a password',
    path: '/any',
    headers: [...wrongKey, ...basic],
    status: 200,
    facts: ['x-staff: ann'],
  },
  {
    name: 'a wrong key and a wrong password',
    path: '/any',
    headers: [...wrongKey, ...wrongBasic],
    status: 401,
  },
  {
    name: 'a key while a service is down',
    path: '/either',
    headers: [...legacy, ...key],
    oracle: 'down',
    status: 200,
    facts: ['x-consumer: acme'],
  },
  {
    name: 'a wrong key while a service is down',
    path: '/either',
    headers: [...legacy, ...wrongKey],
    oracle: 'down',
    status: 503,
  },
  { name: 'no key while a service is down', path: '/either', headers: legacy, oracle: 'down', status: 503 },
  {
    name: 'both of two',
    path: '/both',
    headers: [...opaque, ...key],
    issuer: 'yes',
    status: 200,
    facts: ['x-consumer: acme', 'x-opaque: olga'],
    asked: [1, 0],
  },
  { name: 'one of two', path: '/both', headers: opaque, issuer: 'yes', status: 401, asked: [0, 0] },
  { name: 'the other of two', path: '/both', headers: key, issuer: 'yes', status: 401, asked: [0, 0] },
  {
    name: 'a wrong key spares the question',
    path: '/both',
    headers: [...opaque, ...wrongKey],
    issuer: 'yes',
    status: 401,
    asked: [0, 0],
  },
  {
    name: 'a key beside a token of which nobody can tell',
    path: '/both',
    headers: [...opaque, ...key],
    issuer: 'down',
    status: 503,
  },
  {
    name: 'a key that is known beside tokens that are not (what one proves is not the other)',
    path: '/again',
    headers: [...opaque, ...legacy, ...key],
    status: 401,
    asked: [1, 1],
  },
  {
    name: 'a key that is known beside the last of all',
    path: '/again',
    headers: [...opaque, ...legacy, ...key],
    oracle: 'yes',
    status: 200,
    facts: ['x-consumer: acme', 'x-legacy-user: lena'],
  },
  { name: 'optional, nothing', path: '/optional', headers: [], status: 200, asked: [0, 0] },
  { name: 'optional, a wrong key', path: '/optional', headers: wrongKey, status: 401 },
  { name: 'optional, a service is down', path: '/optional', headers: legacy, oracle: 'down', status: 503 },
  {
    name: 'a token has no groups',
    path: '/members',
    headers: opaque,
    issuer: 'yes',
    status: 403,
  },
];
