import { operations, sessionToken } from '../fixture.ts';
import {
  cookie,
  crossSite,
  type DecisionCase,
  invalid,
  lacks,
  passes,
  together,
  unauthenticated,
  user,
} from './decision-case.ts';

const { scoped, either, both, again, session, change, changeEither } = operations;

export const scopeCases: readonly DecisionCase[] = [
  ...(
    ['orders:read orders:write', 'x orders:write  orders:read', ['orders:write', 'orders:read']] as const
  ).map(
    (scope): DecisionCase => ({
      rows: 'Z1',
      name: `scope ${JSON.stringify(scope)}`,
      operation: scoped,
      facts: user({ scope }),
      ...passes,
    }),
  ),
  ...(
    [
      undefined,
      null,
      '',
      'orders:read',
      'orders:reader orders:write',
      'ORDERS:READ orders:write',
      'orders:read,orders:write',
      'orders:read\torders:write',
      ['orders:read orders:write'],
      ['orders:read', 'orders:write', 1],
      [['orders:read', 'orders:write']],
      { 'orders:read': true },
      true,
      7,
    ] as const
  ).map(
    (scope): DecisionCase => ({
      ...{ rows: 'R6 Z1', name: `scope ${JSON.stringify(scope)}`, operation: scoped, facts: user({ scope }) },
      ...lacks('orders:read orders:write'),
    }),
  ),
  {
    rows: 'Z1',
    name: 'scp when there is no scope',
    operation: scoped,
    facts: user({ scp: ['orders:read', 'orders:write'] }),
    ...passes,
  },
  {
    rows: 'Z1',
    name: 'only the first claim that is present counts',
    operation: scoped,
    facts: user({ scope: '', scp: 'orders:read orders:write' }),
    ...lacks('orders:read orders:write'),
  },
];

export const alternativeCases: readonly DecisionCase[] = [
  {
    rows: 'R12',
    name: 'the first alternative',
    operation: either,
    facts: user({ scope: 'read' }),
    ...passes,
    headers: { 'gwc-forward-0': 'alice' },
  },
  {
    rows: 'R12',
    name: 'the second alternative',
    operation: either,
    facts: cookie({ sub: 'bob' }),
    ...passes,
    headers: { 'gwc-subject': 'bob', 'gwc-forward-0': undefined, 'gwc-forward-4': 's-1' },
  },
  {
    rows: 'R12',
    name: 'the first is invalid, the second holds',
    operation: either,
    facts: (now) => ({ authorization: 'Bearer x', cookies: { session: sessionToken(now) } }),
    ...passes,
    headers: { 'gwc-forward-4': 's-1' },
  },
  {
    rows: 'R12',
    name: 'both hold: the first wins',
    operation: either,
    facts: together({ scope: 'read' }, {}),
    ...passes,
    headers: { 'gwc-forward-4': undefined },
  },
  {
    rows: 'R12',
    name: 'neither holds',
    operation: either,
    facts: () => ({ cookies: { session: 'x' } }),
    ...invalid,
  },
  {
    rows: 'R12',
    name: 'nothing presented to either',
    operation: either,
    facts: () => ({}),
    ...unauthenticated,
  },
  {
    rows: 'R6',
    name: 'valid but for a scope, and nothing else',
    operation: either,
    facts: user({}),
    ...lacks('read'),
  },
  {
    rows: 'R12',
    name: 'one of two that are needed',
    operation: both,
    facts: user({ scope: 'read' }),
    ...invalid,
  },
  {
    rows: 'R12',
    name: 'one of two is invalid',
    operation: both,
    facts: together({ scope: 'read' }, { exp: 1 }),
    ...invalid,
  },
  {
    rows: 'R6',
    name: 'both valid, one lacks scopes',
    operation: both,
    facts: together({ scope: 'read' }, {}),
    ...lacks('read write'),
  },
  {
    rows: 'R12',
    name: 'verified for the first alternative, and the second needs more, which is valid',
    operation: again,
    facts: together({}, {}),
    ...passes,
  },
  {
    rows: 'R12',
    name: 'verified for the first alternative, and the second needs more, which is invalid',
    operation: again,
    facts: together({}, { exp: 1 }),
    ...lacks('read'),
  },
];

export const crossSiteCases: readonly DecisionCase[] = [
  {
    rows: 'R11',
    name: 'a cookie without a sign of its origin',
    operation: change,
    facts: cookie(),
    ...crossSite,
  },
  ...['https://shop.test', 'http://shop.test:8080', 'https://admin.test:8443'].map(
    (origin): DecisionCase => ({
      rows: 'R11',
      name: `a cookie from ${origin}`,
      operation: change,
      facts: cookie({}, { origin }),
      ...passes,
    }),
  ),
  ...[
    'null',
    'https://shop.test:443',
    'https://SHOP.test',
    'http://shop.test',
    'https://shop.test.evil.test',
    'https://evil.test',
    'https://shop.test/',
    'https://admin.test',
    'https://shop.test, https://evil.test',
  ].map(
    (origin): DecisionCase => ({
      rows: 'R11',
      name: `a cookie from ${origin}`,
      operation: change,
      facts: cookie({}, { origin }),
      ...crossSite,
    }),
  ),
  {
    rows: 'R11',
    name: 'a cookie with Sec-Fetch-Site: same-origin',
    operation: change,
    facts: cookie({}, { fetchSite: 'same-origin' }),
    ...passes,
  },
  ...['same-site', 'none', 'cross-site', 'Same-Origin'].map(
    (fetchSite): DecisionCase => ({
      rows: 'R11',
      name: `a cookie with Sec-Fetch-Site: ${fetchSite}`,
      operation: change,
      facts: cookie({}, { fetchSite }),
      ...crossSite,
    }),
  ),
  {
    rows: 'R11',
    name: 'a header needs no origin',
    operation: change,
    facts: (now) => ({ headers: { 'x-session': sessionToken(now) } }),
    ...passes,
  },
  { rows: 'R11', name: 'a safe method needs no origin', operation: session, facts: cookie(), ...passes },
  { rows: 'R11', name: 'an unsafe method of either', operation: changeEither, facts: cookie(), ...crossSite },
  {
    rows: 'R11',
    name: 'an unsafe method of either, by its token',
    operation: changeEither,
    facts: user({ scope: 'read' }),
    ...passes,
  },
];
