import { expect, test } from 'vitest';
import { nginx } from '../../src/targets/nginx/index.ts';
import { artifactsOf, modelOf } from './fixture.ts';

const issuer = 'https://id.test/tenant';
const options = {
  issuers: [
    { issuer, keys: { kind: 'discovery', url: `${issuer}/.well-known/openid-configuration` } },
    { issuer: 'https://other.test/', keys: { kind: 'remote', url: 'https://other.test:8443/keys?a=b' } },
    { issuer: 'https://third.test/', keys: { kind: 'remote', url: 'https://other.test:8443/keys?a=b' } },
  ],
} as const;
const ports = [8080, 8081, 8082];

test('one key set for equal URLs, and the host is always that of the document', () => {
  const artifacts = artifactsOf(options);
  const text = (path: string) => artifacts.find((one) => one.path === path)?.contents ?? '';
  expect(artifacts.filter(({ path }) => path.startsWith('data/key-sets/')).length).toBe(2);
  expect(
    text('conf/key-sources.conf')
      .match(/server "[^"]*"/g)
      ?.sort(),
  ).toEqual(['server "id.test:443"', 'server "other.test:8443"']);
  const passed = text('conf/key-sets.conf')
    .match(/proxy_pass "?https:[^;]*/g)
    ?.map((one) => one.replace(/[0-9a-f]{32}/, 'id'));
  expect(passed?.sort()).toEqual([
    'proxy_pass "https://gw_keys_id/${args}"',
    'proxy_pass "https://gw_keys_id/keys?a=b"',
    'proxy_pass "https://gw_keys_id/tenant/.well-known/openid-configuration"',
  ]);
});

test.each([
  ['another host', 'conf/key-sources.conf', '"other.test:8443"', '"evil.test:8443"'],
  ['no verification', 'conf/key-sets.conf', 'proxy_ssl_verify on', 'proxy_ssl_verify off'],
  ['another name', 'conf/key-sets.conf', 'proxy_ssl_name "id.test"', 'proxy_ssl_name "evil.test"'],
  ['another scheme', 'conf/key-sets.conf', '"https://gw_keys', '"http://gw_keys'],
  ['a place for everybody', 'conf/key-sets.conf', /location = "\/remote[^}]*internal;/, 'internal;'],
  [
    'headers of clients',
    'conf/key-sets.conf',
    /off(?=;\s+proxy_pass_request_body off;\s+proxy_method GET;\s+proxy_connect_timeout 2s)/,
    'on',
  ],
] as const)('reading back finds %s', (_, path, from, to) => {
  const artifacts = artifactsOf(options).map((one) =>
    one.path === path ? { ...one, contents: one.contents.replace(from, to) } : one,
  );
  expect(artifacts).not.toEqual(artifactsOf(options));
  expect(nginx.reparse(modelOf(options, ports), artifacts)).not.toEqual([]);
});
