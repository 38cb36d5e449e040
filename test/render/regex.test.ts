import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  ahead,
  anyCase,
  anyOf,
  atomic,
  capture,
  choice,
  end,
  literal,
  mapRegex,
  noneOf,
  notAhead,
  pattern,
  type RegexNode,
  reference,
  repeat,
  start,
} from '../../src/targets/nginx/token/regex.ts';
import { type RunningNginx, startNginx } from '../support/nginx.ts';
import { freePort } from '../support/ports.ts';
import { exchange, requestBytes } from '../support/raw-http.ts';

interface Case {
  readonly title: string;
  readonly nodes: readonly RegexNode[];
  readonly matches: readonly string[];
  readonly others: readonly string[];
}

const metacharacters = '.*+?()[]{}|^$\\/-#"\';~&=!<>:,%@`';
const digits = anyOf(['0', '9']);
const cases: readonly Case[] = [
  {
    title: 'every metacharacter is literal',
    nodes: [start, literal(metacharacters), end],
    matches: [metacharacters],
    others: [metacharacters.replace('.', 'x'), ''],
  },
  { title: 'text beyond ASCII', nodes: [start, literal('é'), end], matches: ['Ã©'], others: ['é', 'e'] },
  {
    title: 'classes and ranges',
    nodes: [start, anyOf(['a', 'c'], ']^-'), end],
    matches: ['a', 'b', 'c', ']', '^', '-'],
    others: ['d', '\\', 'x', 'ab'],
  },
  {
    title: 'negated classes',
    nodes: [start, repeat(noneOf('/?'), 'some'), end],
    matches: ['a', 'a-b^c]'],
    others: ['a/b', 'a?'],
  },
  {
    title: 'optional',
    nodes: [start, literal('a'), repeat(literal('bc'), 'optional'), end],
    matches: ['a', 'abc'],
    others: ['ab', 'abcbc'],
  },
  {
    title: 'any and some',
    nodes: [start, repeat(literal('ab'), 'any'), literal('.'), repeat(digits, 'some'), end],
    matches: ['.1', 'abab.12'],
    others: ['ab.', 'aba.1'],
  },
  {
    title: 'at most',
    nodes: [start, repeat(digits, { atMost: 2 }), literal('x'), end],
    matches: ['x', '1x', '12x'],
    others: ['123x'],
  },
  {
    title: 'lazy',
    nodes: [start, capture('gw_a', repeat(noneOf('/'), 'someLazy')), literal('.json'), end],
    matches: ['a.json', 'a.json.json'],
    others: ['.json', 'a/b.json'],
  },
  {
    title: 'possessive never gives back',
    nodes: [start, repeat(noneOf('/'), 'somePossessive'), literal('a'), end],
    matches: [],
    others: ['ba', 'a'],
  },
  {
    title: 'atomic never gives back',
    nodes: [start, atomic(repeat(literal('a'), 'any')), literal('ab'), end],
    matches: [],
    others: ['aab'],
  },
  {
    title: 'choice',
    nodes: [start, choice([literal('a|b')], [digits, digits]), end],
    matches: ['a|b', '12'],
    others: ['a', '1'],
  },
  {
    title: 'look ahead',
    nodes: [start, ahead(literal('a')), notAhead(literal('ab')), repeat(noneOf('/'), 'some'), end],
    matches: ['a', 'ac'],
    others: ['ab', 'b'],
  },
  {
    title: 'reference',
    nodes: [start, capture('gw_r', repeat(digits, 'some')), literal('='), reference('gw_r'), end],
    matches: ['12=12'],
    others: ['12=1', '1=2'],
  },
  {
    title: 'reference in any case',
    nodes: [start, capture('gw_i', anyOf(['a', 'z'])), reference('gw_i', true), end],
    matches: ['aa', 'aA'],
    others: ['Aa', 'ab'],
  },
  { title: 'any case', nodes: [start, ...anyCase('Be1.'), end], matches: ['be1.', 'BE1.'], others: ['be1x'] },
  { title: 'the end is the very end', nodes: [literal('b'), end], matches: ['ab'], others: ['abc'] },
];

let folder: string;
let port: number;
let nginx: RunningNginx;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gwc-regex-'));
  chmodSync(folder, 0o755);
  port = await freePort();
  const maps = cases.map(
    ({ nodes }, i) => `map $http_x_text $m${i} { default no; ${mapRegex(...nodes).string} yes; }`,
  );
  const locations = cases.map((_one, i) => `location = /${i} { return 200 $m${i}; }`);
  writeFileSync(
    join(folder, 'nginx.conf'),
    `pid nginx.pid; error_log stderr crit; events {}
http { access_log off; client_body_temp_path t1; proxy_temp_path t2; fastcgi_temp_path t3; uwsgi_temp_path t4;
scgi_temp_path t5; ${maps.join('\n')} server { listen 127.0.0.1:${port}; ${locations.join('\n')} } }\n`,
  );
  nginx = await startNginx({ folder, ports: [port] });
});
afterAll(async () => {
  await nginx?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const ask = async (index: number, text: string): Promise<string> => {
  const headers = [
    ['Host', 'x'],
    ['Connection', 'close'],
    ['X-Text', text],
  ] as const;
  return (await exchange({ port }, requestBytes(`GET /${index} HTTP/1.1`, headers))).text;
};

describe('a regular expression means in nginx what its tree says', () => {
  test.each(cases.map((one, index) => ({ ...one, index })))('$title', async ({ index, matches, others }) => {
    for (const text of matches) expect(await ask(index, text), text).toBe('yes');
    for (const text of others) expect(await ask(index, text), text).toBe('no');
  });
  test('no tree prints a character that a configuration or a pattern would read', () => {
    const printed = pattern([literal(metacharacters), anyOf(metacharacters)]);
    expect(printed).toMatch(/^[A-Za-z0-9_/\\]+\[[A-Za-z0-9_/\\]+\]$/);
  });
});
