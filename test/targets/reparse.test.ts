import { beforeAll, describe, expect, test } from 'vitest';
import { nginx } from '../../src/targets/nginx/index.ts';
import type { Artifact } from '../../src/targets/target.ts';
import { type Compiled, compile, load } from '../support/running-gateway.ts';

const document = new URL('../../fixtures/build/first-api/openapi.yaml', import.meta.url).pathname;
let compiled: Compiled;

beforeAll(async () => {
  compiled = compile(await load([document]));
});

const differencesAfter = (alter: (one: Artifact) => string): readonly string[] =>
  nginx.reparse(
    compiled.gateway,
    compiled.artifacts.map((one) => ({ ...one, contents: alter(one) })),
  );

test('what was emitted reads back as it was meant', () => {
  expect(differencesAfter(({ contents }) => contents)).toEqual([]);
});

/** What a value that became syntax could do to a file. */
const injections: readonly (readonly [string, string, (text: string) => string])[] = [
  [
    'a second directive',
    'conf/operations-0-public.conf',
    (text) => text.replace('"health"', '"health"; return 200'),
  ],
  [
    'a value in two words',
    'conf/front-0.conf',
    (text) => text.replace('"api.example.com"', '"api.example.com" "evil.test"'),
  ],
  ['a block of its own', 'conf/routes-0.conf', (text) => `${text}map "" $x { default 1; }\n`],
  [
    'a directive that is never emitted',
    'nginx.conf',
    (text) => text.replace('http {', 'http { include /etc/passwd;'),
  ],
  ['a lost guard', 'conf/operations-0-public.conf', (text) => text.replace(/ {2}auth_request [^;]+;\n/, '')],
  [
    'a comment that swallows a directive',
    'conf/operations-0-public.conf',
    (text) => text.replace('  auth_request', '  # auth_request'),
  ],
  ['a lost quote', 'conf/operations-0-public.conf', (text) => text.replace('"health"', '"health')],
  [
    'another verifier module',
    'nginx.conf',
    (text) => text.replace('ngx_http_js_module.so', 'ngx_http_perl_module.so'),
  ],
];

describe.each(injections)('%s', (_, path, alter) => {
  test('is seen before anything is written', () => {
    const before = compiled.artifacts.find((one) => one.path === path)?.contents ?? '';
    expect(alter(before)).not.toBe(before);
    expect(differencesAfter((one) => (one.path === path ? alter(one.contents) : one.contents))).not.toEqual(
      [],
    );
  });
});
