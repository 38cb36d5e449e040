import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decide, matchSegments } from '../../src/decide/index.ts';
import { request } from '../support/arrival.ts';
import { gateway, operation, route, segments, site, sourced } from '../support/model.ts';

const routes = (...templates: readonly string[]) =>
  templates.map((one) => route(one, [operation('GET', { id: one })]));
const served = (path: string, ...templates: readonly string[]): string | number | undefined => {
  const decision = decide(gateway({ sites: [site(routes(...templates))] }), request(`GET ${path}`), {
    now: 0,
  });
  return decision.status ?? decision.operation;
};

describe('the first route of the model that matches serves', () => {
  test.each([
    ['N1', '/a/b', ['/a/b', '/a/{x}'], '/a/b'],
    ['N2', '/a/1.json', ['/a/{x}.json', '/a/{x}'], '/a/{x}.json'],
    ['N3', '/a/b/c', ['/a/b/{y}', '/a/{x}/c'], '/a/b/{y}'],
    ['N4', '/a/b/c', ['/a', '/a/b'], 404],
    ['N5', '/a/b', ['/a/b', '/a/{rest+}'], '/a/b'],
    ['N5', '/a/b/c', ['/a/b', '/a/{rest+}'], '/a/{rest+}'],
    ['N5', '/a/', ['/a/{rest+}'], 404],
    ['N7', '/a/', ['/a/{x}'], 404],
    ['N7', '/a/.json', ['/a/{x}.json'], 404],
    ['P6', '/ADMIN', ['/admin'], 404],
    ['P7', '/admin/', ['/admin'], 404],
    ['P7', '/admin', ['/admin/'], 404],
    ['P7', '/admin/', ['/admin/'], '/admin/'],
    ['N1', '/', ['/'], '/'],
  ] as const)('%s %s of %j is %s', (_, path, templates, expected) => {
    expect(served(path, ...templates)).toBe(expected);
  });
});

test.each([
  ['/{a}...{b}', '/x...y', { a: 'x', b: 'y' }],
  ['/{a}...{b}', '/x.....y', { a: 'x', b: '..y' }],
  ['/{a}-{b}.{c}', '/1-2-3.4.5', { a: '1', b: '2-3', c: '4.5' }],
  ['/{a}{b}', '/xyz', { a: 'x', b: 'yz' }],
  ['/{a}{b}', '/x', undefined],
  ['/a{x}a', '/aa', undefined],
  ['/a{x}a', '/aaa', { x: 'a' }],
  ['/{x}.json', '/a.json.json', { x: 'a.json' }],
  ['/f({id})', '/f(1)', { id: '1' }],
  ['/{p+}', '/a/b/', { p: 'a/b/' }],
  ['/{x}', '/a%20b', { x: 'a%20b' }],
] as const)('%s takes %s apart', (template, path, expected) => {
  const found = matchSegments(segments(template), path);
  expect(found && Object.fromEntries(found)).toEqual(expected);
});

test('taking a segment apart agrees with a regular expression of lazy groups', () => {
  const pieces = fc.array(fc.constantFrom('{}', 'a', '.', 'ab'), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(
      pieces,
      fc.string({ unit: fc.constantFrom('a', 'b', '.'), minLength: 1, maxLength: 10 }),
      (parts, text) => {
        const template = `/${parts.map((part, index) => (part === '{}' ? `{p${index}}` : part)).join('')}`;
        const pattern = parts.map((part) => (part === '{}' ? '(.+?)' : part.replace('.', '\\.'))).join('');
        const wanted = new RegExp(`^${pattern}$`, 's').exec(text)?.slice(1);
        const found = matchSegments(segments(template), `/${text}`);
        expect(found && [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value)).toEqual(
          wanted,
        );
      },
    ),
    { numRuns: 500 },
  );
});

test('hostile text for many parameters costs little', () => {
  const template = `/${Array.from({ length: 12 }, (_, index) => `{p${index}}a`).join('')}!`;
  expect(matchSegments(segments(template), `/${'a'.repeat(8000)}`)).toBeUndefined();
});

describe('methods', () => {
  const mixed = [
    operation('POST', { id: 'post' }),
    operation('GET', { id: 'get' }),
    operation('DELETE', { id: 'delete', exposure: sourced('internal') }),
  ];
  const model = gateway({
    sites: [
      site([
        route('/a', mixed),
        route('/b', [operation('DELETE', { exposure: sourced('internal') })]),
        route('/{x}'),
      ]),
    ],
  });
  const ask = (line: string, internal = false) =>
    decide(model, request(line, [], internal ? { listener: 'internal', serverName: undefined } : {}), {
      now: 0,
    });

  test('M1: 405 with every method that is served here', () => {
    const decision = ask('PUT /a');
    expect(decision).toMatchObject({ status: 405, problem: 'method-not-allowed', operation: undefined });
    expect(decision.headers).toContainEqual(['Allow', 'GET, HEAD, POST']);
  });
  test('M2: 404 for an unknown path', () => {
    expect(ask('GET /a/b')).toMatchObject({ status: 404, problem: 'not-found' });
  });
  test('M3: HEAD is served where GET is, and stays HEAD', () => {
    expect(ask('HEAD /a')).toMatchObject({ operation: 'get', forwarded: { method: 'HEAD', target: '/a' } });
  });
  test.each(['TRACE', 'CONNECT', 'get', 'FOO', 'OPTIONS'])('M4, M5: %s is not proxied', (method) => {
    expect(ask(`${method} /a`)).toMatchObject({ status: 405, forwarded: undefined });
  });
  test('internal operations exist on the internal listener only', () => {
    expect(ask('DELETE /a').status).toBe(405);
    expect(ask('DELETE /a', true).operation).toBe('delete');
    expect(ask('GET /a', true).headers).toContainEqual(['Allow', 'DELETE']);
  });
  test('a hidden route is not served by a more general one', () => {
    expect(ask('GET /b').status).toBe(404);
    expect(ask('GET /c').status).toBeUndefined();
  });
  test('no route is served by another one that matches as well but has the method', () => {
    expect(ask('PUT /a').status).toBe(405);
  });
});

describe('allowInPath', () => {
  const pathCharacters = sourced({ characters: ['%2F', ';'] as const, reason: 'identifiers' });
  const model = gateway({
    sites: [
      site([
        route('/ids/{id}', [
          operation('GET', { id: 'loose', pathCharacters }),
          operation('PUT', { id: 'put' }),
        ]),
        route('/{x}'),
      ]),
    ],
  });
  const ask = (line: string) => decide(model, request(line), { now: 0 });
  test.each(['/ids/a%2Fb', '/ids/a%2fb;c', '/ids/a;b=c'])('P1: %s is forwarded as it is', (path) => {
    expect(ask(`GET ${path}`).forwarded?.target).toBe(path);
  });
  test.each([
    'GET /ids/a%5Cb',
    'GET /ids/a%3Bb',
    'GET /ids/..%2Fb',
    'GET /ids/a%2F.',
    'PUT /ids/a%2Fb',
    'GET /a%2Fb',
    'GET /ids;/a',
  ])('P1, P8: %s is refused', (line) => {
    expect(ask(line)).toMatchObject({ status: 400, problem: 'bad-request-target' });
  });
});
