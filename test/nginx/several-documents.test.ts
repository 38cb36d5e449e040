import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Backend, startBackend } from '../support/backend.ts';
import { type RunningNginx, startNginx } from '../support/nginx.ts';
import { freePorts } from '../support/ports.ts';
import { exchange, requestBytes } from '../support/raw-http.ts';
import { compile, load, readableFolder, writeFiles } from '../support/running-gateway.ts';
import { withJsEngine } from '../support/tested-nginx.ts';

/** Two teams' documents, one shared block in a configuration, two environments on loopback. */
const folder = readableFolder();
let server: Backend;
let other: Backend;
const running: RunningNginx[] = [];
const ports = { dev: 0, prod: 0, narrow: 0 };

const ok = "responses: { '200': { description: ok } }";
const orders = (narrow: number): string => `
openapi: 3.1.0
info: { title: Orders, version: '1' }
servers: [{ url: /orders/v1 }]
security: []
paths:
  /items/{id}:
    get: { operationId: item, parameters: [{ name: id, in: path, required: true, schema: { type: string } }], ${ok} }
  /items/new: { get: { operationId: newItem, ${ok} } }
  /narrow-path:
    servers: [{ url: 'http://localhost:${narrow}/narrow' }]
    get: { operationId: narrowPath, ${ok} }
  /narrow-operation:
    get: { operationId: narrowOperation, servers: [{ url: 'http://localhost:${narrow}/narrow' }], ${ok} }
    head: { operationId: wideOperation, ${ok} }
`;
const users = `
openapi: 3.1.0
info: { title: Users, version: '1' }
servers: [{ url: '/{base}', variables: { base: { default: users, enum: [users, people] } } }]
security: []
x-gateway: { backends: { users: { url: 'http://127.0.0.1:1' } }, defaults: { backend: users, bodySize: 1kb } }
paths:
  /me: { get: { operationId: me, ${ok} }, put: { operationId: change, x-gateway: { public: { reason: a test } }, ${ok} } }
`;
const configuration = (dev: number, prod: number, verifier: number, back: number, second: number): string => `
gateways:
  shop:
    documents: ['*/openapi.yaml']
    gateway:
      backends:
        orders: { url: 'http://127.0.0.1:${back}' }
      defaults: { backend: orders, public: { reason: a test }, limits: [{ rate: 1/m, burst: 3, per: all }] }
      targets: { nginx: { workers: 1, listen: { verifier: ${verifier} } } }
      environments:
        dev: { server: 'http://localhost:${dev}', backends: { users: { url: 'http://127.0.0.1:${second}' } } }
        prod:
          server: 'http://127.0.0.1:${prod}'
          serverVariables: { base: people }
          defaults: { limits: [{ rate: 1/m, burst: 1, per: all }] }
          operations: { item: { timeout: 2s } }
`;

async function start(env: 'dev' | 'prod', documents: readonly string[]): Promise<void> {
  const loaded = await load(documents, {
    env,
    root: folder,
    configured: { file: join(folder, 'gwc.config.yaml'), gateway: 'shop' },
  });
  const output = join(folder, env);
  writeFiles(output, withJsEngine(compile(loaded).artifacts));
  running.push(await startNginx({ folder: output, ports: [ports[env]] }));
}

beforeAll(async () => {
  server = await startBackend();
  other = await startBackend();
  const [dev = 0, prod = 0, narrow = 0, verifier = 0] = await freePorts(4);
  Object.assign(ports, { dev, prod, narrow });
  writeFiles(folder, [
    { path: 'orders/openapi.yaml', contents: orders(narrow) },
    {
      path: 'users/openapi.yaml',
      contents: users.replace('http://127.0.0.1:1', `http://127.0.0.1:${other.port}`),
    },
    { path: 'gwc.config.yaml', contents: configuration(dev, prod, verifier, server.port, other.port) },
  ]);
  const documents = ['orders', 'users'].map((name) => join(folder, name, 'openapi.yaml'));
  await start('dev', documents);
});
afterAll(async () => {
  for (const one of running) await one.stop();
  await server?.stop();
  await other?.stop();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  server.forget();
  other.forget();
});

const ask = async (port: number, target: string, method = 'GET', host = `localhost:${port}`) =>
  (
    await exchange(
      { port },
      requestBytes(
        `${method} ${target} HTTP/1.1`,
        [
          ['Host', host],
          ['Content-Length', method === 'PUT' ? '2000' : '0'],
        ],
        method === 'PUT' ? 'x'.repeat(2000) : '',
      ),
    )
  ).status;

describe('a gateway of two documents and a shared block', () => {
  test('serves each below its own base path, with its own back end and its own limit of bodies', async () => {
    expect(await ask(ports.dev, '/orders/v1/items/new')).toBe(200);
    expect(server.requests.map(({ target }) => target)).toEqual(['/items/new']);
    expect(await ask(ports.dev, '/users/me', 'PUT')).toBe(413);
    expect(await ask(ports.dev, '/users/me')).toBe(200);
    expect(other.requests.map(({ target }) => target)).toEqual(['/me']);
    expect(await ask(ports.dev, '/people/me')).toBe(404);
  });

  test('serves paths and operations with servers of their own there and nowhere else', async () => {
    expect(await ask(ports.dev, '/orders/v1/narrow-path')).toBe(404);
    expect(await ask(ports.dev, '/orders/v1/narrow-operation')).toBe(405);
    expect(await ask(ports.narrow, '/orders/v1/items/new')).toBe(404);
    expect(await ask(ports.narrow, '/narrow/narrow-operation')).toBe(200);
    expect(server.requests.map(({ target }) => target)).toEqual(['/narrow-operation']);
  });

  test('counts the limit of the shared block over both documents', async () => {
    // Three were let through above: one on each way, in one counter.
    expect(await ask(ports.dev, '/orders/v1/items/1')).toBe(429);
    expect(await ask(ports.dev, '/users/me')).toBe(429);
    expect(await ask(ports.narrow, '/narrow/narrow-path')).toBe(429);
  });

  test('is another one in another environment', async () => {
    for (const one of running.splice(0)) await one.stop();
    const documents = ['orders', 'users'].map((name) => join(folder, name, 'openapi.yaml'));
    await start('prod', documents);
    expect(await ask(ports.prod, '/users/me', 'GET', `127.0.0.1:${ports.prod}`)).toBe(404);
    expect(await ask(ports.prod, '/people/me', 'GET', `127.0.0.1:${ports.prod}`)).toBe(200);
    expect(await ask(ports.prod, '/people/me', 'GET', `127.0.0.1:${ports.prod}`)).toBe(429);
    expect(await ask(ports.prod, '/people/me', 'GET', 'localhost')).toBe(421);
  });
});
