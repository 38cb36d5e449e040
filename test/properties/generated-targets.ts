import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { Gateway, Route } from '../../src/model/gateway.ts';

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

/** What may follow a path. */
export const query = fc.constantFrom(
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

/** Targets that some route of the gateway has or nearly has, those of the vectors, and mutations of both. */
export function generatedTargets(gateway: Gateway): fc.Arbitrary<string> {
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

/** Paths of a route, its parameters filled. */
export function pathOf(route: Route): fc.Arbitrary<string> {
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
