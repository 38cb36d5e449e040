import { expect } from 'vitest';
import { exchange, requestBytes } from '../support/raw-http.ts';
import type { TlsLaw } from './tls.ts';

/** What must be observed of transport. `check` throws where it is not. */
export interface TlsCase {
  /** Rows of BEHAVIOUR.md, and what is expected. */
  readonly name: string;
  readonly check: (law: TlsLaw) => Promise<void>;
}

const backendCases: readonly TlsCase[] = [
  {
    name: 'B1 B2 H3: a verified back end gets the client certificate and what the front door is',
    check: async ({ trusted, get }) => {
      trusted.forget();
      expect((await get('/v1/trusted?x=1')).status).toBe(200);
      const [request] = trusted.requests;
      expect(request?.target).toBe('/trusted?x=1');
      expect(request?.clientCertificate?.commonName).toBe('gateway.test');
      expect(request?.serverName).toBe('backend.test');
      expect(request?.values('x-forwarded-proto')).toEqual(['https']);
      expect(request?.values('x-forwarded-host')).toEqual(['localhost']);
    },
  },
  ...['wrong-name', 'unknown-authority'].map((name) => ({
    name: `B1: ${name} is 502 and the back end gets nothing`,
    check: async ({ trusted, get }: TlsLaw): Promise<void> => {
      trusted.forget();
      const response = await get(`/v1/${name}`);
      expect(response.status).toBe(502);
      expect(JSON.parse(response.text).type).toBe('urn:gwc:bad-gateway');
      expect(trusted.requests).toEqual([]);
    },
  })),
  {
    name: 'B1: a verified connection of one back end never serves another policy',
    check: async ({ get }) => {
      for (let round = 0; round < 4; round++) {
        expect((await get('/v1/unverified')).status).toBe(200);
        expect((await get('/v1/wrong-name')).status).toBe(502);
      }
    },
  },
  {
    name: 'B6: a back end that does not answer in time is 504',
    check: async ({ trusted, get }) => {
      trusted.answerWith(() => 'hang');
      try {
        const response = await get('/v1/trusted');
        expect(response.status).toBe(504);
        expect(JSON.parse(response.text).type).toBe('urn:gwc:gateway-timeout');
      } finally {
        trusted.answerWith(() => ({ status: 200 }));
      }
    },
  },
  {
    name: 'B6: a back end that is not there is 502',
    check: async ({ get }) => {
      const response = await get('/v1/nobody');
      expect(response.status).toBe(502);
      expect(JSON.parse(response.text).type).toBe('urn:gwc:bad-gateway');
    },
  },
  {
    name: 'a failed connect goes to the next node',
    check: async ({ get }) => {
      for (let round = 0; round < 3; round++) expect((await get('/v1/several')).status).toBe(200);
    },
  },
  ...['POST', 'PUT', 'PATCH'].map((method) => ({
    name: `B3: ${method} is never sent twice`,
    check: async ({ second, third, tls }: TlsLaw): Promise<void> => {
      for (const backend of [second, third]) {
        backend.forget();
        backend.answerWith(() => 'reset');
      }
      try {
        const request = requestBytes(
          `${method} /v1/twins-${method.toLowerCase()} HTTP/1.1`,
          [
            ['Host', 'localhost'],
            ['Content-Length', '1'],
          ],
          'x',
        );
        expect((await exchange(tls(), request)).status).toBe(502);
        expect(second.requests.length + third.requests.length).toBeLessThanOrEqual(1);
      } finally {
        for (const backend of [second, third]) backend.answerWith(() => ({ status: 200 }));
      }
    },
  })),
];

const versionCases: readonly TlsCase[] = [
  ...(['TLSv1', 'TLSv1.1'] as const).map((version) => ({
    name: `T1: ${version} is refused`,
    check: async ({ handshake }: TlsLaw): Promise<void> => {
      await expect(
        handshake({ minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' }),
      ).rejects.toThrow();
    },
  })),
  ...(['TLSv1.2', 'TLSv1.3'] as const).map((version) => ({
    name: `T1: ${version} is served`,
    check: async ({ get, tls }: TlsLaw): Promise<void> => {
      const destination = tls({ minVersion: version, maxVersion: version });
      expect((await get('/v1/trusted', destination)).status).toBe(200);
    },
  })),
  {
    name: 'T1: a weak cipher is refused',
    check: async ({ handshake }) => {
      const ciphers = 'AES128-SHA:ECDHE-ECDSA-AES128-SHA:ECDHE-RSA-AES128-SHA';
      await expect(handshake({ maxVersion: 'TLSv1.2', ciphers })).rejects.toThrow();
    },
  },
];

const frontCases: readonly TlsCase[] = [
  {
    name: 'T2: plain HTTP is sent to the constant host with 308',
    check: async ({ port }) => {
      const request = requestBytes('GET /v1/trusted?a=%20 HTTP/1.1', [['Host', 'LOCALHOST:1']]);
      const response = await exchange({ port: port.http }, request);
      expect(response.status).toBe(308);
      expect(response.header('location')).toBe(`https://localhost:${port.https}/v1/trusted?a=%20`);
    },
  },
  {
    name: 'T2 H1: plain HTTP for an unknown host is refused',
    check: async ({ port }) => {
      const request = requestBytes('GET /v1/trusted HTTP/1.1', [['Host', 'evil.test']]);
      expect([400, 421]).toContain((await exchange({ port: port.http }, request)).status);
    },
  },
  {
    name: 'T2 R3: a redirect never carries what is not canonical',
    check: async ({ port }) => {
      const request = requestBytes('GET //evil.test HTTP/1.1', [['Host', 'localhost']]);
      expect((await exchange({ port: port.http }, request)).status).toBe(400);
    },
  },
  ...['/v1/trusted', '/v1/missing', '/v1/nobody', '//x'].map((path) => ({
    name: `T2: strict transport security on ${path}`,
    check: async ({ get }: TlsLaw): Promise<void> => {
      expect((await get(path)).header('strict-transport-security')).toBe('max-age=2592000');
    },
  })),
  ...['evil.test', ''].map((servername) => ({
    name: `T3: the server name "${servername}" is refused in the handshake`,
    check: async ({ handshake }: TlsLaw): Promise<void> => {
      await expect(handshake({ servername })).rejects.toThrow();
    },
  })),
  {
    name: 'T3: a host that is not the server name is misdirected',
    check: async ({ get, tls }) => {
      const response = await get('/v1/trusted', tls(), 'api.localhost');
      expect(response.status).toBe(421);
      expect(JSON.parse(response.text).type).toBe('urn:gwc:misdirected-request');
    },
  },
  {
    name: 'the second host is served under its own name',
    check: async ({ get, tls }) => {
      const destination = tls({ servername: 'api.localhost' });
      expect((await get('/v1/trusted', destination, 'api.localhost')).status).toBe(200);
    },
  },
];

/** Whoever answers in the name of a service that decides about callers must prove who it is. */
const serviceCases: readonly TlsCase[] = ['token', 'opaque', 'judged'].map((path) => ({
  name: `J24 R7: nobody passes on the word of a stranger at ${path}`,
  check: async ({ stranger, token, tls }) => {
    stranger.forget();
    const headers: [string, string][] = [
      ['Host', 'localhost'],
      ['Authorization', `Bearer ${token}`],
    ];
    const response = await exchange(tls(), requestBytes(`GET /v1/${path} HTTP/1.1`, headers));
    expect(response.status).toBe(503);
    expect(JSON.parse(response.text).type).toBe('urn:gwc:unavailable');
    expect(stranger.requests).toEqual([]);
  },
}));

export const tlsCases: readonly TlsCase[] = [
  ...backendCases,
  ...versionCases,
  ...frontCases,
  ...serviceCases,
];
