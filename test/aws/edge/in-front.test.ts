import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Backend, startBackend } from '../../support/backend.ts';
import { exchange, requestBytes } from '../../support/raw-http.ts';
import { writeFiles } from '../../support/running-gateway.ts';
import { mint } from '../../support/tokens.ts';
import { type RunningStack, startStack } from '../stack/start-stack.ts';
import { distributionOf, originSecrets, type RunningDistribution, samplePlace } from './distribution.ts';
import { build, key } from './emitted-document.ts';
import { requestId } from './event.ts';

/** The emitted stack interpreted, and the functions of its distribution running in front of it. */
let backend: Backend;
let stack: RunningStack;
let edge: RunningDistribution;
const folder = mkdtempSync(join(tmpdir(), 'gwc-test-'));
const parameters = {
  EdgeCertificateArnPagesExampleCom: 'arn:aws:acm:us-east-1:123456789012:certificate/edge',
};
beforeAll(async () => {
  const { files } = await build('cloudfront');
  writeFiles(
    folder,
    [...files].map(([path, contents]) => ({ path, contents })),
  );
  backend = await startBackend();
  const hosts = new Map([['main.example.com:443', backend.port]]);
  stack = await startStack({ folder, hosts, parameters, secrets: originSecrets });
  edge = distributionOf(folder, { parameters, place: samplePlace, secrets: originSecrets }, stack.port);
}, 60_000);
afterAll(async () => {
  await stack?.stop();
  await backend?.stop();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(() => {
  backend.forget();
  backend.answerWith(() => ({ status: 200 }));
});

const host = 'pages.example.com';
const token = () =>
  mint(
    { iss: 'https://id.example.com/', aud: 'pages', sub: 'alice', exp: Math.floor(Date.now() / 1000) + 60 },
    { key },
  );
const navigation = ['Sec-Fetch-Mode: navigate', 'Accept: text/html'];

test('a person without a credential is sent to the login page, and comes back to the same address', async () => {
  const answer = await edge.send({ target: '/v1/pages/1?a=b', host, headers: navigation });
  expect(answer.status).toBe(302);
  expect(answer.header('location')).toBe(
    'https://login.example.com/start?return_to=https%3A%2F%2Fpages.example.com%2Fv1%2Fpages%2F1%3Fa%3Db',
  );
  expect(answer.text).toBe('');
  expect(backend.requests).toEqual([]);
});

test('a program without a credential is told 401, with the problem of the regional API', async () => {
  const answer = await edge.send({ target: '/v1/pages/1', host });
  expect(answer.status).toBe(401);
  expect(answer.header('www-authenticate')).toBe('Bearer realm="pages"');
  expect(answer.header('x-gwc-unauthenticated')).toBeUndefined();
  expect(JSON.parse(answer.text)).toMatchObject({ type: 'urn:gwc:unauthenticated', status: 401 });
});

test('a person is not redirected where the operation has no login', async () => {
  expect((await edge.send({ target: '/v1/status', host, headers: navigation })).status).toBe(401);
});

test('a caller with a token reaches the back end, which sees their address and nothing of the edge', async () => {
  const headers = [
    `Authorization: Bearer ${token()}`,
    'X-Forwarded-For: 10.0.0.1',
    'X-Gwc-Viewer-Address: 10.0.0.1',
  ];
  expect((await edge.send({ target: '/v1/pages/a%20b', host, headers })).status).toBe(200);
  const [received] = backend.requests;
  expect(received?.target).toBe('/pages/a%20b');
  expect(received?.values('x-forwarded-for').join()).toContain('192.0.2.1');
  expect(received?.bytes.toString('latin1')).not.toMatch(new RegExp(`secret-|10\\.0\\.0\\.1|${requestId}`));
});

test('a back end cannot say in the name of the gateway that the caller is unknown', async () => {
  backend.answerWith((received) => ({
    status: 302,
    headers: [
      ['Location', '/elsewhere'],
      [
        'X-Gwc-Unauthenticated',
        received.values('x-gwc-request').join() || received.values('x-amz-cf-id').join(),
      ],
      ['X-Gwc-Resource', '/v1/pages/{id}'],
    ],
  }));
  const headers = [...navigation, `Cookie: a=b`, `Authorization: Bearer ${token()}`];
  const answer = await edge.send({ target: '/v1/pages/1', host, headers });
  expect(answer.status).toBe(302);
  expect(answer.header('location')).toBe('/elsewhere');
});

test('targets that are not canonical and other hosts go no further than the edge', async () => {
  expect((await edge.send({ target: '/v1/pages/..%2fx', host })).status).toBe(400);
  expect((await edge.send({ target: '/v1/status', host: 'other.example.com' })).status).toBe(421);
  expect(stack.calls).toEqual(stack.calls.filter(({ event }) => !JSON.stringify(event).includes('..%2fx')));
});

test('unknown paths and methods are answered as without an edge', async () => {
  expect((await edge.send({ target: '/v1/nothing', host })).status).toBe(404);
  expect((await edge.send({ target: '/v1/status', host, method: 'DELETE' })).status).toBe(405);
});

test('nobody reaches the regional API past the distribution', async () => {
  const direct = async (secret: string | undefined) => {
    const own = secret === undefined ? [] : [['X-Gwc-Origin', secret] as const];
    const head = [['Host', host], ...own, ['Connection', 'close']] as const;
    return (await exchange({ port: stack.port }, requestBytes('GET /v1/nothing HTTP/1.1', head))).status;
  };
  expect(await direct(undefined)).toBe(403);
  expect(await direct('secret-C')).toBe(403);
  expect(await direct('secret-A')).toBe(404);
  expect(await direct('secret-B')).toBe(404);
});
