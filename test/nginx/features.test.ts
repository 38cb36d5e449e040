import { describe, expect, test } from 'vitest';
import { removedHeaders } from '../../src/decide/removed-headers.ts';
import type { Gateway, OperationFeatures } from '../../src/model/gateway.ts';
import { negotiate } from '../../src/targets/negotiate.ts';
import { removedHeaders as emittedRemovals } from '../../src/targets/nginx/forward/removed-headers.ts';
import { nginx } from '../../src/targets/nginx/index.ts';
import {
  authenticator,
  backend,
  gateway,
  host,
  limit,
  operation,
  required,
  route,
  site,
  sourced,
} from '../support/model.ts';
import { settings } from './start-model.ts';

const none = { set: [], add: [], remove: [] };

/** What negotiation says about one operation. */
const findings = (features: Partial<OperationFeatures>, changes: Partial<Gateway> = {}, method = 'GET') =>
  negotiate(
    gateway({ sites: [site([route('/a', [operation(method, features)])])], ...changes }),
    nginx,
  ).diagnostics.map(({ severity, message }) => `${severity}: ${message}`);

describe('what nginx cannot do is an error, in words', () => {
  test.each<readonly [string, Partial<OperationFeatures>, Partial<Gateway>, RegExp]>([
    [
      'a limit per hour',
      { limits: [sourced(limit({ period: 'h' }))] },
      {},
      /per second or per minute, not 1\/h/,
    ],
    ['a body of nothing', { bodySize: sourced(0) }, {}, /0 as no limit/],
    [
      'a back end that is not declared',
      { backend: sourced({ backend: 'x', target: { kind: 'below' } }) },
      {},
      /no back end "x"/,
    ],
    [
      'an internal operation without a listener',
      { exposure: sourced('internal') },
      {},
      /no internal listener/,
    ],
    [
      'a Host header',
      { requestHeaders: sourced({ ...none, set: [{ name: 'Host', value: 'x' }] }) },
      {},
      /"Host" itself/,
    ],
    ['a Server header', { responseHeaders: sourced({ ...none, remove: ['Server'] }) }, {}, /"Server" itself/],
    [
      'a header with a line break',
      { requestHeaders: sourced({ ...none, set: [{ name: 'X', value: 'a\nb' }] }) },
      {},
      /cannot be written/,
    ],
    [
      'a credential in a header that nginx drops',
      { authentication: sourced(required()) },
      { authenticators: [authenticator('user', { from: sourced([{ kind: 'header', name: 'X_Token' }]) })] },
      /ignores the header "X_Token"/,
    ],
    [
      'a name that changes while nginx 1.22 runs',
      {},
      { targets: settings({ resolver: sourced(['127.0.0.53']) }) },
      /cannot resolve names/,
    ],
    ['a secret that is not declared', {}, { backends: [withAuthority('missing')] }, /no secret "missing"/],
    [
      'an unknown log field',
      {},
      { accessLog: { ...gateway().accessLog, fields: sourced(['weather']) } },
      /log field "weather"/,
    ],
  ])('%s', (_name, features, changes, message) => {
    const found = findings(features, changes);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^error: /);
    expect(found[0]).toMatch(message);
  });

  test.each(['TRACE', 'CONNECT', 'get', 'M!'])('the method %s', (method) => {
    expect(findings({}, {}, method)[0]).toMatch(/^error: /);
  });
});

test('an added request header is approximate before 1.23 and exact from there on', () => {
  const added = { requestHeaders: sourced({ ...none, add: [{ name: 'X-A', value: 'b' }] }) };
  expect(findings(added)[0]).toMatch(/^warning: .*only its first line/);
  expect(findings(added, { targets: settings({ version: sourced('1.26') }) })).toEqual([]);
});

test('what is plain is exact', () => {
  expect(findings({ limits: [sourced(limit({ count: 5, period: 'm', burst: 3 }))] })).toEqual([]);
  expect(
    findings(
      { exposure: sourced('internal') },
      { targets: settings({}, { internal: sourced({ address: '127.0.0.1', port: 9 }) }) },
    ),
  ).toEqual([]);
  expect(findings({}, { sites: [site([route('/a')], [host('[::1]', 'https')])] })).toEqual([]);
});

test('I5 H3 M6: the gateway removes what the reference behaviour removes', () => {
  const emitted = new Set(emittedRemovals.map((name) => name.toLowerCase()));
  expect(removedHeaders.filter((name) => !emitted.has(name) && name !== 'connection')).toEqual([]);
});

function withAuthority(name: string) {
  const tls = {
    verify: sourced(true),
    ca: sourced(name),
    serverName: sourced('x.test'),
    clientCertificate: undefined,
  };
  return backend('main', { scheme: 'https', tls });
}
