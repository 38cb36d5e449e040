import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Backend, startBackend } from '../support/backend.ts';
import { freePorts } from '../support/ports.ts';
import { exchange } from '../support/raw-http.ts';
import { type RunningGateway, startGateway } from '../support/running-gateway.ts';
import { keySet, mint, signingKey } from '../support/tokens.ts';

const key = signingKey('ES256', 'log');
const now = Math.floor(Date.now() / 1000);
const token = mint(
  { iss: 'https://id.test/', aud: 'log', sub: 'alice "x"\n\u202e', exp: now + 600 },
  { key },
);
const canary = 'c4n4ry';
let backend: Backend;
let gateway: RunningGateway;
let front = 0;

beforeAll(async () => {
  backend = await startBackend({
    answer: () => ({ status: 201, headers: [['Set-Cookie', `s=${canary}`]], body: 'x' }),
  });
  const [port = 0, verifier = 0, nobody = 0] = await freePorts(3);
  front = port;
  gateway = await startGateway(
    {
      'log.openapi.yaml': `
openapi: 3.0.3
info: { title: Log, version: '1' }
servers: [{ url: 'http://localhost:${port}' }]
security: [{ user: [] }]
x-gateway:
  backends:
    main: { url: 'http://127.0.0.1:${backend.port}' }
    nobody: { url: 'http://127.0.0.1:${nobody}' }
  authenticators:
    user: { issuer: https://id.test/, audiences: [log], jwks: { file: keys.json } }
  defaults: { backend: main }
  logging:
    access:
      fields: [time, method, route, status, latency, subject, request_id, reason, host, client, path, user_agent, query.page, header.x-tenant]
      redact: [query.secret]
  targets: { nginx: { listen: { verifier: ${verifier} } } }
paths:
  /things:
    get: { operationId: listThings, responses: { '200': { description: ok } } }
  /open:
    get: { operationId: open, security: [], responses: { '200': { description: ok } } }
  /gone:
    get: { operationId: gone, security: [], x-gateway: { backend: nobody }, responses: { '200': { description: ok } } }
components: { securitySchemes: { user: { type: http, scheme: bearer } } }
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

/** Sends one request and returns its line of the log. */
async function logged(request: string, headers: readonly string[] = []): Promise<Record<string, unknown>> {
  const before = lines().length;
  await exchange(
    { port: front },
    `${request} HTTP/1.1\r\nHost: localhost:${front}\r\n${headers.map((one) => `${one}\r\n`).join('')}\r\n`,
  );
  for (let attempt = 0; attempt < 200; attempt++) {
    const line = lines()[before];
    if (line !== undefined) return line;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('nothing was logged');
}

const lines = (): readonly Record<string, unknown>[] => gateway.log();

test('one JSON line says who did what, by which route, and how it ended', async () => {
  const line = await logged('GET /things?page=2', [
    `Authorization: Bearer ${token}`,
    'User-Agent: a "b" \\ \u001b[31m',
    'X-Tenant: acme',
  ]);
  expect(line).toMatchObject({
    method: 'GET',
    route: 'listThings',
    status: 201,
    reason: 'ok',
    host: 'localhost',
    client: '127.0.0.1',
    path: '/things',
  });
  expect(line['time']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/);
  expect(line['subject']).toContain('alice');
  expect(line['user_agent']).toBe('a "b" \\ \u001b[31m');
  expect(line['query.page']).toBe('2');
  expect(line['header.x-tenant']).toBe('acme');
  expect(typeof line['status']).toBe('number');
});

test('G4: the request id is the gateway’s own, in the answer, the log and the back end', async () => {
  backend.forget();
  const line = await logged('GET /open', ['X-Request-Id: spoofed']);
  const [id] = backend.requests[0]?.values('x-request-id') ?? [];
  expect(id).toMatch(/^[0-9a-f-]{32,36}$/);
  expect(line['request_id']).toBe(id);
});

test.each([
  ['GET /things', 'no-credential', 401, 'listThings'],
  ['GET /nothing', 'not-found', 404, ''],
  ['PUT /things', 'method', 405, ''],
  ['GET /things/../x', 'bad-target', 400, ''],
] as const)('%s is logged with the reason %s', async (request, reason, status, route) => {
  const line = await logged(request);
  expect(line).toMatchObject({ status, reason });
  if (route !== '') expect(line['route']).toBe(route);
});

test('G1: no credential and no query appears anywhere in the logs', async () => {
  await logged(`GET /things?secret=${canary}&access_token=${canary}`, [
    `Authorization: Bearer ${canary}`,
    `Cookie: a=${canary}`,
    `X-Api-Key: ${canary}`,
  ]);
  await logged(`GET /open?access_token=${canary}`);
  await logged(`GET /gone?access_token=${canary}`, [`Authorization: Bearer ${canary}`]);
  const written = JSON.stringify(lines()) + gateway.nginx.stderr();
  expect(written).not.toContain(canary);
  expect(written).not.toContain(token);
});

test('G2: nothing that a client sends breaks a line', async () => {
  const line = await logged('GET /open?page=%22%0d%0a', [
    'User-Agent: "},{"status":1,"x":"',
    'X-Tenant: \u007f\u00ff',
  ]);
  expect(line['status']).toBe(201);
  expect(line['user_agent']).toBe('"},{"status":1,"x":"');
});
