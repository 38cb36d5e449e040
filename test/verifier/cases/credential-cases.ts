import { operations, sessionToken, userToken } from '../fixture.ts';
import {
  ambiguous,
  bearer,
  cookie,
  type DecisionCase,
  invalid,
  passes,
  together,
  unauthenticated,
  user,
} from './decision-case.ts';

const { plain, optional, optionalOwner, either, both, session } = operations;

export const credentialCases: readonly DecisionCase[] = [
  { rows: 'J1', name: 'nothing presented', operation: plain, facts: () => ({}), ...unauthenticated },
  ...[
    'Basic YTpi',
    'xBearer abc',
    'Bearerx abc',
    'Bearer-x abc',
    'Bearer_ abc',
    'Bearer!',
    'Token bearer',
    '"Bearer" x',
  ].map(
    (authorization): DecisionCase => ({
      ...{
        rows: 'J3',
        name: `other scheme ${authorization}`,
        operation: plain,
        facts: () => ({ authorization }),
      },
      ...unauthenticated,
    }),
  ),
  ...[
    'Bearer',
    'bearer',
    'Bearer ',
    'Bearer  ',
    'Bearer,a',
    'Bearer=a',
    'Bearer a b',
    'Bearer a,b',
    'Bearer\ta',
    'Bearer "a"',
    'Bearer\u00e9',
    'Bearer @',
  ].map(
    (authorization): DecisionCase => ({
      ...{
        rows: 'J3',
        name: `malformed ${JSON.stringify(authorization)}`,
        operation: plain,
        facts: () => ({ authorization }),
      },
      ...invalid,
    }),
  ),
  ...(['bearer ', 'BEARER ', 'bEaReR '] as const).map(
    (scheme): DecisionCase => ({
      ...{ rows: 'J2', name: scheme, operation: plain, ...passes },
      facts: (now) => ({ authorization: scheme + userToken(now) }),
    }),
  ),
  ...(
    [
      ['two spaces', (token: string) => `Bearer  ${token}`],
      ['a tab', (token: string) => `Bearer\t${token}`],
      ['a comma after it', (token: string) => `Bearer ${token},`],
      ['two tokens', (token: string) => `Bearer ${token}, Bearer ${token}`],
      ['a parameter after it', (token: string) => `Bearer ${token} x=y`],
    ] as const
  ).map(
    ([name, written]): DecisionCase => ({
      ...{
        rows: 'J3 J4',
        name,
        operation: plain,
        facts: (now) => ({ authorization: written(userToken(now)) }),
      },
      ...invalid,
    }),
  ),
  {
    ...{
      rows: 'J3',
      name: 'white space around the field value is not part of it',
      operation: plain,
      ...passes,
    },
    facts: (now) => ({ authorization: `Bearer ${userToken(now)}\t` }),
  },
  {
    ...{ rows: 'J5', name: 'a token in places that nothing declares', operation: plain, ...unauthenticated },
    facts: (now) => ({ query: `access_token=${userToken(now)}`, cookies: { session: userToken(now) } }),
  },
  { rows: 'J5', name: 'a session in its cookie', operation: session, facts: cookie(), ...passes },
  {
    ...{ rows: 'J5', name: 'a session in its header, bare', operation: session, ...passes },
    facts: (now) => ({ headers: { 'x-session': sessionToken(now) } }),
  },
  {
    ...{ rows: 'J5', name: 'a session in its header, with a scheme', operation: session, ...invalid },
    facts: (now) => ({ headers: { 'x-session': `Bearer ${sessionToken(now)}` } }),
  },
  {
    rows: 'J5',
    name: 'a session in two places',
    operation: session,
    facts: (now) => ({ headers: { 'x-session': sessionToken(now) }, ...cookie()(now) }),
    ...ambiguous,
  },
  {
    ...{ rows: 'J5', name: 'a session in two places, one of them rubbish', operation: session, ...ambiguous },
    facts: (now) => ({ headers: { 'x-session': 'x' }, cookies: { session: sessionToken(now) } }),
  },
  {
    ...{
      rows: 'J5',
      name: 'two places of an authenticator that is not needed',
      operation: either,
      ...ambiguous,
    },
    facts: (now) => ({ headers: { 'x-session': 'a' }, cookies: { session: sessionToken(now) } }),
  },
  {
    rows: 'J5',
    name: 'the cookie twice',
    operation: session,
    facts: () => ({ cookies: { session: ',' } }),
    ...invalid,
  },
  {
    ...{ rows: 'J9', name: 'no kid where there is one key', operation: session, ...passes },
    facts: (now) => ({ headers: { 'x-session': sessionToken(now, {}, { kid: undefined }) } }),
  },
  {
    rows: 'J28 Z3',
    name: 'anonymous where that is allowed',
    operation: optional,
    facts: () => ({}),
    status: 204,
    reason: 'anonymous',
    headers: { 'gwc-subject': undefined, 'gwc-forward-0': undefined, 'x-accel-expires': '300' },
  },
  {
    rows: 'J28',
    name: 'a bad token is not anonymous',
    operation: optional,
    facts: () => ({ authorization: 'Bearer x' }),
    ...invalid,
  },
  {
    rows: 'J28',
    name: 'an expired token is not anonymous',
    operation: optional,
    facts: user({ exp: 1 }),
    ...invalid,
  },
  {
    rows: 'J28',
    name: 'another scheme is anonymous',
    operation: optional,
    facts: () => ({ authorization: 'Basic YTpi' }),
    status: 204,
    reason: 'anonymous',
  },
  {
    rows: 'J28',
    name: 'a good token where anonymous is allowed',
    operation: optional,
    facts: user(),
    ...passes,
    headers: { 'gwc-subject': 'alice' },
  },
  {
    rows: 'J28',
    name: 'anonymous before a policy',
    operation: optionalOwner,
    facts: () => ({ path: '/optionalOwner' }),
    ...unauthenticated,
  },
  {
    rows: 'J25',
    name: 'kept until it expires',
    operation: plain,
    facts: (now) => bearer(userToken(now, { exp: now + 100 })),
    ...passes,
    headers: { 'x-accel-expires': '99' },
  },
  {
    rows: 'J25',
    name: 'not kept within the skew',
    operation: plain,
    facts: (now) => bearer(userToken(now, { exp: now - 5 })),
    ...passes,
    headers: { 'x-accel-expires': '0' },
  },
  {
    rows: 'J25',
    name: 'kept 300 seconds at most',
    operation: plain,
    facts: user(),
    ...passes,
    headers: { 'x-accel-expires': '300' },
  },
  {
    rows: 'J25',
    name: 'kept until the first of two expires',
    operation: both,
    facts: together(
      { scope: 'read' },
      { permissions: { scopes: ['write'] }, exp: Math.floor(Date.now() / 1000) - 5 },
    ),
    ...passes,
    headers: { 'x-accel-expires': '0' },
  },
];
