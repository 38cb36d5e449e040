import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConnectionOptions, connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Backend, startBackend } from '../support/backend.ts';
import { createAuthority, issueCertificate } from '../support/certificates.ts';
import { freePorts } from '../support/ports.ts';
import { type Destination, exchange, requestBytes } from '../support/raw-http.ts';
import { type RunningGateway, startGateway } from '../support/running-gateway.ts';
import { fill } from './case.ts';

const document = readFileSync(new URL('../../fixtures/behaviour/tls.openapi.yaml', import.meta.url), 'utf8');
const authority = createAuthority('Internal');
const backendCertificate = issueCertificate(authority, { names: ['DNS:backend.test'] });
const gatewayCertificate = issueCertificate(authority, { names: ['DNS:gateway.test'] });
const front = issueCertificate(authority, { names: ['DNS:localhost', 'DNS:api.localhost'] });

let gateway: RunningGateway;
let trusted: Backend;
let second: Backend;
let secrets: string;
const port = { https: 0, http: 0 };

beforeAll(async () => {
  secrets = mkdtempSync(join(tmpdir(), 'gwc-test-'));
  writeFileSync(join(secrets, 'ca.crt'), authority.cert);
  writeFileSync(join(secrets, 'gateway.crt'), gatewayCertificate.cert);
  writeFileSync(join(secrets, 'gateway.key'), gatewayCertificate.key);
  trusted = await startBackend({
    tls: { ...backendCertificate, ca: authority.cert, requireClientCertificate: false },
  });
  second = await startBackend();
  const [https = 0, http = 0, verifier = 0, nobody = 0] = await freePorts(4);
  Object.assign(port, { https, http });
  const ports = new Map([
    ['18080', https],
    ['18081', trusted.port],
    ['18082', second.port],
    ['18083', verifier],
    ['18084', http],
    ['18089', nobody],
  ]);
  gateway = await startGateway(
    { 'tls.openapi.yaml': fill(document, new Map(), ports).replaceAll('FOLDER', secrets) },
    [https, http],
    {
      alter: (artifacts) => [
        ...artifacts,
        ...['localhost', 'api.localhost'].flatMap((host) => [
          { path: `tls/${host}.crt`, contents: front.cert },
          { path: `tls/${host}.key`, contents: front.key },
        ]),
      ],
    },
  );
});

afterAll(async () => {
  await gateway?.stop();
  await trusted?.stop();
  await second?.stop();
  rmSync(secrets, { recursive: true, force: true });
});

const tls = (changes: Partial<NonNullable<Destination['tls']>> = {}): Destination => ({
  port: port.https,
  tls: { servername: 'localhost', ca: authority.cert, ...changes },
});
const get = (path: string, destination: Destination = tls(), host = 'localhost') =>
  exchange(destination, requestBytes(`GET ${path} HTTP/1.1`, [['Host', host]]));

describe('back ends', () => {
  test('B1 B2 H3: a verified back end gets the client certificate and what the front door is', async () => {
    trusted.forget();
    expect((await get('/v1/trusted?x=1')).status).toBe(200);
    const [request] = trusted.requests;
    expect(request?.target).toBe('/trusted?x=1');
    expect(request?.clientCertificate?.commonName).toBe('gateway.test');
    expect(request?.values('x-forwarded-proto')).toEqual(['https']);
    expect(request?.values('x-forwarded-host')).toEqual(['localhost']);
  });

  test.each(['wrong-name', 'unknown-authority'])(
    'B1: %s is 502 and the back end gets nothing',
    async (name) => {
      trusted.forget();
      const response = await get(`/v1/${name}`);
      expect(response.status).toBe(502);
      expect(JSON.parse(response.text).type).toBe('urn:gwc:bad-gateway');
      expect(trusted.requests).toEqual([]);
    },
  );

  test('B1: a verified connection of one back end never serves another policy', async () => {
    for (let round = 0; round < 4; round++) {
      expect((await get('/v1/unverified')).status).toBe(200);
      expect((await get('/v1/wrong-name')).status).toBe(502);
    }
  });

  test('B6: a back end that does not answer in time is 504', async () => {
    trusted.answerWith(() => 'hang');
    const response = await get('/v1/trusted');
    expect(response.status).toBe(504);
    expect(JSON.parse(response.text).type).toBe('urn:gwc:gateway-timeout');
    trusted.answerWith(() => ({ status: 200 }));
  });

  test('B6: a back end that is not there is 502', async () => {
    const response = await get('/v1/nobody');
    expect(response.status).toBe(502);
    expect(JSON.parse(response.text).type).toBe('urn:gwc:bad-gateway');
  });

  test('a failed connect goes to the next node', async () => {
    for (let round = 0; round < 3; round++) expect((await get('/v1/several')).status).toBe(200);
  });

  test.each(['POST', 'PUT'])('B3: %s is never sent twice', async (method) => {
    second.forget();
    second.answerWith(() => 'reset');
    const request = requestBytes(
      `${method} /v1/several HTTP/1.1`,
      [
        ['Host', 'localhost'],
        ['Content-Length', '1'],
      ],
      'x',
    );
    expect((await exchange(tls(), request)).status).toBe(502);
    expect(second.requests.length).toBeLessThanOrEqual(1);
    second.answerWith(() => ({ status: 200 }));
  });
});

describe('the front door', () => {
  test.each(['TLSv1', 'TLSv1.1'] as const)('T1: %s is refused', async (version) => {
    await expect(
      handshake({ minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' }),
    ).rejects.toThrow();
  });

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('T1: %s is served', async (version) => {
    expect((await get('/v1/trusted', tls({ minVersion: version, maxVersion: version }))).status).toBe(200);
  });

  test('T1: a weak cipher is refused', async () => {
    await expect(handshake({ maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA' })).rejects.toThrow();
  });

  test('T2: plain HTTP is sent to the constant host with 308', async () => {
    const destination = { port: port.http };
    const response = await exchange(
      destination,
      requestBytes('GET /v1/trusted?a=%20 HTTP/1.1', [['Host', 'LOCALHOST:1']]),
    );
    expect(response.status).toBe(308);
    expect(response.header('location')).toBe(`https://localhost:${port.https}/v1/trusted?a=%20`);
  });

  test('T2 H1: plain HTTP for an unknown host is refused', async () => {
    const response = await exchange(
      { port: port.http },
      requestBytes('GET /v1/trusted HTTP/1.1', [['Host', 'evil.test']]),
    );
    expect([400, 421]).toContain(response.status);
  });

  test('T2 R3: a redirect never carries what is not canonical', async () => {
    const response = await exchange(
      { port: port.http },
      requestBytes('GET //evil.test HTTP/1.1', [['Host', 'localhost']]),
    );
    expect(response.status).toBe(400);
  });

  test.each(['/v1/trusted', '/v1/missing', '/v1/nobody', '//x'])(
    'T2: strict transport security on %s',
    async (path) => {
      expect((await get(path)).header('strict-transport-security')).toBe('max-age=2592000');
    },
  );

  test('T3: an unknown server name is refused in the handshake', async () => {
    await expect(handshake({ servername: 'evil.test' })).rejects.toThrow();
  });

  test('T3: no server name is refused in the handshake', async () => {
    await expect(handshake({ servername: '' })).rejects.toThrow();
  });

  test('T3: a host that is not the server name is misdirected', async () => {
    const response = await get('/v1/trusted', tls(), 'api.localhost');
    expect(response.status).toBe(421);
    expect(JSON.parse(response.text).type).toBe('urn:gwc:misdirected-request');
  });

  test('the second host is served under its own name', async () => {
    expect((await get('/v1/trusted', tls({ servername: 'api.localhost' }), 'api.localhost')).status).toBe(
      200,
    );
  });
});

/** A handshake and nothing else; rejects when the server refuses it. */
function handshake(options: ConnectionOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      port: port.https,
      host: '127.0.0.1',
      servername: 'localhost',
      rejectUnauthorized: false,
      ...options,
    });
    socket.once('secureConnect', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
  });
}
