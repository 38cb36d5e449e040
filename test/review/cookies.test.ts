import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Backend, startBackend } from '../support/backend.ts';
import { freePorts } from '../support/ports.ts';
import { exchange } from '../support/raw-http.ts';
import { type RunningGateway, startGateway } from '../support/running-gateway.ts';
import { keySet, mint, signingKey } from '../support/tokens.ts';

const key = signingKey('ES256', 'cookies');
const now = Math.floor(Date.now() / 1000);
const token = mint({ iss: 'https://id.test/', aud: 'cookies', sub: 'a', exp: now + 600 }, { key });
let backend: Backend;
let gateway: RunningGateway;
let front = 0;

beforeAll(async () => {
  backend = await startBackend();
  const [port = 0, verifier = 0] = await freePorts(2);
  front = port;
  gateway = await startGateway(
    {
      'cookies.openapi.yaml': `
openapi: 3.0.3
info: { title: Cookies, version: '1' }
servers: [{ url: 'http://localhost:${port}' }]
security: [{ session: [] }]
x-gateway:
  backends: { main: { url: 'http://127.0.0.1:${backend.port}' } }
  authenticators:
    session: { issuer: https://id.test/, audiences: [cookies], jwks: { file: keys.json }, stripToken: true }
  defaults: { backend: main }
  targets: { nginx: { listen: { verifier: ${verifier} } } }
paths:
  /kept:
    get: { operationId: kept, responses: { '200': { description: ok } } }
  /optional:
    get:
      operationId: optional
      security: [{}, { session: [] }]
      x-gateway: { public: { reason: a test } }
      responses: { '200': { description: ok } }
components: { securitySchemes: { session: { type: apiKey, in: cookie, name: session } } }
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

/** Status, and the Cookie header that the back end received; undefined when it received none. */
async function send(path: string, ...cookies: readonly string[]) {
  backend.forget();
  const lines = cookies.map((cookie) => `Cookie: ${cookie.replaceAll('T', token)}\r\n`).join('');
  const bytes = `GET ${path} HTTP/1.1\r\nHost: localhost:${front}\r\n${lines}Connection: close\r\n\r\n`;
  const response = await exchange({ port: front }, bytes);
  return { status: response.status, received: backend.requests[0]?.values('cookie')[0] };
}

const many = 'a=b; '.repeat(1500);

describe('a credential that is stripped never reaches the back end', () => {
  test.each<readonly [cookie: string, kept: string | undefined]>([
    ['session=T', undefined],
    ['session=T;', undefined],
    ['session=T; ;', undefined],
    [';session=T', undefined],
    ['a=b;;session=T;;', 'a=b;'],
    ['a=b; session=T', 'a=b'],
    ['session=T; c=d', 'c=d'],
    ['a=b; session=T; c=d', 'a=b; c=d'],
    ['a=b;session=T;c=d', 'a=b;c=d'],
    ['xsession=1; session=T; session2=3', 'xsession=1; session2=3'],
    [`${many}session=T`, many.replace(/; $/, '')],
    [`session=T; ${many}z=1`, `${many}z=1`],
  ])('%s', async (cookie, kept) => {
    expect(await send('/kept', cookie)).toEqual({ status: 200, received: kept });
  });

  test('among cookies on several lines', async () => {
    const { status, received } = await send('/kept', `${many}x=1`, 'session=T', `${many}y=2`);
    expect(status).toBe(200);
    expect(received).not.toContain(token);
  });
});

describe('a cookie that comes twice is no credential and is not overlooked', () => {
  test.each([
    'session=T; session=T',
    'session=T;session=',
    'session=; session=',
    `session=T; ${many}session=T`,
    `session=x${' '.repeat(7000)}y`,
  ])('%s', async (cookie) => {
    expect((await send('/optional', cookie)).status).toBe(401);
  });
});

test('no cookie at all is no credential', async () => {
  expect(await send('/optional')).toEqual({ status: 200, received: undefined });
  expect((await send('/kept')).status).toBe(401);
});

test('many other cookies are answered, and no cookie is written to the error log', async () => {
  expect(await send('/optional', `${many}z=1`)).toEqual({ status: 200, received: `${many}z=1` });
  expect(readFileSync(join(gateway.folder, 'logs/error.log'), 'utf8')).toBe('');
});
