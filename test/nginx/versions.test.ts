import { describe, expect, test } from 'vitest';
import type { Gateway } from '../../src/model/gateway.ts';
import {
  authenticator,
  backend,
  gateway,
  operation,
  required,
  route,
  site,
  sourced,
} from '../support/model.ts';
import { emitted, file, settings } from './start-model.ts';

const of = (version: string, changes: Partial<Gateway> = {}) =>
  emitted(gateway({ targets: settings({ version: sourced(version) }), ...changes }));

describe('targets.nginx.version', () => {
  test('HTTP/2 is a parameter of listen up to 1.24 and a directive from 1.25 on', () => {
    expect(file(of('1.24'), 'conf/front-0.conf')).toContain('listen 443 ssl http2;');
    expect(file(of('1.25'), 'conf/front-0.conf')).toContain('listen 443 ssl;\n  http2 on;');
    expect(file(of('1.25'), 'conf/default-servers.conf')).toContain(
      'listen 443 ssl default_server;\n  http2 on;',
    );
  });

  test('H7: the number of headers is limited where nginx can', () => {
    expect(file(of('1.22'), 'nginx.conf')).not.toContain('max_headers');
    expect(file(of('1.30'), 'nginx.conf')).toContain('max_headers 100;');
  });

  test('names of back ends are resolved while nginx runs where it can, and a resolver is given', () => {
    const artifacts = emitted(
      gateway({ targets: settings({ version: sourced('1.28'), resolver: sourced(['127.0.0.53']) }) }),
    );
    expect(file(artifacts, 'nginx.conf')).toContain('resolver "127.0.0.53";');
    expect(file(artifacts, 'conf/backends.conf')).toMatch(
      /zone gw_backend_main 64k;\n {2}server "main.internal:8080" weight=1 resolve;/,
    );
  });
});

describe('the folder', () => {
  test('holds the verifier exactly when somebody must be known', () => {
    expect(of('1.22').some(({ path }) => path.startsWith('njs/') || path.startsWith('data/'))).toBe(false);
    const guarded = of('1.22', {
      sites: [site([route('/a', [operation('GET', { authentication: sourced(required()) })])])],
      authenticators: [authenticator()],
    });
    expect(guarded.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        'conf/guards.conf',
        'conf/verifier.conf',
        'njs/gateway.js',
        'data/authenticators/user.json',
      ]),
    );
  });

  test('has a start script exactly when a secret comes from the environment', () => {
    const tls = {
      verify: sourced(true),
      ca: sourced('ca'),
      serverName: sourced('x.test'),
      clientCertificate: undefined,
    };
    const secret = (kind: 'env' | 'file' | 'vault', value: string) =>
      of('1.22', {
        backends: [backend('main', { scheme: 'https', tls })],
        secrets: [{ name: 'ca', sources: [{ kind, value }], at: sourced(0).at }],
      });
    const fromEnvironment = secret('env', 'CA_PEM');
    expect(file(fromEnvironment, 'secrets.list')).toBe('ca CA_PEM start\n');
    expect(fromEnvironment.find(({ path }) => path === 'start.sh')?.executable).toBe(true);
    expect(file(fromEnvironment, 'conf/front-0.conf')).toContain(
      'proxy_ssl_trusted_certificate "secrets/ca";',
    );
    expect(file(fromEnvironment, 'Dockerfile')).toContain('start.sh');
    expect(file(secret('file', '/etc/ca.pem'), 'conf/front-0.conf')).toContain(
      'proxy_ssl_trusted_certificate "/etc/ca.pem";',
    );
    expect(file(secret('vault', 'kv/ca'), 'README.md')).toMatch(/`ca`.*`secrets\/ca`.*`vault kv\/ca`/);
  });

  test('names no absolute path but modules and authorities', () => {
    const text = of('1.22')
      .filter(({ path }) => path.endsWith('.conf'))
      .map(({ contents }) => contents)
      .join('\n');
    expect(text.match(/"\/(?:etc|usr|var|tmp|work)[^"]*"/g)).toBeNull();
  });

  test('tells the place in the document of every operation', () => {
    const routes = JSON.parse(file(of('1.22'), 'routes.json'));
    expect(routes[0]).toMatchObject({
      id: 'root',
      template: '/',
      file: 'openapi.yaml',
      operations: [{ id: 'get-operation', method: 'GET' }],
    });
  });
});
