import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jsonBody, logFormat } from '../../src/targets/nginx/token/json.ts';
import { end, literal, mapRegex, regex, start } from '../../src/targets/nginx/token/regex.ts';
import {
  argument,
  foldMapKey,
  headerName,
  headerValue,
  interpolated,
  lineFeed,
  locationPath,
  mapKey,
  refusalOf,
  requestHeader,
  text,
  variable,
} from '../../src/targets/nginx/token.ts';
import { type RunningNginx, startNginx } from '../support/nginx.ts';
import { freePort } from '../support/ports.ts';
import { exchange, type RawResponse, requestBytes } from '../support/raw-http.ts';
import { atoms, encodableText, hostileText, naughtyStrings } from './hostile-strings.ts';

const seed = 20_260_101;
const candidates = [
  ...new Set([
    ...atoms,
    ...naughtyStrings,
    ...fc.sample(encodableText, { numRuns: 400, seed }),
    ...fc.sample(hostileText, { numRuns: 400, seed }),
  ]),
];
const accepted = (encode: (value: string) => unknown): readonly string[] =>
  candidates.filter((value) => refusalOf(() => encode(value)) === undefined);

const bodies = accepted((value) => interpolated(text(value))).filter((value) => value !== '');
const values = accepted((value) => headerValue(text(value)));
const paths = accepted((value) => [locationPath(`/p/${value}`), regex(literal(`/regex/p/${value}`))])
  .map((value) => `/p/${value}`)
  .filter((path, index, all) => all.indexOf(path) === index);
const keys = [
  ...new Map(
    accepted((key) => [mapKey(key), mapRegex(literal(key))]).map((key) => [foldMapKey(key), key]),
  ).values(),
].filter((key) => key !== '' && !/^\s|\s$/.test(key));
const names = accepted((value) => headerName(`X-${value}`)).map((value) => `X-${value}`);

let folder: string;
let port: number;
let nginx: RunningNginx;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gwc-token-'));
  // Started by root, nginx works as another user, who must reach the cache.
  chmodSync(folder, 0o755);
  port = await freePort();
  writeFileSync(join(folder, 'nginx.conf'), configuration(port));
  nginx = await startNginx({ folder, ports: [port] });
});
afterAll(async () => {
  await nginx?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const configuration = (listen: number): string => `
worker_processes 1; pid nginx.pid; error_log stderr crit;
events { worker_connections 256; }
http {
  access_log off; client_body_temp_path t1; proxy_temp_path t2; fastcgi_temp_path t3; uwsgi_temp_path t4; scgi_temp_path t5;
  map_hash_bucket_size 1024; map_hash_max_size 65536; variables_hash_max_size 4096; large_client_header_buffers 8 32k;
  geo $gw_dollar { default "$"; }
  map $http_x_key $found { default "none"; ${keys.map((key, i) => `${mapKey(key).string} k${i};`).join('\n')} }
  map $http_x_key $matched { default "none"; ${keys.map((key, i) => `${mapRegex(start, literal(key), end).string} k${i};`).join('\n')} }
  map $http_x_key $result { ${bodies.map((value, i) => `r${i} ${interpolated(text(value)).string};`).join('\n')} }
  log_format gw escape=json ${logFormat({
    members: [
      ['key', { pieces: [requestHeader('X-Key'), text('"$uri\\')] }],
      ['status', { numberVariable: 'status' }],
    ],
  })
    .map((token) => token.string)
    .join(' ')};
  proxy_cache_path cache keys_zone=c:1m;
  server {
    listen 127.0.0.1:${listen};
    ${bodies.map((value, i) => `location = /b/${i} { return 200 ${interpolated(text(value)).string}; }`).join('\n')}
    ${values.map((value, i) => `location = /v/${i} { add_header X-Value ${headerValue(text(value)).string}; return 204; }`).join('\n')}
    ${names.map((name, i) => `location = /n/${i} { add_header ${headerName(name).string} v; return 204; }`).join('\n')}
    ${paths.map((path, i) => `location = ${locationPath(path).string} { return 200 ${i}; }`).join('\n')}
    ${paths.map((path, i) => `location ~ ${regex(start, literal(`/regex${path}`), end).string} { return 200 ${i}; }`).join('\n')}
    location = /key { return 200 "$found $matched"; }
    location = /result { return 200 $result; }
    location = /json { access_log access.json gw; return 200 ${
      jsonBody({
        members: [
          ['a"b\\', 'x$uri{}'],
          ['id', { pieces: [text('urn:'), variable('request_id')] }],
        ],
      }).string
    }; }
    location = /lf { return 200 ${interpolated(text('a'), lineFeed, variable('http_x_key'), lineFeed, text('$')).string}; }
    location = /cached { proxy_cache c; proxy_cache_valid any 1m; proxy_pass http://127.0.0.1:${listen}/lf;
      proxy_cache_key ${interpolated(text('id'), lineFeed, requestHeader('X-One'), lineFeed, requestHeader('X-Two')).string};
      add_header X-Cache $upstream_cache_status; }
    location = /argument { default_type ${argument('text/x"y').string}; return 200 ok; }
    location / { return 404; }
  }
}
`;

const get = (target: string, headers: readonly (readonly [string, string])[] = []): Promise<RawResponse> =>
  exchange(
    { port },
    requestBytes(`GET ${target} HTTP/1.1`, [['Host', 'x'], ['Connection', 'close'], ...headers] as never),
  );
const bytes = (value: string): string => Buffer.from(value, 'utf8').toString('latin1');
const encodePath = (path: string): string =>
  [...Buffer.from(path)]
    .map((byte) => (byte === 0x2f ? '/' : `%${byte.toString(16).padStart(2, '0')}`))
    .join('');

/** Asks everything, a few requests at a time, and returns the items whose answer differs. */
const differing = async <T>(
  items: readonly T[],
  same: (item: T, index: number) => Promise<boolean>,
): Promise<readonly T[]> => {
  const wrong: T[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index] as T;
      if (!(await same(item, index))) wrong.push(item);
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  return wrong;
};

describe('what is encoded reaches nginx byte for byte', () => {
  test('bodies', async () => {
    expect(bodies.length).toBeGreaterThan(700);
    expect(await differing(bodies, async (value, i) => (await get(`/b/${i}`)).text === value)).toEqual([]);
  });
  test('results of maps', async () => {
    expect(
      await differing(
        bodies,
        async (value, i) => (await get('/result', [['X-Key', `r${i}`]])).text === value,
      ),
    ).toEqual([]);
  });
  test('header values', async () => {
    expect(values.length).toBeGreaterThan(300);
    expect(
      await differing(values, async (value, i) => (await get(`/v/${i}`)).header('X-Value') === value),
    ).toEqual([]);
  });
  test('header names', async () => {
    expect(await differing(names, async (name, i) => (await get(`/n/${i}`)).header(name) === 'v')).toEqual(
      [],
    );
  });
  test('exact locations', async () => {
    expect(paths.length).toBeGreaterThan(700);
    expect(
      await differing(paths, async (path, i) => (await get(encodePath(path))).text === String(i)),
    ).toEqual([]);
  });
  test('regular expressions over the decoded path', async () => {
    expect(
      await differing(paths, async (path, i) => (await get(encodePath(`/regex${path}`))).text === String(i)),
    ).toEqual([]);
  });
  test('keys of maps, as text and as regular expressions', async () => {
    expect(keys.length).toBeGreaterThan(500);
    expect(
      await differing(
        keys,
        async (key, i) => (await get('/key', [['X-Key', bytes(key)]])).text === `k${i} k${i}`,
      ),
    ).toEqual([]);
  });
});

describe('special positions', () => {
  test('JSON bodies stay JSON', async () => {
    const answer = JSON.parse((await get('/json', [['X-Key', 'q"\\']])).text) as Record<string, string>;
    expect(answer).toEqual({ 'a"b\\': 'x$uri{}', id: expect.stringMatching(/^urn:[0-9a-f]{32}$/) });
  });
  test('an argument without variables', async () => {
    expect((await get('/argument')).header('Content-Type')).toBe('text/x"y');
  });
  test('a line feed separates the parts of a key', async () => {
    expect((await get('/lf', [['X-Key', 'k']])).text).toBe('a\nk\n$');
    const asked = async (one: string, two: string): Promise<string | undefined> =>
      (
        await get('/cached', [
          ['X-One', one],
          ['X-Two', two],
        ])
      ).header('X-Cache');
    expect(await asked('a', 'b')).toBe('MISS');
    expect(await asked('a', 'b')).toBe('HIT');
    expect(await asked('ab', '')).toBe('MISS');
    expect(await asked('', 'ab')).toBe('MISS');
    expect(await asked('ab', '')).toBe('HIT');
  });
});
