import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Backend, startBackend } from '../support/backend.ts';
import { freePorts } from '../support/ports.ts';
import { exchange, requestBytes } from '../support/raw-http.ts';
import { type RunningGateway, startGateway } from '../support/running-gateway.ts';

const SECRET = 'c4nary "$host" \\ {{x}} # 1';
let server: Backend;
let gateway: RunningGateway;
let port = 0;

const document = (front: number, verifier: number, back: number): string => `
openapi: 3.1.0
info: { title: Private, version: '1' }
servers: [{ url: 'http://localhost:${front}' }]
security: []
x-gateway:
  secrets: { key: { env: BACKEND_KEY }, token: { vault: kv/token } }
  backends:
    open: { url: 'http://127.0.0.1:${back}' }
    keyed:
      url: 'http://127.0.0.1:${back}'
      private: true
      credentials: { header: X-Gateway-Key, value: { secret: key } }
    bearer:
      url: 'http://127.0.0.1:${back}'
      private: true
      credentials: { header: Authorization, prefix: Bearer, value: { secret: token } }
  defaults: { backend: open, public: { reason: a test of private back ends } }
  targets: { nginx: { workers: 1, listen: { verifier: ${verifier} } } }
paths:
  /open: { get: { responses: { '200': { description: ok } } } }
  /keyed: { get: { x-gateway: { backend: keyed }, responses: { '200': { description: ok } } } }
  /keyed-too:
    post: { x-gateway: { backend: keyed, public: { reason: a test } }, responses: { '200': { description: ok } } }
  /bearer: { get: { x-gateway: { backend: bearer }, responses: { '200': { description: ok } } } }
`;

const store = (name: string, contents: string | Uint8Array): void =>
  writeFileSync(join(gateway.folder, 'secrets', name), contents, { mode: 0o644 });
const ask = (path: string, headers: readonly (readonly [string, string])[] = [], method = 'GET') =>
  exchange({ port }, requestBytes(`${method} ${path} HTTP/1.1`, [['Host', 'localhost'], ...headers]));
const received = (name: string) => server.requests.map((one) => one.values(name));

beforeAll(async () => {
  server = await startBackend();
  const [front = 0, verifier = 0] = await freePorts(2);
  port = front;
  gateway = await startGateway({ 'openapi.yaml': document(front, verifier, server.port) }, [front]);
});
afterAll(async () => {
  await gateway?.stop();
  await server?.stop();
});
beforeEach(() => {
  server.forget();
  store('key', `${SECRET}\n`);
  store('token', 'abc');
});

describe('a back end that asks the gateway for a credential', () => {
  test('gets it on every request, and nothing that a client put in its place', async () => {
    expect((await ask('/keyed')).status).toBe(200);
    const forged = [
      ['X-Gateway-Key', 'forged'],
      ['x-gateway-key', 'twice'],
    ] as const;
    expect((await ask('/keyed', forged)).status).toBe(200);
    expect((await ask('/keyed-too', forged, 'POST')).status).toBe(200);
    expect(received('x-gateway-key')).toEqual([[SECRET], [SECRET], [SECRET]]);
  });

  test('may ask for it behind a word', async () => {
    expect((await ask('/bearer', [['Authorization', 'Bearer mine']])).status).toBe(200);
    expect(received('authorization')).toEqual([['Bearer abc']]);
  });

  test('shares it with no other back end', async () => {
    await ask('/open', [['Authorization', 'Bearer mine']]);
    expect(received('authorization')).toEqual([['Bearer mine']]);
    expect(received('x-gateway-key')).toEqual([[]]);
  });

  test('gets a new value without a reload', async () => {
    store('key', 'next');
    await ask('/keyed');
    expect(received('x-gateway-key')).toEqual([['next']]);
  });

  test.each<[string, string | Uint8Array | undefined]>([
    ['is missing', undefined],
    ['is empty', ''],
    ['is one line feed', '\n'],
    ['has two lines', 'a\nX-Admin: 1\n'],
    ['ends with two line feeds', 'a\n\n'],
    ['ends as Windows ends lines', 'a\r\n'],
    ['holds a null byte', 'a\0b'],
    ['begins with a blank', ' a'],
    ['ends with a blank', 'a \n'],
    ['is not ASCII', 'ä'],
    ['is not text', Uint8Array.from([0x61, 0xff])],
    ['is longer than a header', 'a'.repeat(4097)],
  ])('gets nothing at all when the file %s', async (_, contents) => {
    if (contents === undefined) rmSync(join(gateway.folder, 'secrets/key'));
    else store('key', contents);
    const answer = await ask('/keyed', [['X-Gateway-Key', 'forged']]);
    expect(answer.status).toBe(503);
    expect(answer.body.toString()).toContain('urn:gwc:unavailable');
    expect(server.requests).toHaveLength(0);
    expect((await ask('/open')).status).toBe(200);
  });

  test('is named to whoever runs the gateway, and its credential is nowhere in the output', async () => {
    const text = gateway.artifacts.map(({ contents }) => contents).join('\n');
    expect(text).not.toContain('c4nary');
    const readme = gateway.artifacts.find(({ path }) => path === 'README.md')?.contents;
    expect(readme).toContain('the header X-Gateway-Key with the value of the secret key');
    expect(readme).toContain('`secrets/token`');
    await vi.waitFor(() => expect(gateway.log().length).toBeGreaterThan(0), { timeout: 5000 });
    expect(JSON.stringify(gateway.log())).not.toContain('c4nary');
  });
});
