import { connect as connectHttp2 } from 'node:http2';
import { afterEach, describe, expect, test } from 'vitest';
import type { Gateway } from '../../src/model/gateway.ts';
import { type Backend, startBackend } from '../support/backend.ts';
import { createAuthority, issueCertificate } from '../support/certificates.ts';
import { backend, gateway, host, operation, range, route, site, sourced } from '../support/model.ts';
import { freePorts } from '../support/ports.ts';
import { type Destination, exchange, requestBytes } from '../support/raw-http.ts';
import { type RunningModel, settings, startModel } from './start-model.ts';

const authority = createAuthority('Front');
const certificate = issueCertificate(authority, { names: ['DNS:localhost', 'IP:127.0.0.1'] });

let server: Backend | undefined;
let running: RunningModel | undefined;

afterEach(async () => {
  await running?.stop();
  await server?.stop();
  running = undefined;
  server = undefined;
});

const start = async (
  make: (port: number, other: number) => Partial<Gateway>,
  names: readonly string[] = [],
) => {
  const [port = 0, other = 0] = await freePorts(2);
  server = await startBackend();
  const nodes = [sourced({ host: '127.0.0.1', port: server.port, weight: 1 })];
  const model = gateway({ backends: [backend('main', { nodes })], ...make(port, other) });
  const files = names.flatMap((name) => [
    { path: `tls/${name}.crt`, contents: certificate.cert },
    { path: `tls/${name}.key`, contents: certificate.key },
  ]);
  running = await startModel(model, [port], files);
  return { port, other };
};

const get = (to: Destination, path: string, headers: readonly (readonly [string, string])[]) =>
  exchange(to, requestBytes(`GET ${path} HTTP/1.1`, headers));

describe('TLS that ends at a trusted load balancer', () => {
  const behind = (port: number): Partial<Gateway> => ({
    sites: [site([route('/a')], [host('a.test')])],
    tls: { ...gateway().tls, termination: sourced('upstream') },
    trustedProxies: [sourced(range('127.0.0.1/32'))],
    targets: settings({}, { http: sourced(port) }),
  });

  test('is believed: served, with strict transport security and the client’s address', async () => {
    const { port } = await start(behind);
    const answer = await get({ port }, '/a', [
      ['Host', 'a.test'],
      ['X-Forwarded-Proto', 'HTTPS'],
      ['X-Forwarded-For', '9.9.9.9'],
    ]);
    expect(answer.status).toBe(200);
    expect(answer.header('strict-transport-security')).toBe('max-age=15552000');
    expect(server?.requests[0]?.values('x-forwarded-for')).toEqual(['9.9.9.9']);
    expect(server?.requests[0]?.values('x-forwarded-proto')).toEqual(['https']);
  });

  test.each([['http'], ['https, http'], [undefined]])(
    'T2: X-Forwarded-Proto %s is redirected',
    async (proto) => {
      const { port } = await start(behind);
      const answer = await get({ port }, '/a?x', [
        ['Host', 'a.test'],
        ...(proto === undefined ? [] : [['X-Forwarded-Proto', proto] as const]),
      ]);
      expect([answer.status, answer.header('location')]).toEqual([308, 'https://a.test/a?x']);
      expect(answer.header('strict-transport-security')).toBeUndefined();
      expect(server?.requests).toEqual([]);
    },
  );

  test('H3: nobody else is', async () => {
    const { port } = await start((one) => ({
      ...behind(one),
      trustedProxies: [sourced(range('10.0.0.0/8'))],
    }));
    expect(
      (
        await get({ port }, '/a', [
          ['Host', 'a.test'],
          ['X-Forwarded-Proto', 'https'],
        ])
      ).status,
    ).toBe(308);
  });
});

test('internal operations are on the internal listener, and nowhere else', async () => {
  const { port, other } = await start((one, internal) => ({
    sites: [
      site(
        [
          route('/a', [
            operation('GET', { id: 'a' }),
            operation('POST', { id: 'b', exposure: sourced('internal') }),
          ]),
          route('/a/secret', [operation('GET', { id: 'c', exposure: sourced('internal') })]),
          route('/a/{x}', [operation('GET', { id: 'd' })]),
        ],
        [host('localhost', 'http', one)],
      ),
    ],
    targets: settings({}, { internal: sourced({ address: '127.0.0.1', port: internal }) }),
  }));
  const status = async (to: number, line: string) =>
    (
      await exchange(
        { port: to },
        requestBytes(`${line} HTTP/1.1`, [
          ['Host', 'localhost'],
          ['Content-Length', '0'],
        ]),
      )
    ).status;
  expect(await status(port, 'GET /a')).toBe(200);
  expect(await status(port, 'GET /a/other')).toBe(200);
  expect(await status(port, 'GET /a/secret')).toBe(404);
  const refused = await exchange(
    { port },
    requestBytes('POST /a HTTP/1.1', [
      ['Host', 'localhost'],
      ['Content-Length', '0'],
    ]),
  );
  expect([refused.status, refused.header('allow')]).toEqual([405, 'GET, HEAD']);
  expect(await status(other, 'POST /a')).toBe(200);
  expect(await status(other, 'GET /a/secret')).toBe(200);
  expect(await status(other, 'GET /a')).toBe(405);
  expect(await status(other, 'GET /a/other')).toBe(404);
});

test('T3: a host that is an address is served without a server name, and only as itself', async () => {
  const { port } = await start(
    (one) => ({ sites: [site([route('/a')], [host('127.0.0.1', 'https', one)])], targets: settings() }),
    ['127.0.0.1'],
  );
  const tls = { ca: authority.cert };
  expect((await get({ port, tls }, '/a', [['Host', `127.0.0.1:${port}`]])).status).toBe(200);
  expect((await get({ port, tls }, '/a', [['Host', 'evil.test']])).status).toBe(421);
});

test('HTTP/2 is held to the same law', async () => {
  const { port } = await start(
    (one) => ({ sites: [site([route('/a/{x}')], [host('localhost', 'https', one)])], targets: settings() }),
    ['localhost'],
  );
  const session = connectHttp2(`https://localhost:${port}`, { ca: authority.cert, host: '127.0.0.1' });
  const status = (path: string, authority = `localhost:${port}`): Promise<number> =>
    new Promise((resolve, reject) => {
      const stream = session.request({ ':path': path, ':authority': authority });
      stream.once('response', (headers) => resolve(Number(headers[':status'])));
      stream.once('error', reject);
      stream.resume();
    });
  try {
    expect(await status('/a/b?x=%zz')).toBe(200);
    expect(server?.requests[0]?.target).toBe('/a/b?x=%zz');
    expect(await status('/a/%2e%2e/b')).toBe(400);
    expect(await status('/a//b')).toBe(400);
    expect(await status('/A/b')).toBe(404);
    expect(await status('/a/b', 'evil.test')).toBe(421);
  } finally {
    session.close();
  }
});

test('nothing of the gateway’s own can be asked for by name', async () => {
  const { port } = await start((one) => ({
    sites: [site([route('/{any+}')], [host('localhost', 'http', one)])],
    targets: settings(),
  }));
  for (const path of ['/./gw/any/GET', '//gw/any/GET', '/%2E/gw/any/GET', '/./gw/bad-request']) {
    expect((await get({ port }, path, [['Host', 'localhost']])).status, path).toBe(400);
  }
  expect((await get({ port }, '/gw/any/GET', [['Host', 'localhost']])).status).toBe(200);
  expect(server?.requests.map(({ target }) => target)).toEqual(['/gw/any/GET']);
});

test('P2: a piece of a segment cannot become a dot segment at the back end', async () => {
  const pieces = [
    { kind: 'literal', text: '/files/' },
    { kind: 'parameter', name: 'x' },
  ] as const;
  const { port } = await start((one) => ({
    sites: [
      site(
        [
          route('/{x}.json', [
            operation('GET', {
              backend: sourced({ backend: 'main', target: { kind: 'template', pieces: sourced(pieces) } }),
            }),
          ]),
        ],
        [host('localhost', 'http', one)],
      ),
    ],
    targets: settings(),
  }));
  const status = async (path: string) => (await get({ port }, path, [['Host', 'localhost']])).status;
  expect(await status('/a.json')).toBe(200);
  expect(await status('/..json')).toBe(400);
  expect(await status('/...json')).toBe(400);
  expect(await status('/....json')).toBe(200);
  expect(server?.requests.map(({ target }) => target)).toEqual(['/files/a', '/files/...']);
});
