import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Gateway } from '../../src/model/gateway.ts';
import { type Backend, startBackend } from '../support/backend.ts';
import { createAuthority, issueCertificate } from '../support/certificates.ts';
import { backend, gateway, host, operation, range, route, site, sourced } from '../support/model.ts';
import { freePorts } from '../support/ports.ts';
import { type Destination, exchange, requestBytes } from '../support/raw-http.ts';
import { emitted, type RunningModel, settings, startModel } from './start-model.ts';

const authority = createAuthority('Partners');
const stranger = createAuthority('Strangers');
const front = issueCertificate(authority, { names: ['DNS:localhost'] });
const partner = issueCertificate(authority, { names: ['DNS:partner.test'] });
const foreign = issueCertificate(stranger, { names: ['DNS:partner.test'] });

const asking = (changes: Partial<Gateway> = {}): Gateway =>
  gateway({
    secrets: [{ name: 'partner-ca', sources: [{ kind: 'vault', value: 'kv/ca' }], at: sourced(0).at }],
    tls: {
      ...gateway().tls,
      clientCertificate: sourced({
        mode: 'optional',
        ca: sourced('partner-ca'),
        forward: [
          { header: 'X-Partner', part: 'subject' },
          { header: 'X-Partner-Issuer', part: 'issuer' },
          { header: 'X-Partner-Serial', part: 'serial' },
          { header: 'X-Partner-Certificate', part: 'certificate' },
        ],
      }),
    },
    ownedHeaders: ['X-Partner', 'X-Partner-Issuer', 'X-Partner-Serial', 'X-Partner-Certificate'],
    ...changes,
  });

const routes = [
  route('/open', [operation('GET', { id: 'open' })]),
  route('/partners', [operation('GET', { id: 'partners', clientCertificate: sourced('require') })]),
  route('/near', [
    operation('GET', {
      id: 'near',
      clientCertificate: sourced('require'),
      ipAccess: sourced({ allow: [[range('10.0.0.0/8')]], deny: [] }),
    }),
  ]),
];

describe('client certificates', () => {
  let server: Backend;
  let running: RunningModel;
  let port = 0;

  beforeAll(async () => {
    [port = 0] = await freePorts(1);
    server = await startBackend();
    const nodes = [sourced({ host: '127.0.0.1', port: server.port, weight: 1 })];
    const model = asking({
      backends: [backend('main', { nodes })],
      sites: [site(routes, [host('localhost', 'https', port)])],
      targets: settings(),
    });
    running = await startModel(
      model,
      [port],
      [
        { path: 'tls/localhost.crt', contents: front.cert },
        { path: 'tls/localhost.key', contents: front.key },
        { path: 'secrets/partner-ca', contents: authority.cert },
      ],
    );
  });
  afterAll(async () => {
    await running?.stop();
    await server?.stop();
  });

  const get = async (
    path: string,
    client?: { cert: string; key: string },
    headers: [string, string][] = [],
  ) => {
    const before = server.requests.length;
    const to: Destination = { port, tls: { servername: 'localhost', ca: authority.cert, ...client } };
    const answer = await exchange(
      to,
      requestBytes(`GET ${path} HTTP/1.1`, [['Host', `localhost:${port}`], ...headers]),
    );
    return { answer, received: server.requests[before] };
  };

  test('are not needed where nobody requires them', async () => {
    expect((await get('/open')).answer.status).toBe(200);
  });

  test('reach the back end as verified, never as a client writes them', async () => {
    const forged: [string, string][] = [
      ['X-Partner', 'CN=admin'],
      ['x-partner-serial', '1'],
      ['X-SSL-Client-S-DN', 'CN=admin'],
      ['X-SSL-Client-Verify', 'SUCCESS'],
    ];
    const without = await get('/open', undefined, forged);
    for (const name of ['x-partner', 'x-partner-serial', 'x-ssl-client-s-dn', 'x-ssl-client-verify']) {
      expect(without.received?.values(name)).toEqual([]);
    }
    const { received } = await get('/partners', partner, forged);
    expect(received?.values('x-partner')).toEqual(['CN=partner.test']);
    expect(received?.values('x-partner-issuer')).toEqual(['CN=Partners']);
    expect(received?.values('x-partner-serial')[0]).toMatch(/^[0-9A-F]+$/);
    expect(decodeURIComponent(received?.values('x-partner-certificate')[0] ?? '').trim()).toBe(
      partner.cert.trim(),
    );
  });

  test('are required where an operation says so: 403 without one', async () => {
    const { answer, received } = await get('/partners');
    expect(answer.status).toBe(403);
    expect(answer.text).toContain('urn:gwc:forbidden');
    expect(received).toBeUndefined();
    expect((await get('/partners', partner)).answer.status).toBe(200);
  });

  test('of another authority end the request, also where none is needed', async () => {
    for (const path of ['/open', '/partners', '/nowhere']) {
      const { answer, received } = await get(path, foreign);
      expect(answer.status).toBe(400);
      expect(received).toBeUndefined();
    }
  });

  test('do not replace address lists', async () => {
    expect((await get('/near', partner)).answer.status).toBe(403);
  });
});

describe('what would never be asked for is refused', () => {
  const messages = (changes: Partial<Gateway>) => () => emitted(asking({ targets: settings(), ...changes }));

  test.each([
    ['TLS ends upstream', { tls: { ...asking().tls, termination: sourced('upstream' as const) } }],
    ['no host has TLS', { sites: [site(routes, [host('localhost', 'http', 8080)])] }],
    ['the authority is no secret of the gateway', { secrets: [] }],
    [
      'no authority is named',
      {
        tls: { ...gateway().tls },
        ownedHeaders: [],
        sites: [site(routes, [host('localhost', 'https', 8443)])],
      },
    ],
  ])('%s', (_, changes) => {
    expect(messages(changes)).toThrow();
  });
});
