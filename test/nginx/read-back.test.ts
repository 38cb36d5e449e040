import { describe, expect, test } from 'vitest';
import { nginx } from '../../src/targets/nginx/index.ts';
import {
  authenticator,
  backend,
  gateway,
  limit,
  operation,
  range,
  required,
  route,
  site,
  sourced,
} from '../support/model.ts';
import { emitted } from './start-model.ts';

const tls = {
  verify: sourced(true),
  ca: undefined,
  serverName: sourced('x.test'),
  clientCertificate: undefined,
};
const model = gateway({
  sites: [
    site([
      route('/open', [operation('GET', { id: 'open' })]),
      route('/closed', [
        operation('GET', {
          id: 'closed',
          authentication: sourced(required()),
          limits: [sourced(limit())],
          ipAccess: sourced({ allow: [[range('10.0.0.0/8')]], deny: [] }),
        }),
      ]),
    ]),
  ],
  backends: [backend('main', { scheme: 'https', tls })],
  authenticators: [authenticator()],
  accessLog: {
    ...gateway().accessLog,
    fields: sourced(['time', 'header.x-tenant']),
    redact: ['header.authorization'],
  },
});

test('what was emitted reads back as it was meant', () => {
  expect(nginx.reparse(model, emitted(model))).toEqual([]);
});

describe('a difference is found', () => {
  test.each<readonly [string, string, string | RegExp, string]>([
    ['a guard that is gone', 'conf/operations-0-public.conf', /^ {2}auth_request .*\n/m, ''],
    [
      'a guard that does not exist',
      'conf/operations-0-public.conf',
      /auth_request "[^"]*"/,
      'auth_request "/./gw/guard/x"',
    ],
    [
      'an operation that anyone may ask for by name',
      'conf/operations-0-public.conf',
      /(location = .*\n) {2}internal;\n/,
      '$1',
    ],
    ['an operation that is gone', 'conf/operations-0-public.conf', '/./gw/open/GET', '/./gw/opened/GET'],
    [
      'a limit of the body',
      'conf/operations-0-public.conf',
      'client_max_body_size 1048576',
      'client_max_body_size 0',
    ],
    ['an address list', 'conf/operations-0-public.conf', /return 403/, 'return 404'],
    ['a back end that is not verified', 'conf/front-0.conf', 'proxy_ssl_verify on', 'proxy_ssl_verify off'],
    ['another back end', 'conf/front-0.conf', 'https://gw_backend_main', 'https://evil.test'],
    ['another server name', 'conf/front-0.conf', 'server_name "a.test"', 'server_name "b.test"'],
    ['a redacted field', 'conf/log.conf', /http_x_tenant/, 'http_authorization'],
    ['a file that is not there', 'nginx.conf', 'include conf/log.conf', 'include conf/logs.conf'],
    ['a directive that is never emitted', 'conf/front-0.conf', 'root nginx.conf', 'alias /etc'],
    ['an unbalanced brace', 'conf/request.conf', /\}\n$/, ''],
  ])('%s', (_name, path, from, to) => {
    const changed = emitted(model).map((one) =>
      one.path === path ? { ...one, contents: one.contents.replace(from, to) } : one,
    );
    expect(changed.find((one) => one.path === path)?.contents).not.toBe(
      emitted(model).find((one) => one.path === path)?.contents,
    );
    expect(nginx.reparse(model, changed)).not.toEqual([]);
  });
});
