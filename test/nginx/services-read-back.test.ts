import { expect, test } from 'vitest';
import type { Gateway } from '../../src/model/gateway.ts';
import { nginx } from '../../src/targets/nginx/index.ts';
import { sourced } from '../support/model.ts';
import { identityModel } from './identity-model.ts';
import { emitted } from './start-model.ts';

const local = identityModel({ front: 8443, main: 8001, issuer: 8002, oracle: 8003, verifier: 8004 });
const model: Gateway = {
  ...local,
  authenticators: local.authenticators.map((one) =>
    one.kind === 'introspection'
      ? { ...one, endpoint: sourced('https://id.test/oauth/introspect?realm=a%2Fb') }
      : one,
  ),
};
const artifacts = emitted(model);

/** What is found when every text of all files that the pattern matches is replaced. */
const findings = (pattern: RegExp, replacement: string): readonly string[] => {
  let changed = false;
  const broken = artifacts.map((one) => {
    if (!/questions|services/.test(one.path)) return one;
    const contents = one.contents.replace(pattern, replacement);
    changed ||= contents !== one.contents;
    // The layout changes alike: what is looked for is a mistake of ours, not of a value.
    return { ...one, contents, layout: contents };
  });
  if (!changed) throw new Error(`nothing is like ${pattern}`);
  return nginx.reparse(model, broken);
};

test('what is emitted reads back', () => {
  expect(nginx.reparse(model, artifacts)).toEqual([]);
});

test.each([
  ['passwords are not compared', /auth_basic users;/, 'auth_basic off;'],
  ['another users file', /auth_basic_user_file "secrets\/users"/, 'auth_basic_user_file "secrets/ca"'],
  ['no users file', /auth_basic_user_file "secrets\/users";/, ''],
  ['a question that clients can ask', /(location = "\/introspection\/opaque" \{\n) {2}internal;/, '$1'],
  ['a server that is not verified', /proxy_ssl_verify on;/, 'proxy_ssl_verify off;'],
  ['a server verified by another name', /proxy_ssl_name "id.test"/, 'proxy_ssl_name "other.test"'],
  ['another server', /server "id.test:443"/, 'server "other.test:443"'],
  ['another path', /\/oauth\/introspect\?/, '/oauth/other?'],
  ['another service', /\/v1\/check"/, '/v1/judge"'],
  ['another back end', /gw_backend_oracle\/v1\/judge/, 'gw_backend_main/v1/judge'],
  [
    'headers of the request',
    /(proxy_set_header User-Agent gateway;[^}]*?)proxy_pass_request_headers off;/,
    '$1',
  ],
  ['no credential', /proxy_set_header "X-Gateway" \$gw_service_credential;/, ''],
  ['a constant credential', /"X-Gateway" \$gw_service_credential/, '"X-Gateway" "x"'],
  ['another time', /proxy_read_timeout 700ms/, 'proxy_read_timeout 7000ms'],
])('%s is found', (_, pattern, replacement) => {
  expect(findings(pattern, replacement)).not.toEqual([]);
});
