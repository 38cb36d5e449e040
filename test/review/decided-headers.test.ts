import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Backend, startBackend } from '../support/backend.ts';
import { freePorts } from '../support/ports.ts';
import { exchange } from '../support/raw-http.ts';
import { type RunningGateway, startGateway } from '../support/running-gateway.ts';
import { keySet, mint, signingKey } from '../support/tokens.ts';

const key = signingKey('ES256', 'decided');
const now = Math.floor(Date.now() / 1000);
const claims = { iss: 'https://id.test/', aud: 'decided', sub: 'a', tenant: 'acme', exp: now + 600 };
const token = mint(claims, { key });
let backend: Backend;
let gateway: RunningGateway;
let front = 0;

beforeAll(async () => {
  backend = await startBackend();
  const [port = 0, verifier = 0] = await freePorts(2);
  front = port;
  gateway = await startGateway(
    {
      'decided.openapi.yaml': `
openapi: 3.0.3
info: { title: Decided, version: '1' }
servers: [{ url: 'http://localhost:${port}' }]
security: [{ user: [] }]
x-gateway:
  backends: { main: { url: 'http://127.0.0.1:${backend.port}' } }
  authenticators:
    user: { issuer: https://id.test/, audiences: [decided], jwks: { file: keys.json } }
    bare: { issuer: https://id.test/, audiences: [decided], jwks: { file: keys.json } }
    stripped: { issuer: https://id.test/, audiences: [decided], jwks: { file: keys.json }, stripToken: true }
  defaults: { backend: main }
  targets: { nginx: { listen: { verifier: ${verifier} } } }
paths:
  /tenant:
    get:
      operationId: tenant
      x-gateway: { authorize: header.X-Tenant == claims.tenant }
      responses: { '200': { description: ok } }
  /bare:
    get: { operationId: bare, security: [{ bare: [] }], responses: { '200': { description: ok } } }
  /optional:
    get:
      operationId: optional
      security: [{}, { bare: [] }]
      x-gateway: { public: { reason: a test } }
      responses: { '200': { description: ok } }
  /stripped:
    get: { operationId: stripped, security: [{ stripped: [] }], responses: { '200': { description: ok } } }
components:
  securitySchemes:
    user: { type: http, scheme: bearer }
    bare: { type: apiKey, in: header, name: X-Token }
    stripped: { type: apiKey, in: header, name: X-Token }
`,
      'keys.json': JSON.stringify(keySet([key])),
    },
    [port, verifier],
  );
});

afterAll(async () => {
  await gateway?.stop();
  await backend?.stop();
});

/** What a back end received of a header; undefined when the request did not reach it. */
async function received(path: string, name: string, lines: readonly string[]) {
  backend.forget();
  const head = [`GET ${path} HTTP/1.1`, `Host: localhost:${front}`, ...lines, 'Connection: close', '', ''];
  await exchange({ port: front }, head.join('\r\n'));
  return backend.requests[0]?.values(name);
}

/** Whether the gateway refuses repeated lines or picks one: nothing else may get through. */
const nothingBut = (value: string) => [undefined, JSON.stringify([value])];

test('a header that a policy read has one line, the one that was decided on', async () => {
  const bearer = `Authorization: Bearer ${token}`;
  expect(await received('/tenant', 'x-tenant', [bearer, 'X-Tenant: acme'])).toEqual(['acme']);
  const twice = await received('/tenant', 'x-tenant', [bearer, 'X-Tenant: acme', 'X-Tenant: other']);
  expect(nothingBut('acme')).toContain(twice && JSON.stringify(twice));
});

test('a header that carried a credential has no line that nobody verified', async () => {
  expect(await received('/bare', 'x-token', [`X-Token: ${token}`])).toEqual([token]);
  const twice = await received('/bare', 'x-token', [`X-Token: ${token}`, 'x-token: forged']);
  expect(nothingBut(token)).toContain(twice && JSON.stringify(twice));
});

test('an anonymous request carries no credential', async () => {
  const lines = await received('/optional', 'x-token', ['X-Token:', 'X-Token: forged']);
  expect([undefined, '[]']).toContain(lines && JSON.stringify(lines));
});

test('a credential that is stripped stays so', async () => {
  expect(await received('/stripped', 'x-token', [`X-Token: ${token}`])).toEqual([]);
});
