import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { Gateway, Route } from '../../src/model/gateway.ts';
import type { Step } from '../behaviour/case.ts';

/** A request as a case writes it: names of tokens in braces, one text for each header line. */
export type GeneratedRequest = Pick<Step, 'from'> & {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly string[];
  readonly body: string | undefined;
};

const vectors = new URL('../../../shared/vectors/', import.meta.url);
const pathCorpus = new URL('gwc/path-corpus.json', vectors);
const pathPairs = new URL('envoy/path_pairs.json', vectors);

/** Whether the shared vectors are beside the checkout. */
export const targetVectorsFound = existsSync(pathCorpus) && existsSync(pathPairs);

const vectorTargets: readonly string[] = targetVectorsFound ? [...corpusTargets(), ...pairTargets()] : [];

function corpusTargets(): readonly string[] {
  const { cases } = JSON.parse(readFileSync(pathCorpus, 'utf8')) as { cases: readonly { target: string }[] };
  return cases.map(({ target }) => target);
}

function pairTargets(): readonly string[] {
  const lists = JSON.parse(readFileSync(pathPairs, 'utf8')) as Record<
    string,
    readonly (string | readonly string[])[]
  >;
  return Object.values(lists).flatMap((list) => list.flat());
}

const fragments: readonly string[] = [
  ...[
    '/',
    '//',
    '.',
    '..',
    '/./',
    '/../',
    '%2e',
    '%2E',
    '%2e%2e',
    '%2f',
    '%2F',
    '%5c',
    '\\',
    ';',
    ';x=1',
    '%3b',
    '%3B',
  ],
  ...[
    '%00',
    '%0a',
    '%0d%0a',
    '%09',
    '%20',
    '%25',
    '%2525',
    '%',
    '%z',
    '%4',
    '%61',
    '%41',
    '%7e',
    '%7E',
    '%7f',
    '%22',
  ],
  ...[
    '%c3%a9',
    '%C3%A9',
    '%ff',
    '%c0%ae',
    '%ed%a0%80',
    '%f0%9f%98%80',
    '%F4%90%80%80',
    '%e2%82',
    'é',
    '\u0001',
    ' ',
  ],
  ...[
    '?',
    '?a=1',
    '?team=red',
    '?team=red&team=green',
    '&',
    '#',
    '#x',
    '"',
    "'",
    '<',
    '{',
    '}',
    '|',
    '^',
    '`',
    '$',
    '$uri',
  ],
  ...[
    'x',
    'X',
    '0',
    'me',
    'alice',
    'bob',
    '.json',
    '.min.json',
    '.min',
    'json',
    '*',
    ':',
    '@',
    '=',
    '+',
    ',',
    '!',
    '~',
    '-',
    '_',
  ],
];

const values = [
  'x',
  'me',
  'alice',
  'bob',
  'b',
  'c',
  'a.json',
  'a.min.json',
  'known',
  'a%20b',
  '42',
  '%C3%A9',
  '...',
  '.json',
];

/** Targets that some route of the gateway has or nearly has, those of the vectors, and mutations of both. */
function targets(gateway: Gateway): fc.Arbitrary<string> {
  const routes = gateway.sites.flatMap((site) => site.routes);
  const filled = fc.constantFrom(...routes).chain((route) => pathOf(route));
  const known =
    vectorTargets.length === 0
      ? filled
      : fc.oneof(
          { weight: 6, arbitrary: filled },
          { weight: 1, arbitrary: fc.constantFrom(...vectorTargets) },
          { weight: 1, arbitrary: fc.constantFrom(...vectorTargets).map((target) => `/v1${target}`) },
        );
  const query = fc.constantFrom(
    '',
    '',
    '',
    '?',
    '?a=1&b=%2e',
    '?team=red',
    '?team=red&te%61m=x',
    '?x=//y',
    '?%00',
  );
  const plain = fc.tuple(known, query).map(([path, rest]) => path + rest);
  const origin = fc.oneof(
    { weight: 20, arbitrary: fc.constant('') },
    {
      weight: 1,
      arbitrary: fc.constantFrom('http://localhost:18080', 'http://other.test', 'https://LOCALHOST:18080'),
    },
  );
  return fc
    .tuple(origin, plain, changes)
    .map(([before, target, list]) => before + list.reduce((text, change) => change(text), target));
}

function pathOf(route: Route): fc.Arbitrary<string> {
  const value = fc.constantFrom(...values);
  const parts = route.segments.map((segment) =>
    segment.kind === 'greedy'
      ? fc.array(value, { minLength: 1, maxLength: 3 }).map((texts) => texts.join('/'))
      : fc
          .tuple(
            ...segment.pieces.map((piece) => (piece.kind === 'literal' ? fc.constant(piece.text) : value)),
          )
          .map((texts) => texts.join('')),
  );
  return fc.tuple(...parts).map((texts) => `/${texts.join('/')}`);
}

const mutation: fc.Arbitrary<(text: string) => string> = fc
  .record({
    kind: fc.constantFrom('insert', 'insert', 'insert', 'delete', 'case', 'cut', 'encode', 'repeat'),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    fragment: fc.constantFrom(...fragments),
  })
  .map(({ kind, at, fragment }) => (text) => {
    const index = Math.floor(at * text.length);
    const [before, one, after] = [text.slice(0, index), text.slice(index, index + 1), text.slice(index + 1)];
    if (kind === 'insert') return before + fragment + one + after;
    if (kind === 'delete') return before + after;
    if (kind === 'cut') return before;
    if (kind === 'repeat') return text + text.slice(index);
    if (kind === 'case')
      return before + (one === one.toLowerCase() ? one.toUpperCase() : one.toLowerCase()) + after;
    return `${before}${one === '' ? '' : `%${one.charCodeAt(0).toString(16).padStart(2, '0')}`}${after}`;
  });

const changes = fc.oneof(
  { weight: 6, arbitrary: fc.constant([]) },
  { weight: 3, arbitrary: fc.array(mutation, { minLength: 1, maxLength: 1 }) },
  { weight: 1, arbitrary: fc.array(mutation, { minLength: 2, maxLength: 3 }) },
);

const methods = fc.oneof(
  { weight: 10, arbitrary: fc.constant('GET') },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'HEAD',
      'POST',
      'DELETE',
      'OPTIONS',
      'PUT',
      'PATCH',
      'QUERY',
      'COPY',
      'TRACE',
      'GETS',
      'get',
    ),
  },
);

/** Header lines that the decision may depend on, or must not depend on. */
function headerLines(tokens: readonly string[]): fc.Arbitrary<readonly string[]> {
  const often = fc.constantFrom(
    'user',
    'session',
    'admin',
    'goldAdmin',
    'scopeBoth',
    'teams',
    'expPast',
    'sessionExpired',
  );
  const token = fc.oneof(
    { weight: 3, arbitrary: often },
    { weight: 1, arbitrary: fc.constantFrom(...tokens) },
  );
  const authorization = fc
    .tuple(
      fc.constantFrom(
        'Bearer ',
        'Bearer ',
        'Bearer ',
        'bearer ',
        'BEARER ',
        'Bearer',
        'Bearer  ',
        'Bearer\t',
        'Basic ',
        'xBearer ',
        '',
      ),
      token,
    )
    .map(([scheme, name]) => `Authorization: ${scheme}{${name}}`);
  const cookie = fc
    .tuple(
      fc.constantFrom('session', 'session', 'anywhere', 'xsession', 'Session', 'a=b; session', ' session'),
      token,
      fc.constantFrom('', '; a=b', ';', '; session=x', ' ; anywhere=', '; session='),
    )
    .map(([name, value, rest]) => `Cookie: ${name}={${value}}${rest}`);
  const refused = fc.constantFrom(
    'X-Kept: \u0001',
    'X-Kept: é',
    'Host: evil.test',
    'Folded: a\r\n b',
    'Spaced : a',
  );
  const other = fc.constantFrom(
    ...[
      'X-Token: {user}',
      'X-Token: ',
      'Accept: text/html',
      'Accept: */*',
      'Accept: text/html;q=0',
      'Accept: a/b, TEXT/HTML ;q=0.5;x',
    ],
    ...[
      'Sec-Fetch-Mode: navigate',
      'Sec-Fetch-Mode: cors',
      'Sec-Fetch-Site: same-origin',
      'Sec-Fetch-Site: cross-site',
      'X-Requested-With: XMLHttpRequest',
    ],
    ...[
      'Origin: http://localhost:18080',
      'Origin: https://evil.test',
      'Origin: null',
      'Access-Control-Request-Method: GET',
    ],
    ...[
      'X-User-Id: admin',
      'X-User-Roles: admin',
      'x-session-id: 1',
      'X_User_Id: admin',
      'X-Forwarded-For: 10.1.2.3',
      'X-Forwarded-For: 10.1.9.3, 10.1.2.3',
      'X-Forwarded-For: ::ffff:10.1.2.3',
    ],
    ...[
      'X-Real-IP: 10.1.2.3',
      'X-HTTP-Method-Override: DELETE',
      'X-Original-URL: /v1/admin',
      'X-Forwarded-Host: evil.test',
      'Forwarded: for=1.2.3.4',
      'Connection: X-User-Id',
      'Connection: close',
    ],
    ...[
      'Upgrade: websocket',
      'TE: trailers',
      'X-Api-Key: a',
      'Proxy: x',
      'X-Set: a',
      'X-Unwanted: b',
      'Gwc-Input-0: Bearer {user}',
      'Gwc-Subject: admin',
    ],
  );
  const any = fc.oneof(
    { weight: 6, arbitrary: authorization },
    { weight: 4, arbitrary: cookie },
    { weight: 12, arbitrary: other },
    { weight: 1, arbitrary: refused },
  );
  const sensible = fc
    .tuple(
      fc.oneof(
        often.map((name) => `Authorization: Bearer {${name}}`),
        often.map((name) => `Cookie: session={${name}}`),
      ),
      fc.array(other, { maxLength: 2 }),
    )
    .map(([credential, others]) => [credential, ...others]);
  return fc.oneof(sensible, fc.array(any, { maxLength: 4 }));
}

/** Requests to a gateway by callers of every kind. tokens: names that a case may use. */
export function generatedRequests(
  gateway: Gateway,
  tokens: readonly string[],
): fc.Arbitrary<GeneratedRequest> {
  return fc.record({
    method: methods,
    target: targets(gateway),
    headers: headerLines(tokens),
    from: fc.constantFrom('127.0.0.1', '127.0.0.1', '127.0.0.9', '127.0.0.3'),
    body: fc.constantFrom(undefined, undefined, undefined, '', 'a', 'a'.repeat(1024), 'a'.repeat(1025)),
  });
}
