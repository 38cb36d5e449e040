import { describe, expect, test } from 'vitest';
import type { Route } from '../../src/model/gateway.ts';
import { startBackend } from '../support/backend.ts';
import { backend, gateway, host, operation, route, site, sourced } from '../support/model.ts';
import { freePorts } from '../support/ports.ts';
import { exchange, requestBytes } from '../support/raw-http.ts';
import { emitted, file, settings, startModel } from './start-model.ts';

const one = (template: string, index: number): Route =>
  route(template, [operation('GET', { id: `op${index}` })], { id: `r${index}` });

/** Every combination of literal and parameter in ten segments: 1,024 shapes of one length. */
const shapes = Array.from(
  { length: 1024 },
  (_, bits) =>
    `/${Array.from({ length: 10 }, (_unused, at) => ((bits >> (9 - at)) & 1 ? `{p${at}}` : `l${at}`)).join('/')}`,
);

describe('nothing grows with the number of templates', () => {
  test('variables and maps of a request do not', () => {
    const counts = [10, 1000].map((count) => {
      const routes = Array.from({ length: count }, (_, i) => one(`/{tenant}/things${i}/{id}`, i));
      const artifacts = emitted(gateway({ sites: [site(routes)], targets: settings() }));
      return artifacts.map(({ contents }) => contents.match(/^map /gm)?.length ?? 0).reduce((a, b) => a + b);
    });
    expect(counts[0]).toBe(counts[1]);
  });

  test('a verb behind a colon, a hundred times, is one layer', () => {
    const routes = Array.from({ length: 100 }, (_, i) => one(`/v1/{name}:verb${i}x`, i));
    const maps = file(emitted(gateway({ sites: [site(routes)], targets: settings() })), 'conf/paths.conf');
    expect(maps.match(/^map \$gw_s2 /gm)).toHaveLength(1);
  });
});

test('a thousand shapes of one length are all found, although nginx nests variables only so deep', async () => {
  const server = await startBackend();
  const [port = 0] = await freePorts(1);
  const running = await startModel(
    gateway({
      sites: [site(shapes.map(one), [host('localhost', 'http', port)])],
      backends: [backend('main', { nodes: [sourced({ host: '127.0.0.1', port: server.port, weight: 1 })] })],
      accessLog: { ...gateway().accessLog, fields: sourced(['route']) },
      targets: settings(),
    }),
    [port],
  );
  try {
    for (const index of [0, 1, 500, 1022, 1023]) {
      const path = (shapes[index] ?? '').replaceAll(/\{[^}]+\}/g, 'x');
      const request = requestBytes(`GET ${path} HTTP/1.1`, [['Host', 'localhost']]);
      expect((await exchange({ port }, request)).status, path).toBe(200);
    }
    expect((await exchange({ port }, requestBytes('GET /x HTTP/1.1', [['Host', 'localhost']]))).status).toBe(
      404,
    );
  } finally {
    await running.stop();
    await server.stop();
  }
});
