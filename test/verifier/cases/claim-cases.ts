import { goodClaims } from '../fixture.ts';
import { accepted, raw, refused, type TokenCase, withClaims, withHeader } from './token-case.ts';

export const timeCases: readonly TokenCase[] = [
  refused(
    'J12',
    'no exp',
    withClaims(() => ({ exp: undefined })),
  ),
  ...['9999999999', null, true, [9999999999], {}].map((exp) =>
    refused(
      'J12',
      `exp ${JSON.stringify(exp)}`,
      withClaims(() => ({ exp })),
    ),
  ),
  refused(
    'J12',
    'exp far past',
    withClaims((now) => ({ exp: now - 3600 })),
  ),
  refused(
    'J12',
    'exp past by the skew',
    withClaims((now) => ({ exp: now - 30 })),
  ),
  accepted(
    'J12',
    'exp past within the skew',
    withClaims((now) => ({ exp: now - 15 })),
  ),
  refused(
    'J12',
    'exp 0',
    withClaims(() => ({ exp: 0 })),
  ),
  refused(
    'J12',
    'exp negative',
    withClaims(() => ({ exp: -1 })),
  ),
  refused(
    'J12',
    'exp 1e400',
    raw(undefined, (now) => JSON.stringify(goodClaims(now)).replace(/"exp":[0-9]+/, '"exp":1e400')),
  ),
  refused(
    'J12',
    'exp -1e400',
    raw(undefined, (now) => JSON.stringify(goodClaims(now)).replace(/"exp":[0-9]+/, '"exp":-1e400')),
  ),
  accepted(
    'J12',
    'exp with a fraction',
    withClaims((now) => ({ exp: now + 100.5 })),
  ),
  accepted(
    'J12',
    'exp in milliseconds',
    withClaims((now) => ({ exp: now * 1000 })),
  ),
  accepted(
    'J12',
    'exp 2e10',
    raw(undefined, (now) => JSON.stringify(goodClaims(now)).replace(/"exp":[0-9]+/, '"exp":2e10')),
  ),
  refused(
    'J13',
    'nbf in the future',
    withClaims((now) => ({ nbf: now + 3600 })),
  ),
  accepted(
    'J13',
    'nbf in the future within the skew',
    withClaims((now) => ({ nbf: now + 15 })),
  ),
  refused(
    'J13',
    'nbf text',
    withClaims((now) => ({ nbf: String(now) })),
  ),
  refused(
    'J13',
    'nbf null',
    withClaims(() => ({ nbf: null })),
  ),
  refused(
    'J13',
    'iat in the future',
    withClaims((now) => ({ iat: now + 3600 })),
  ),
  refused(
    'J13',
    'iat text',
    withClaims(() => ({ iat: 'yesterday' })),
  ),
  accepted(
    'J13',
    'no iat',
    withClaims(() => ({ iat: undefined })),
  ),
];

export const partyCases: readonly TokenCase[] = [
  ...[
    'https://id.test',
    'https://id.test//',
    'https://ID.test/',
    'https://evil.test/',
    '',
    ['https://id.test/'],
    null,
    1,
  ].map((iss) =>
    refused(
      'J14',
      `iss ${JSON.stringify(iss)}`,
      withClaims(() => ({ iss })),
    ),
  ),
  refused(
    'J14',
    'no iss',
    withClaims(() => ({ iss: undefined })),
  ),
  ...[
    'API',
    'api ',
    'other',
    '',
    [],
    ['other'],
    [['api']],
    [{ api: 'api' }],
    { api: 'api' },
    null,
    0,
    true,
  ].map((aud) =>
    refused(
      'J15',
      `aud ${JSON.stringify(aud)}`,
      withClaims(() => ({ aud })),
    ),
  ),
  refused(
    'J15',
    'no aud',
    withClaims(() => ({ aud: undefined })),
  ),
  accepted(
    'J15',
    'aud list that holds it',
    withClaims(() => ({ aud: ['other', 'api'] })),
  ),
  accepted(
    'J15',
    'aud list with other types beside it',
    withClaims(() => ({ aud: [1, null, 'api'] })),
  ),
  ...['JWT', 'jwt', 'at+jwt', 'AT+JWT', 'application/at+jwt', 'application/jwt', undefined].map((typ) =>
    accepted('J16', `typ ${typ}`, withHeader({ typ })),
  ),
  ...['dpop+jwt', 'logout+jwt', 'secevent+jwt', 'JOSE', 'JWT ', '', null, 1, ['JWT']].map((typ) =>
    refused('J16', `typ ${JSON.stringify(typ)}`, withHeader({ typ })),
  ),
];
