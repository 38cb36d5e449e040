import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseTarget } from '../../../src/decide/parse-target.ts';
import { edgeFunctions } from '../../../src/targets/aws/edge/functions.ts';
import { gateway, host, operation, route, site, sourced } from '../../support/model.ts';
import { edgeTargets } from './edge-targets.ts';
import { requestEvent, requestId, type ViewerRequest } from './event.ts';
import { type Answer, loadFunction } from './runtime.ts';

const characters = sourced({ characters: ['%2F', ';'] as const, reason: 'ids of others' });
const model = gateway({
  sites: [
    site([
      route('/files/fixed', [operation('GET')]),
      route('/files/{id}', [operation('GET', { pathCharacters: characters }), operation('DELETE')]),
      route('/{rest+}', [operation('GET')]),
    ]),
    site([route('/')], [host('b.test')]),
  ],
  ownedHeaders: ['X-User-Id'],
});
const handler = loadFunction(edgeFunctions(model).viewerRequest.code);
const ask = (request: ViewerRequest): Answer => handler(requestEvent(request));
const isForwarded = (target: string, changes: Partial<ViewerRequest> = {}): boolean =>
  ask({ target, ...changes }).statusCode === undefined;

const corpus = new URL('../../../../shared/vectors/gwc/path-corpus.json', import.meta.url);
const settledSince = new Set(['/admin%20', '/admin%3f', '/admin%23']);

describe.skipIf(!existsSync(corpus))('the corpus of request targets (skipped without ../shared)', () => {
  const { cases } = existsSync(corpus) ? JSON.parse(readFileSync(corpus, 'utf8')) : { cases: [] };
  test.each(cases as readonly { readonly target: string; readonly profile: string }[])(
    '$profile $target',
    ({ target, profile }) => {
      expect(isForwarded(target)).toBe(profile === 'accept' || settledSince.has(target));
    },
  );
});

test('a target that is not canonical is answered by a problem, and goes nowhere', () => {
  const answer = ask({ target: '/x/%2e%2e/admin' });
  expect(answer).toMatchObject({ statusCode: 400, statusDescription: 'Bad Request' });
  expect(answer.headers['content-type']?.value).toBe('application/problem+json');
  expect(answer.headers['cache-control']?.value).toBe('no-store');
  expect(answer.headers['strict-transport-security']?.value).toBe('max-age=15552000');
  expect(JSON.parse(String(answer.body))).toEqual({
    type: 'urn:gwc:bad-request-target',
    title: 'Bad Request',
    status: 400,
    instance: expect.stringMatching(
      /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
    ),
  });
});

test('characters that one operation allows pass where that operation serves the path, and nowhere else', () => {
  expect(isForwarded('/files/a%2Fb;c')).toBe(true);
  expect(isForwarded('/files/a%2fb', { method: 'HEAD' })).toBe(true);
  expect(isForwarded('/files/a%2Fb', { method: 'DELETE' })).toBe(false);
  expect(isForwarded('/files/a%5Cb')).toBe(false);
  expect(isForwarded('/files/a%2F..%2Fb')).toBe(false);
  expect(isForwarded('/other/a%2Fb')).toBe(false);
  expect(isForwarded('/files/a%2Fb', { host: 'b.test' })).toBe(false);
  expect(isForwarded('/files/a%2Fb', { method: 'constructor' })).toBe(false);
});

test.each(['A.TEST', 'a.test:443', 'a.test.', 'A.test.:8443'])('H2: %s is the host a.test', (name) => {
  expect(isForwarded('/x', { host: name })).toBe(true);
});

test.each([
  'c.test',
  'd111111abcdef8.cloudfront.net',
  'constructor',
  '__proto__',
  '',
  '[::1]',
  'a.test.evil',
])('H1: the host %s is none of this gateway', (name) => {
  expect(ask({ target: '/', host: name })).toMatchObject({ statusCode: 421 });
});

test('J4: two Authorization headers are a bad request', () => {
  const headers = ['Authorization: Bearer a', 'Authorization: Bearer b'];
  const answer = ask({ target: '/x', headers });
  expect(answer.statusCode).toBe(400);
  expect(JSON.parse(String(answer.body)).type).toBe('urn:gwc:bad-request');
});

test('what only gateways may say is taken from clients, and the address of the client is passed on', () => {
  const headers = [
    'X-HTTP-Method-Override: DELETE',
    'X-Method-Override: DELETE',
    'X-HTTP-Method: DELETE',
    'X-Forwarded-For: 10.0.0.1',
    'X-Forwarded-Host: evil.test',
    'Forwarded: for=10.0.0.1',
    'X-User-Id: admin',
    'X_User_Id: admin',
    'X-Gwc-Origin: guess',
    'X-Gwc-Request: guess',
    'X-Gwc-Viewer-Address: 10.0.0.1',
    'CloudFront-Viewer-Country: NL',
    'Accept: text/html',
    'Authorization: Bearer a',
  ];
  const { headers: sent } = ask({ target: '/a?b', headers });
  expect(Object.keys(sent).sort()).toEqual([
    'accept',
    'authorization',
    'host',
    'x-gwc-request',
    'x-gwc-viewer-address',
  ]);
  expect(sent['x-gwc-request']?.value).toBe(requestId);
  expect(sent['x-gwc-viewer-address']?.value).toBe('192.0.2.1');
});

test('for any target the function and the path profile say the same', () => {
  fc.assert(
    fc.property(edgeTargets, (text) => {
      const parsed = parseTarget(text, 'b.test');
      expect(ask({ target: text, host: 'b.test' }).statusCode !== 400).toBe(
        parsed.ok && parsed.target.characters.length === 0,
      );
    }),
    { numRuns: 20_000 },
  );
});

test('the longest targets that CloudFront takes are judged like short ones', () => {
  for (const unit of ['/a', '%C3%A9', '/.a', '%2', 'a', '/..a', '%F0%9F%98%80']) {
    const target = `/${unit.repeat(8191 / unit.length)}`;
    const parsed = parseTarget(target, 'b.test');
    expect(ask({ target, host: 'b.test' }).statusCode !== 400).toBe(parsed.ok);
  }
});

test('P7: a slash at the end of a path is part of it', () => {
  const slashes = gateway({
    sites: [
      site([route('/a'), route('/b/'), route('/c/{id}/')]),
      site([route('/{rest+}'), route('/')], [host('b.test')]),
    ],
  });
  const served = loadFunction(edgeFunctions(slashes).viewerRequest.code);
  const statusOf = (target: string, name = 'a.test') =>
    served(requestEvent({ target, host: name })).statusCode;
  for (const target of ['/a', '/b/', '/c/1/', '/a?x=/']) expect(statusOf(target)).toBeUndefined();
  for (const target of ['/a/', '/c/1/2/', '/']) expect(statusOf(target)).toBe(404);
  for (const target of ['/', '/x/', '/x/y/']) expect(statusOf(target, 'b.test')).toBeUndefined();
  expect(statusOf('/a//')).toBe(400);
});
