import { describe, expect, it } from 'vitest';
import type { Gateway } from '../../src/model/gateway.ts';
import { type Change, document, issuer, model, ok, operation, parameter, read } from './sample.ts';

const get = (operationId: string, more: Change = {}): Change => ({ get: { operationId, ...ok, ...more } });
const withParameters = (names: readonly string[], item: Change): Change => ({
  ...item,
  parameters: names.map(parameter),
});
const hosts = ({ sites }: Gateway) => sites.map((site) => site.hosts.map(({ name }) => name));
const templates = ({ sites }: Gateway) => sites.map(({ routes }) => routes.map(({ template }) => template));

describe('routes', () => {
  const paths: Change = {
    '/{rest+}': withParameters(['rest'], get('rest')),
    '/a/{x}': withParameters(['x'], get('x')),
    '/a/b': get('b'),
    '/a/{x}.json': withParameters(['x'], get('json')),
    '/': get('root'),
    '/a/': get('slash'),
  };
  const order = ['/', '/a/', '/a/b', '/a/{x}.json', '/a/{x}', '/{rest+}'];

  it('are ordered by precedence, whatever the order of the document', async () => {
    const forward = await model({ paths });
    const backward = await model({ paths: Object.fromEntries(Object.entries(paths).reverse()) });
    expect(templates(forward)).toEqual([order]);
    expect(templates(backward)).toEqual([order]);
    expect(backward.sites[0]?.routes.map(({ id }) => id)).toEqual(
      forward.sites[0]?.routes.map(({ id }) => id),
    );
  });

  it('have names that do not depend on other routes', async () => {
    const all = (await model({ paths })).sites[0]?.routes ?? [];
    expect(new Set(all.map(({ id }) => id)).size).toBe(order.length);
    for (const { id, template } of all) {
      expect(id).toMatch(/^[a-z0-9-]+$/);
      const alone = await model({ paths: { [template]: paths[template] } });
      expect(alone.sites[0]?.routes[0]?.id).toBe(id);
    }
  });

  it('include the base path, which is not forwarded', async () => {
    const [route] = (await model({ servers: [{ url: 'https://api.test/v1/x' }] })).sites[0]?.routes ?? [];
    expect(route?.baseSegments).toBe(2);
    expect(route?.segments).toHaveLength(3);
  });

  it('take the name that "greedy" makes greedy', async () => {
    const path = (facets: Change) => ({
      '/f/{p}': { ...withParameters(['p'], get('f')), 'x-gateway': facets },
    });
    const gateway = await model({ paths: path({ greedy: ['p'] }) });
    expect(gateway.sites[0]?.routes[0]?.segments.at(-1)).toEqual({ kind: 'greedy', name: 'p' });
    expect((await read({ paths: path({ greedy: ['q'] }) })).errors).toEqual(['RTE009']);
  });

  it.each<[string, Change, string[]]>([
    ['a literal that no request can have', { '/a;b': get('a') }, ['RTE001']],
    ['TRACE', { '/a': { trace: { operationId: 't', ...ok } } }, ['RTE003']],
    ['nothing to serve', { '/a': get('a', { 'x-gateway': { expose: 'none' } }) }, ['RTE008']],
    ['a back end that is not declared', { '/a': get('a', { 'x-gateway': { backend: 'mian' } }) }, ['REF001']],
    [
      'a rewrite of an unknown parameter',
      { '/a': get('a', { 'x-gateway': { rewrite: '/{id}' } }) },
      ['PTH001'],
    ],
  ])('refuse %s', async (_, changed, codes) => {
    const { errors, text } = await read({ paths: changed });
    expect(errors, text).toEqual(codes);
  });

  it('leave out what is exposed nowhere', async () => {
    const gateway = await model({
      paths: { '/a': get('a'), '/b': get('b', { 'x-gateway': { expose: 'none' } }) },
    });
    expect(templates(gateway)).toEqual([['/a']]);
  });

  it('take methods of OpenAPI 3.2 as they are', async () => {
    const paths32 = {
      '/a': {
        query: { operationId: 'q', ...ok },
        additionalOperations: { COPY: { operationId: 'c', ...ok } },
      },
    };
    const gateway = await model({ openapi: '3.2.0', paths: paths32 });
    expect(gateway.sites[0]?.routes[0]?.operations.map(({ method }) => method).sort()).toEqual([
      'COPY',
      'QUERY',
    ]);
    const lower = { '/a': { additionalOperations: { copy: { operationId: 'c', ...ok } } } };
    expect((await read({ openapi: '3.2.0', paths: lower })).errors).toContain('RTE003');
  });
});

describe('paths of one shape', () => {
  const owner = (name: string): Change => ({
    'x-gateway': { authorize: `claims.sub == path.${name}`, rewrite: `/u/{${name}}` },
  });

  it('are one route when their methods differ, under the parameter names of the first', async () => {
    const gateway = await model({
      paths: {
        '/u/{id}': withParameters(['id'], get('one', owner('id'))),
        '/u/{user}': withParameters(['user'], { put: { operationId: 'two', ...ok, ...owner('user') } }),
      },
    });
    const [route, ...others] = gateway.sites[0]?.routes ?? [];
    expect(others).toEqual([]);
    expect(route?.operations.map(({ id }) => id)).toEqual(['one', 'two']);
    const [one, two] = route?.operations ?? [];
    expect(two?.features.authorization?.[0]?.value).toEqual(one?.features.authorization?.[0]?.value);
    expect(two?.features.backend.value.target).toMatchObject({
      pieces: { value: [{ text: '/u/' }, { name: 'id' }] },
    });
  });

  it('swap names without mixing them up', async () => {
    const rewrite = { 'x-gateway': { rewrite: '/{x}/{y}' } };
    const gateway = await model({
      paths: {
        '/u/{x}/{y}': withParameters(['x', 'y'], get('one', rewrite)),
        '/u/{y}/{x}': withParameters(['x', 'y'], { put: { operationId: 'two', ...ok, ...rewrite } }),
      },
    });
    const target = operation(gateway, 'two').features.backend.value.target;
    const names =
      target.kind === 'template'
        ? target.pieces.value.flatMap((piece) => ('name' in piece ? [piece.name] : []))
        : [];
    expect(names).toEqual(['y', 'x']);
  });

  const twice = (one: Change, other: Change): Change => ({
    paths: {
      '/u/{id}': withParameters(['id'], get('one', one)),
      '/u/{user}': withParameters(['user'], get('two', other)),
    },
  });

  it('are one operation when the method and the policy agree', async () => {
    const { gateway, diagnostics } = await read(twice(owner('id'), owner('user')));
    expect(gateway?.sites[0]?.routes[0]?.operations.map(({ id }) => id)).toEqual(['one']);
    expect(diagnostics.map(({ code }) => code)).toEqual(['RTE005']);
  });

  it.each<[string, Change, Change]>([
    ['security', {}, { security: [] }],
    ['authorize', owner('id'), {}],
    ['bodySize', {}, { 'x-gateway': { bodySize: '1kb' } }],
    ['limits', {}, { 'x-gateway': { limits: [{ rate: '1/s' }] } }],
    ['expose', {}, { 'x-gateway': { expose: 'internal' } }],
  ])('are an error when the method agrees and %s differs', async (difference, one, other) => {
    const { errors, text, diagnostics } = await read(twice(one, other));
    expect(errors).toEqual(['RTE004']);
    expect(text).toContain(difference);
    expect(diagnostics[0]?.related).toHaveLength(1);
  });

  it('follow the same rule where only a fragment or a query tells them apart', async () => {
    const keys = (other: Change) => ({
      paths: { '/t': get('one'), '/t#refresh': get('two', other), '/t?x=1': get('three') },
    });
    expect(templates(await model(keys({})))).toEqual([['/t']]);
    expect((await read(keys({ security: [] }))).errors).toEqual(['RTE004']);
  });
});

describe('hosts', () => {
  it('that serve the same are one site', async () => {
    const servers = [
      { url: 'https://a.test/v1' },
      { url: 'https://b.test/v1' },
      { url: 'https://c.test/v2' },
    ];
    expect(hosts(await model({ servers }))).toEqual([['a.test', 'b.test'], ['c.test']]);
  });

  it('of an operation or a path replace those of the document there', async () => {
    const gateway = await model({
      paths: {
        '/a': get('a'),
        '/b': get('b', { servers: [{ url: 'https://upload.test/up' }] }),
        '/c': { ...get('c'), servers: [{ url: 'https://api.test/v3' }] },
      },
    });
    expect(hosts(gateway)).toEqual([['api.test'], ['upload.test']]);
    expect(templates(gateway)).toEqual([['/a', '/c'], ['/b']]);
  });

  it('name an operation once for each site', async () => {
    const gateway = await model({
      servers: [{ url: 'https://a.test' }, { url: 'https://b.test' }],
      paths: { '/a': get('a'), '/b': get('b', { servers: [{ url: 'https://b.test' }] }) },
    });
    expect(gateway.sites.map(({ routes }) => routes.map(({ operations }) => operations[0]?.id))).toEqual([
      ['a'],
      ['a@b.test:443', 'b'],
    ]);
  });

  it('come from --server where the document has none', async () => {
    const gateway = await model({ servers: undefined }, { server: 'https://front.test/v9' });
    expect(hosts(gateway)).toEqual([['front.test']]);
    expect(gateway.sites[0]?.routes[0]?.baseSegments).toBe(1);
    expect((await read({ servers: undefined })).errors).toEqual(['SRV001']);
    expect((await read({}, { server: 'https://front.test' })).warnings).toEqual(['SRV005']);
    expect((await read({}, { server: 'front' })).errors).toEqual(['SRV006']);
  });
});

describe('several documents', () => {
  const other = (changes: Change) => ({
    'other.json': document({ info: { title: 'Other' }, paths: { '/o': get('o') }, ...changes }),
  });
  const both = { documents: ['api.json', 'other.json'] };

  it('are one gateway with one order of routes', async () => {
    const gateway = await model(
      {},
      both,
      other({ paths: { '/{x}': withParameters(['x'], get('x')), '/0': get('o') } }),
    );
    expect(templates(gateway)).toEqual([['/0', '/a', '/{x}']]);
    expect(gateway.name).toBe('sample-api');
    expect(gateway.documents.map(({ title }) => title)).toEqual(['Sample API', 'Other']);
    expect(gateway.backends).toHaveLength(1);
  });

  it.each<[string, Change, string[]]>([
    [
      'a name for two contents',
      { 'x-gateway': { authenticators: { user: { ...issuer, audiences: ['b'] } } } },
      ['MRG001'],
    ],
    [
      'two schemes of one name',
      {
        components: {
          securitySchemes: { user: { type: 'apiKey', in: 'cookie', name: 's', scheme: undefined } },
        },
      },
      ['AUT003'],
    ],
    ['an operationId of the other', { paths: { '/o': get('getA') } }, ['RTE007']],
    [
      'an operation of the other with another policy',
      { paths: { '/a': get('o', { security: [] }) } },
      ['RTE004'],
    ],
  ])('refuse %s', async (_, changes, codes) => {
    const { errors, text } = await read({}, both, other(changes));
    expect(errors, text).toEqual(codes);
  });
});
