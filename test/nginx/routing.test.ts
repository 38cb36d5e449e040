import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decide } from '../../src/decide/index.ts';
import type { Gateway, Route } from '../../src/model/gateway.ts';
import { pathShape } from '../../src/read/path/path-shape.ts';
import { comparePrecedence, precedenceKey } from '../../src/read/path/precedence.ts';
import { type Backend, startBackend } from '../support/backend.ts';
import { backend, gateway, host, operation, route, site, sourced } from '../support/model.ts';
import { freePorts } from '../support/ports.ts';
import { openConnection, requestBytes } from '../support/raw-http.ts';
import { type RunningModel, settings, startModel } from './start-model.ts';

/** Few words, so that templates overlap in every way; some differ in case only, some are prefixes of others. */
const words = ['a', 'A', 'b', 'ab', 'a.json', '$x', 'default', 'a%20b', '~1', '*'];
const segment = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...words) },
  { weight: 3, arbitrary: fc.constant('{p}') },
  {
    weight: 3,
    arbitrary: fc.constantFrom('{p}.json', 'a{p}', '{p}.min.json', '{p}-{q}', 'a{p}b', '{p}{q}', '{p}:go'),
  },
);
const template = fc
  .tuple(fc.array(segment, { minLength: 1, maxLength: 4 }), fc.constantFrom('', '', '', '/', '/{rest+}'))
  .map(([segments, last]) => `/${segments.map(unique).join('/')}${last}`);
const path = fc
  .tuple(
    fc.array(
      fc.oneof(
        fc.constantFrom(...words),
        fc.constantFrom('aab', 'x.json', 'x.min.json', 'a-b', 'a--b', 'x:go', 'q', '.json', '-', 'B'),
      ),
      { maxLength: 6 },
    ),
    fc.constantFrom('', '', '/'),
  )
  .map(([segments, slash]) => `/${segments.join('/')}${segments.length === 0 ? '' : slash}`);

/** Parameter names must differ within a template. */
function unique(text: string, index: number): string {
  return text.replaceAll(/\{([pq])\}/g, (_, name) => `{${name}${index}}`);
}

/** Every template rewrites to its own path and repeats its parameters, so that the back end tells what matched. */
const rewriting = (text: string, index: number): Route => {
  const plain = route(text, [], { id: `r${index}` });
  const names = [...text.matchAll(/\{([^}+]+)\+?\}/g)].map(([, name]) => name ?? '');
  const pieces = [
    { kind: 'literal', text: `/r${index}` } as const,
    ...names.flatMap((name) => [
      { kind: 'literal', text: '/x-' } as const,
      { kind: 'parameter', name } as const,
    ]),
  ];
  const target = { kind: 'template', pieces: sourced(pieces) } as const;
  return {
    ...plain,
    operations: [operation('GET', { id: `r${index}`, backend: sourced({ backend: 'main', target }) })],
  };
};

const routesOf = (templates: readonly string[]): readonly Route[] => {
  const routes = [...new Map(templates.map((one) => [pathShape(route(one).segments), one])).values()].map(
    rewriting,
  );
  return [...routes].sort((a, b) => comparePrecedence(precedenceKey(a.segments), precedenceKey(b.segments)));
};

let server: Backend;
let running: RunningModel;
let model: Gateway;
let port = 0;

beforeAll(async () => {
  server = await startBackend({ answer: () => ({ raw: 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n' }) });
  const [front = 0] = await freePorts(1);
  port = front;
  const templates = fc.sample(template, { seed: 20, numRuns: 400 });
  model = gateway({
    sites: [site(routesOf([...templates, '/']), [host('localhost', 'http', front)])],
    backends: [backend('main', { nodes: [sourced({ host: '127.0.0.1', port: server.port, weight: 1 })] })],
    targets: settings(),
  });
  running = await startModel(model, [front]);
});

afterAll(async () => {
  await running?.stop();
  await server?.stop();
});

test('N1-N7: nginx chooses the route, and reads the parameters, that the reference behaviour does', async () => {
  const connection = await openConnection({ port });
  const paths = new Set(fc.sample(path, { seed: 21, numRuns: 3000 }));
  let found = 0;
  for (const one of paths) {
    const bytes = requestBytes(`GET ${one} HTTP/1.1`, [['Host', `localhost:${port}`]]);
    const wanted = decide(
      model,
      { listener: 'http', port, serverName: undefined, peer: '127.0.0.1', bytes },
      { now: 0 },
    );
    server.forget();
    connection.send(bytes);
    const answer = await connection.response();
    if (wanted.forwarded === undefined) expect([one, answer.status]).toEqual([one, wanted.status]);
    else expect([one, server.requests[0]?.target]).toEqual([one, wanted.forwarded.target]);
    found += wanted.forwarded === undefined ? 0 : 1;
  }
  connection.close();
  expect(found).toBeGreaterThan(paths.size / 3);
});
