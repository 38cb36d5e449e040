import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { parseAbsoluteUrl } from '../../src/read/servers/absolute-url.ts';
import { resolveServers } from '../../src/read/servers/resolve-servers.ts';

interface Written {
  readonly url: string;
  readonly variables?: Readonly<Record<string, string>>;
}
const at = { file: 'api.yaml', pointer: '/servers/0' };

function resolve(
  servers: readonly (string | Written)[],
  options: { server?: string; upstream?: boolean } = {},
) {
  const found: Diagnostic[] = [];
  const override = options.server === undefined ? undefined : parseAbsoluteUrl(options.server);
  let used = false;
  const doors = resolveServers(
    servers.map((one) => {
      const { url, variables = {} } = typeof one === 'string' ? { url: one } : one;
      return { url, variables: new Map(Object.entries(variables)), choices: new Map(), at };
    }),
    {
      override: override?.ok === true ? override.url : undefined,
      values: new Map(),
      tls: {
        termination: { value: options.upstream === true ? 'upstream' : 'here', at },
        redirectHttp: { value: true, at },
      },
      overrideUsed: () => {
        used = true;
      },
    },
    (one) => found.push(one),
  );
  const hosts = doors.map(({ host, basePath }) => `${host.scheme}://${host.name}:${host.port}${basePath}`);
  return { hosts, codes: found.map(({ code }) => code), used };
}

describe('front doors', () => {
  it.each([
    ['https://API.Example.com./v1/', 'https://api.example.com:443/v1'],
    ['https://api.example.com:8443', 'https://api.example.com:8443'],
    ['http://127.0.0.1:8080/api', 'http://127.0.0.1:8080/api'],
    ['http://localhost', 'http://localhost:80'],
    ['https://[2001:DB8:0::1]/', 'https://[2001:db8::1]:443'],
    ['https://x.example/a%2db', 'https://x.example:443/a-b'],
  ])('serves %s as %s', (url, host) => {
    expect(resolve([url])).toEqual({ hosts: [host], codes: [], used: false });
  });

  it.each([
    ['http://api.example.com', 'SRV003'],
    ['/v1', 'SRV001'],
    ['//api.example.com/v1', 'SRV001'],
    ['', 'SRV001'],
    ['https://{tenant}.example.com', 'SRV001'],
    ['{scheme}://example.com', 'SRV001'],
    ['https://example.com:{port}', 'SRV001'],
    ['https://user@example.com', 'SRV002'],
    ['https://example.com/?a', 'SRV002'],
    ['https://exa mple.com', 'SRV002'],
    ['https://*.example.com', 'SRV002'],
    ['https://0.0.0.0', 'SRV002'],
    ['https://127.1', 'SRV002'],
    ['https://0x7f000001', 'SRV002'],
    ['https://example.com:0', 'SRV002'],
    ['https://example.com:99999', 'SRV002'],
    ['ftp://example.com', 'SRV002'],
    ['https://example.com/a/../b', 'SRV002'],
    ['https://example.com/{version}', 'SRV002'],
    ['https://example.com/";return 200', 'SRV002'],
    ['https://example.com;', 'SRV002'],
  ])('refuses %j with %s', (url, code) => {
    expect(resolve([url])).toMatchObject({ hosts: [], codes: [code] });
  });

  it('applies defaults of variables in the path', () => {
    const server = { url: 'https://a.example/{version}/x', variables: { version: 'v2' } };
    expect(resolve([server]).hosts).toEqual(['https://a.example:443/v2/x']);
  });

  it.each([
    ['/v1', 'https://api.example.com', 'https://api.example.com:443/v1'],
    ['v1', 'https://api.example.com', 'https://api.example.com:443/v1'],
    ['/', 'http://127.0.0.1:8080/base', 'http://127.0.0.1:8080/base'],
    ['https://{box}/api/2.0', 'https://upload.example', 'https://upload.example:443/api/2.0'],
  ])('makes %s concrete with --server %s', (url, server, host) => {
    expect(resolve([url], { server })).toEqual({ hosts: [host], codes: [], used: true });
  });

  it('does not guess between two base paths', () => {
    expect(resolve(['/v1'], { server: 'https://a.example/v2' })).toMatchObject({
      hosts: [],
      codes: ['SRV002'],
    });
  });

  it('lets the first server of a host win and names the other', () => {
    const urls = ['https://a.example/v1', 'https://a.example/v2', 'https://b.example/v1'];
    expect(resolve(urls)).toMatchObject({
      hosts: ['https://a.example:443/v1', 'https://b.example:443/v1'],
      codes: ['SRV004'],
    });
  });

  it('takes https where a document offers both', () => {
    expect(resolve(['http://a.example/v1', 'https://a.example/v1'])).toMatchObject({
      hosts: ['https://a.example:443/v1'],
      codes: [],
    });
  });

  it('serves plain http behind a load balancer that ends TLS', () => {
    expect(resolve(['http://a.example'], { upstream: true })).toMatchObject({
      hosts: ['http://a.example:80'],
      codes: [],
    });
  });
});
