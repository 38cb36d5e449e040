import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { disallowedDirectives } from '../../src/targets/nginx/reparse/allowed-directives.ts';
import { parseNginx } from '../../src/targets/nginx/reparse/parse.ts';
import { address, range, serverName } from '../../src/targets/nginx/token/address.ts';
import { jsonBody, logFormat } from '../../src/targets/nginx/token/json.ts';
import {
  capture,
  end,
  literal,
  mapRegex,
  noneOf,
  regex,
  repeat,
  start,
} from '../../src/targets/nginx/token/regex.ts';
import {
  argument,
  duration,
  filePath,
  headerName,
  headerValue,
  interpolated,
  lineFeed,
  locationPath,
  mapKey,
  namedLocation,
  number,
  parameter,
  requestHeader,
  size,
  text,
  variable,
  variableName,
  word,
} from '../../src/targets/nginx/token.ts';
import { testedNginx } from '../support/tested-nginx.ts';

const t = (strings: TemplateStringsArray, ...tokens: readonly { readonly string: string }[]): string =>
  strings.map((part, i) => part + (tokens[i]?.string ?? '')).join('');

const log = logFormat({
  members: [
    ['route', { pieces: [variable('gw_path')] }],
    ['status', { numberVariable: 'status' }],
  ],
})
  .map((token) => token.string)
  .join(' ');

const configuration = t`
worker_processes ${number(1)};
error_log ${filePath('logs/error.log')} ${word('warn')};
pid ${filePath('run/nginx.pid')};
events { worker_connections ${number(64)}; }
http {
  include ${filePath('conf/extra.conf')};
  geo ${variableName('gw_dollar')} { default ${argument('$')}; }
  geo ${variableName('gw_near')} { default 0; ${range('10.0.0.0/8')} 1; ${range('2001:db8::/32')} 1; }
  map ${interpolated(variable('request_method'), text(' '), variable('request_uri'))} ${variableName('gw_path')} {
    ${mapKey('default')} ${interpolated(text('d'))};
    default ${interpolated()};
    ${mapRegex(start, literal('GET '), capture('gw_rest', repeat(noneOf('?'), 'some')), end)} ${interpolated(variable('gw_rest'))};
  }
  log_format ${word('gw')} escape=json ${{ string: log }};
  limit_req_zone ${interpolated(variable('gw_path'), text(':'), variable('binary_remote_addr'))} ${parameter('zone', 'gw_limit_1:1m')} ${parameter('rate', '10r/s')};
  proxy_cache_path ${filePath('run/cache')} ${parameter('keys_zone', 'gw_cache:1m')} ${parameter('inactive', '5m')};
  upstream ${word('gw_backend_1')} {
    server ${address('127.0.0.1', 8081)} ${parameter('weight', 3)};
    server ${address('[::1]', 8081)};
    keepalive ${number(8)};
  }
  server {
    listen ${address('127.0.0.1', 8082)};
    server_name ${serverName('api.example.com')} ${serverName('127.0.0.1')} ${serverName('[::1]')};
    client_max_body_size ${size(1_048_576)};
    set_real_ip_from ${range('10.1.2.3')};
    access_log ${filePath('logs/access.log')} ${word('gw')};
    if ( ${variableName('gw_near')} = 1 ) { return 403; }
    if ( ${variableName('gw_path')} ~ ${regex(start, literal('/a{2};'), end)} ) { return 403; }
    location = ${locationPath('/a b;{}')} {
      limit_req ${parameter('zone', 'gw_limit_1')} ${parameter('burst', 5)} nodelay;
      allow ${range('::1')};
      deny all;
      proxy_set_header ${headerName('X-Request-Id')} ${headerValue(variable('request_id'))};
      proxy_read_timeout ${duration(1500)};
      proxy_cache ${word('gw_cache')};
      proxy_cache_valid 200 ${duration(60_000)};
      proxy_cache_key ${interpolated(text('id'), lineFeed, requestHeader('Authorization'))};
      proxy_pass ${interpolated(text('http://gw_backend_1'), variable('request_uri'))};
      error_page 401 = ${namedLocation('gw_401')};
    }
    location ${namedLocation('gw_401')} { return 401 ${jsonBody({ members: [['id', { pieces: [variable('request_id')] }]] })}; }
  }
}
`;

test('nginx accepts every token in the directives that it is made for', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gwc-positions-'));
  try {
    for (const name of ['logs', 'run', 'conf']) mkdirSync(join(folder, name));
    writeFileSync(join(folder, 'conf/extra.conf'), 'server_tokens off;\n');
    writeFileSync(join(folder, 'nginx.conf'), configuration);
    const run = () =>
      execFileSync(testedNginx.binary, ['-t', '-q', '-p', folder, '-c', 'nginx.conf', '-e', 'stderr'], {
        stdio: 'pipe',
        encoding: 'utf8',
      });
    expect(run).not.toThrow();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('and the list of emitted directives knows them', () => {
  const parsed = parseNginx(configuration);
  expect(parsed.ok ? disallowedDirectives(parsed.directives) : parsed.error).toEqual([]);
});
