import { operations, userToken } from '../fixture.ts';
import { bearer, type DecisionCase, denied, passes, unauthenticated } from './decision-case.ts';

const { owner, tenant, region, office, admin, head } = operations;

const at =
  (path: string, claims: object = {}) =>
  (now: number) => ({ ...bearer(userToken(now, { ...claims })), path });
const asks = (query: string, claims: object) => (now: number) => ({
  ...bearer(userToken(now, { ...claims })),
  query,
});
const from = (address: string) => (now: number) => ({ ...bearer(userToken(now)), address });
const inRegion = (value: string, claims: object) => (now: number) => ({
  ...bearer(userToken(now, { ...claims })),
  headers: { 'x-region': value },
});

export const policyCases: readonly DecisionCase[] = [
  ...(
    [
      ['/v1/users/alice.json', 'alice'],
      ['/v1/users/a%20b.json', 'a b'],
      ['/v1/users/%C3%A9.json', '\u00e9'],
      ['/v1/users/a.json.json', 'a.json'],
      ['/v1/users/1.json', 1],
      ['/v1/users/1.5.json', 1.5],
      ['/v1/users/true.json', true],
      ['/v1/users/a+b.json', 'a+b'],
      ['/v1/users/%F0%9F%98%80.json', '\u{1f600}'],
    ] as const
  ).map(
    ([path, sub]): DecisionCase => ({
      rows: 'Z5',
      name: `${path} of ${sub}`,
      operation: owner,
      facts: at(path, { sub }),
      ...passes,
    }),
  ),
  ...(
    [
      ['/v1/users/bob.json', 'alice'],
      ['/v1/users/ALICE.json', 'alice'],
      ['/v1/users/e%CC%81.json', '\u00e9'],
      ['/v1/users/01.json', 1],
      ['/v1/users/1.0.json', 1],
      ['/v1/users/9007199254740993.json', 9007199254740992],
      ['/v1/users/null.json', null],
      ['/v1/users/alice.json', undefined],
      ['/v1/users/alice.json', ['alice']],
      ['/v1/users/alice', 'alice'],
      ['/v2/users/alice.json', 'alice'],
      ['', ''],
      ['/v1/users/%ff.json', '\ufffd'],
      ['/v1/users/%zz.json', '%zz'],
      ['/v1/users/a%2520b.json', 'a b'],
    ] as const
  ).map(
    ([path, sub]): DecisionCase => ({
      rows: 'Z4 Z5',
      name: `${path} of ${sub}`,
      operation: owner,
      facts: at(path, { sub }),
      ...denied,
    }),
  ),
  {
    rows: 'J25',
    name: 'no token for the policy',
    operation: owner,
    facts: () => ({ path: '/v1/users/alice.json' }),
    ...unauthenticated,
  },
  ...(
    [
      ['tenant=a', 'a'],
      ['x=1&tenant=a', 'a'],
      ['tenant=a%20b', 'a b'],
      ['tenant=a+b', 'a+b'],
      ['%74enant=a', 'a'],
      ['tenant', ''],
      ['tenant=', ''],
      ['tenant=a=b', 'a=b'],
      ['tenant=7', 7],
    ] as const
  ).map(
    ([query, value]): DecisionCase => ({
      rows: 'P18',
      name: `?${query} of ${value}`,
      operation: tenant,
      facts: asks(query, { tenant: value }),
      ...passes,
    }),
  ),
  ...(
    [
      ['', ''],
      ['tenant=b', 'a'],
      ['tenant=a&tenant=b', 'a'],
      ['tenant=b&tenant=a', 'a'],
      ['tenant=a&tenant=a', 'a'],
      ['tenant=a&%74enant=b', 'a'],
      ['TENANT=a', 'a'],
      ['tenant=%61%', 'a%'],
      ['tenant=%ff', '\ufffd'],
      ['xtenant=a', 'a'],
      ['tenant=a', undefined],
    ] as const
  ).map(
    ([query, value]): DecisionCase => ({
      rows: 'P18',
      name: `?${query} of ${value}`,
      operation: tenant,
      facts: asks(query, { tenant: value }),
      ...denied,
    }),
  ),
  ...(
    [
      ['eu', 'eu'],
      ['\u00c3\u00a9', '\u00e9'],
      ['e u\t', 'e u'],
    ] as const
  ).map(
    ([value, claim]): DecisionCase => ({
      rows: 'Z4',
      name: `header ${JSON.stringify(value)}`,
      operation: region,
      facts: inRegion(value, { region: claim }),
      ...passes,
    }),
  ),
  ...(
    [
      ['', ''],
      ['EU', 'eu'],
      ['\u00e9', '\u00e9'],
      ['%65u', 'eu'],
      ['eu', undefined],
      ['\u00ff', '\ufffd'],
    ] as const
  ).map(
    ([value, claim]): DecisionCase => ({
      rows: 'Z4',
      name: `header ${JSON.stringify(value)}`,
      operation: region,
      facts: inRegion(value, { region: claim }),
      ...denied,
    }),
  ),
  ...[
    '10.0.0.0',
    '10.255.255.255',
    '::ffff:10.1.2.3',
    '::ffff:0a01:0203',
    '2001:db8::1',
    '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff',
    '2001:0DB8::',
  ].map(
    (address): DecisionCase => ({
      rows: 'Z7',
      name: `from ${address}`,
      operation: office,
      facts: from(address),
      ...passes,
    }),
  ),
  ...[
    '',
    '11.0.0.0',
    '9.255.255.255',
    '010.0.0.1',
    '10.0.0',
    '10.0.0.0.1',
    '10.0.0.256',
    '::10.0.0.1',
    '2001:db9::',
    '2001:db8',
    '2001:db8:::1',
    '1::2::3',
    '2001:db8::1%eth0',
    'unix:',
    '10.0.0.1, 10.0.0.2',
    '2001:db8::g',
  ].map(
    (address): DecisionCase => ({
      rows: 'Z7',
      name: `from ${address}`,
      operation: office,
      facts: from(address),
      ...denied,
    }),
  ),
  {
    rows: 'Z4',
    name: 'owner, not suspended',
    operation: admin,
    facts: at('/v1/users/alice.json', { suspended: false }),
    ...passes,
  },
  {
    rows: 'Z4',
    name: 'owner, suspended',
    operation: admin,
    facts: at('/v1/users/alice.json', { suspended: true }),
    ...denied,
  },
  {
    rows: 'Z4',
    name: 'owner, suspension unknown',
    operation: admin,
    facts: at('/v1/users/alice.json'),
    ...denied,
  },
  {
    rows: 'Z4',
    name: 'owner, suspension of another type',
    operation: admin,
    facts: at('/v1/users/alice.json', { suspended: 'false' }),
    ...denied,
  },
  {
    rows: 'Z4',
    name: 'admin by role',
    operation: admin,
    facts: at('/v1/users/bob.json', { roles: ['admin'], suspended: false }),
    ...passes,
  },
  {
    rows: 'Z4',
    name: 'admin by another name',
    operation: admin,
    facts: at('/v1/users/bob.json', { roles: ['Admin', 'administrator'], suspended: false }),
    ...denied,
  },
  {
    rows: 'M3',
    name: 'HEAD counts as the GET that serves it',
    operation: head,
    facts: (now) => ({ ...bearer(userToken(now)), method: 'HEAD' }),
    ...passes,
  },
];
