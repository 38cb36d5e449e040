import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { HeaderChanges, Operation, OperationFeatures } from '../../src/model/gateway.ts';
import { type Backend, startBackend } from '../support/backend.ts';
import { backend, gateway, host, limit, operation, route, site, sourced } from '../support/model.ts';
import { freePorts } from '../support/ports.ts';
import { exchange, requestBytes } from '../support/raw-http.ts';
import { type RunningModel, settings, startModel } from './start-model.ts';

let server: Backend;
let running: RunningModel;
let port = 0;

const changes = (some: Partial<HeaderChanges>) => sourced({ set: [], add: [], remove: [], ...some });
const get = (id: string, features: Partial<OperationFeatures>): Operation =>
  operation('GET', { id, ...features });
const counted = (count: number, bucket: string, per: 'ip' | 'all' = 'ip') =>
  sourced(limit({ count, period: 'm', burst: 2, per: { kind: per }, bucket }));

beforeAll(async () => {
  server = await startBackend({
    answer: () => ({
      status: 200,
      headers: [
        ['X-Powered-By', 'PHP/5'],
        ['X-Accel-Redirect', '/./gw/plain/GET'],
        ['X-Secret', 'a'],
        ['X-Frame-Options', 'ALLOW'],
        ['Set-Cookie', 'a=1'],
      ],
    }),
  });
  const [front = 0] = await freePorts(1);
  port = front;
  const node = (name: string) => [sourced({ host: name, port: server.port, weight: 1 })];
  const to = (name: string) => sourced({ backend: name, target: { kind: 'below' } as const });
  const routes = {
    plain: {},
    'as-client': { backend: to('client') },
    based: { backend: to('based') },
    'add-header': { requestHeaders: changes({ add: [{ name: 'X-Tag', value: 'gateway' }] }) },
    'api-key': { requestHeaders: changes({ set: [{ name: 'X-Api-Key', value: '$secret "1"' }] }) },
    response: {
      responseHeaders: changes({
        set: [{ name: 'X-Frame-Options', value: 'DENY' }],
        add: [{ name: 'Set-Cookie', value: 'b=2' }],
        remove: ['X-Secret'],
      }),
    },
    'limit-a': { limits: [counted(3, 'a')] },
    'limit-b': { limits: [counted(3, 'b')] },
    'limit-b-too': { limits: [counted(3, 'b')] },
    'limit-both': { limits: [counted(3, 'c'), counted(3, 'd')] },
    'limit-d': { limits: [counted(3, 'd')] },
    'limit-all': { limits: [counted(6, 'e', 'all')] },
  };
  running = await startModel(
    gateway({
      sites: [
        site(
          Object.entries(routes).map(([id, features]) => route(`/${id}`, [get(id, features)])),
          [host('localhost', 'http', front)],
        ),
      ],
      backends: [
        backend('main', { nodes: node('127.0.0.1') }),
        backend('client', { nodes: node('127.0.0.1'), host: 'client' }),
        backend('based', { nodes: node('localhost'), basePath: '/v2', balance: 'least-connections' }),
      ],
      targets: settings(),
    }),
    [front],
  );
});

afterAll(async () => {
  await running?.stop();
  await server?.stop();
});

beforeEach(() => server.forget());

const ask = (path: string, headers: readonly (readonly [string, string])[] = []) =>
  exchange({ port }, requestBytes(`GET ${path} HTTP/1.1`, [['Host', 'localhost'], ...headers]));
const received = (name: string) => server.requests[0]?.values(name);

describe('what the back end receives', () => {
  test.each([
    ['/plain', () => `127.0.0.1:${server.port}`, '/plain'],
    ['/as-client', () => `localhost:${port}`, '/as-client'],
    ['/based', () => `localhost:${server.port}`, '/v2/based'],
  ])('%s: its own name or the front door’s', async (path, name, target) => {
    expect((await ask(path)).status).toBe(200);
    expect(received('host')).toEqual([name()]);
    expect(server.requests[0]?.target).toBe(target);
  });

  test('a value is added to what the client sent', async () => {
    await ask('/add-header');
    await ask('/add-header', [['X-Tag', 'client']]);
    expect(server.requests.map((one) => one.values('x-tag'))).toEqual([['gateway'], ['client, gateway']]);
  });

  test('a constant of the document may use the name of a header that is always removed', async () => {
    await ask('/api-key', [['X-Api-Key', 'mine']]);
    expect(received('x-api-key')).toEqual(['$secret "1"']);
    expect(received('x-forwarded-host')).toEqual(['localhost']);
  });
});

describe('what the client receives', () => {
  test('R10: nothing that tells what the back end is made of, and no redirect inside the gateway', async () => {
    const answer = await ask('/plain');
    expect(answer.status).toBe(200);
    expect(answer.header('x-powered-by')).toBeUndefined();
    expect(answer.header('x-accel-redirect')).toBeUndefined();
    expect(answer.header('server')).toBe('nginx');
    expect(answer.header('x-secret')).toBe('a');
  });

  test('changes of the document', async () => {
    const answer = await ask('/response');
    expect(answer.header('x-frame-options')).toBe('DENY');
    expect(answer.header('x-secret')).toBeUndefined();
    expect(answer.header('x-powered-by')).toBeUndefined();
    expect(answer.headers.filter(([name]) => name === 'Set-Cookie').map(([, value]) => value)).toEqual([
      'a=1',
      'b=2',
    ]);
  });
});

describe('limits', () => {
  const statuses = async (...paths: readonly string[]) => {
    const found: number[] = [];
    for (const path of paths) found.push((await ask(path)).status);
    return found;
  };

  test('buckets of one rate are counted apart, and shared by name', async () => {
    expect(await statuses('/limit-a', '/limit-a', '/limit-a')).toEqual([200, 200, 429]);
    expect(await statuses('/limit-b', '/limit-b-too', '/limit-b', '/limit-b-too')).toEqual([
      200, 200, 429, 429,
    ]);
  });

  test('every limit of an operation holds, with the same rate too', async () => {
    expect(await statuses('/limit-d', '/limit-both', '/limit-both')).toEqual([200, 200, 429]);
  });

  test('L1: the answer says when to come again', async () => {
    expect(await statuses('/limit-all', '/limit-all')).toEqual([200, 200]);
    const answer = await ask('/limit-all');
    expect([answer.status, answer.header('retry-after')]).toEqual([429, '10']);
    expect(JSON.parse(answer.text).type).toBe('urn:gwc:too-many-requests');
  });
});
