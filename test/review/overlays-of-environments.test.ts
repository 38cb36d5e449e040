import { describe, expect, it } from 'vitest';
import { type Change, issuer, ok, parameter, read } from '../read/sample.ts';

type Action = { readonly target: string; readonly update?: unknown; readonly remove?: true };

const admin = { authorize: { role: 'admin' } };
const base: Change = {
  security: [{ user: ['read'] }],
  'x-gateway': {
    authenticators: {
      user: { ...issuer, from: undefined },
      partner: { ...issuer, issuer: 'https://p.test/' },
    },
    backends: { other: { url: 'https://other.internal', tls: { ca: { secret: 'ca' } } } },
    policies: { staff: { role: 'staff' } },
    secrets: { ca: { file: '/etc/ca.pem' } },
    defaults: { limits: [{ rate: '10/s' }] },
    environments: { prod: { name: 'prod' } },
  },
  components: {
    securitySchemes: {
      user: { type: 'http', scheme: 'bearer' },
      partner: { type: 'apiKey', in: 'header', name: 'X-Partner' },
    },
  },
  paths: {
    '/a': {
      'x-gateway': { bodySize: '1kb' },
      get: { operationId: 'getA', ...ok },
      put: { operationId: 'putA', ...ok, security: [{ user: ['read', 'write'] }], 'x-gateway': admin },
    },
    '/o': {
      get: { operationId: 'getO', ...ok, security: [{ partner: [] }], 'x-gateway': { backend: 'other' } },
    },
    '/u/{id}': { parameters: [parameter('id')], get: { operationId: 'getU', ...ok, 'x-gateway': admin } },
    '/u/me': { get: { operationId: 'getMe', ...ok, 'x-gateway': { authorize: 'staff' } } },
    '/hidden': { get: { operationId: 'getHidden', ...ok, 'x-gateway': { expose: 'none' } } },
    '/open': {
      get: { operationId: 'getOpen', ...ok, security: [], 'x-gateway': { public: { reason: 'open' } } },
    },
  },
};

/** What an environment's own overlay weakens. */
async function weakened(actions: readonly Action[], more: Change = {}): Promise<readonly string[]> {
  const overlay = { overlay: '1.0.0', info: { title: 'o', version: '1' }, actions };
  const files = { 'overlays/prod.json': JSON.stringify(overlay), 'overlays/keys.json': '{"keys":[]}' };
  const options = { environment: 'prod', ownOverlays: ['overlays/prod.json'], ...more };
  const { diagnostics } = await read(base, options, files);
  return diagnostics
    .filter(({ code }) => code === 'ENV002')
    .map(({ message }) => /weakens (.*?): /.exec(message)?.[1] ?? message);
}

const remove = (target: string): Action => ({ target, remove: true });
const update = (target: string, value: unknown): Action => ({ target, update: value });
const put = '$.paths["/a"].put';
const gateway = "$['x-gateway']";
const added = (more: Change): Change => ({ get: { operationId: 'added', ...ok, ...more } });
const user = [{ user: ['read'] }];

const opening: readonly (readonly [string, readonly Action[], string])[] = [
  ['an operation public', [remove(`${put}.security`), update(put, { security: [] })], 'security of PUT "/a"'],
  ['credentials optional', [update(`${put}.security`, {})], 'security of PUT "/a"'],
  ['another alternative', [update(`${put}.security`, { partner: [] })], 'security of PUT "/a"'],
  ['fewer scopes', [remove(`${put}.security[0].user[1]`)], 'security of PUT "/a"'],
  ['fewer scopes by inheritance', [remove(`${put}.security`)], 'security of PUT "/a"'],
  ['the whole document public', [remove('$.security'), update('$', { security: [] })], 'security'],
  [
    'another scheme',
    [remove(`${put}.security[0].user`), update(`${put}.security[0]`, { partner: [] })],
    'security of PUT "/a"',
  ],
  [
    'another place of a credential',
    [update('$.components.securitySchemes.partner', { in: 'query' })],
    'the security scheme partner',
  ],
  ['no authorization', [remove(`${put}['x-gateway'].authorize`)], 'authorize'],
  ['no facets at all', [remove(`${put}['x-gateway']`)], 'authorize'],
  ['a larger body of a path', [update('$.paths["/a"]["x-gateway"]', { bodySize: '2kb' })], 'bodySize'],
  ['no facets of a path', [remove('$.paths["/a"]["x-gateway"]')], 'bodySize'],
  ['another limit', [update(`${gateway}.defaults.limits[0]`, { rate: '11/s' })], 'limits'],
  ['no defaults', [remove(`${gateway}.defaults`)], 'limits'],
  ['another policy', [update(`${gateway}.policies.staff`, { role: 'anyone' })], 'policies.staff'],
  [
    'no TLS to a back end',
    [update(`${gateway}.backends.main`, { url: 'http://m.internal' })],
    'backends.main.url',
  ],
  ['every authority of a back end', [remove(`${gateway}.backends.other.tls`)], 'backends.other.tls.ca'],
  [
    'keys of the same name beside the overlay',
    [
      remove(`${gateway}.authenticators.user.jwks`),
      update(`${gateway}.authenticators.user`, { jwks: { file: 'keys.json' } }),
    ],
    'authenticators.user.jwks',
  ],
  ['an operation that was hidden', [remove('$.paths["/hidden"].get["x-gateway"]')], 'expose'],
  [
    'a patch of the environment',
    [update(`${gateway}.environments.prod`, { defaults: { limits: null } })],
    'limits',
  ],
  [
    'a new operation without credentials',
    [update('$.paths', { '/new': added({ security: [] }) })],
    'security of GET "/new"',
  ],
  [
    'a new operation with optional credentials',
    [update('$.paths', { '/new': added({ security: [{}, ...user] }) })],
    'security of GET "/new"',
  ],
  ['an operation in front of a guarded one', [update('$.paths', { '/u/you': added({}) })], 'authorize'],
  [
    'another name of a parameter',
    [
      remove('$.paths["/u/{id}"]'),
      update('$.paths', { '/u/{name}': { parameters: [parameter('name')], ...added({}) } }),
    ],
    'authorize',
  ],
  ['what a removed operation guarded', [remove('$.paths["/u/me"]')], 'authorize'],
];

const fine: readonly (readonly [string, readonly Action[]])[] = [
  ['changes nothing', [update('$.info', { title: 'Production' })]],
  ['removes an operation', [remove('$.paths["/o"]')]],
  ['serves less', [remove('$.servers'), update('$', { servers: [{ url: 'https://other.test/v1' }] })]],
  ['asks for more scopes', [update(`${put}.security[0].user`, ['admin'])]],
  ['asks for a second credential', [update(`${put}.security[0]`, { partner: [] })]],
  [
    'guards what was open',
    [remove('$.paths["/open"].get.security'), remove('$.paths["/open"].get["x-gateway"]')],
  ],
  ['demands more', [update('$.paths["/a"].get', { 'x-gateway': admin })]],
  ['adds an operation with credentials', [update('$.paths', { '/new': added({}) })]],
  [
    'adds an operation behind others',
    [update('$.paths', { '/{x}/me': { parameters: [parameter('x')], ...added({}) } })],
  ],
  ['has another back end', [update(`${gateway}.backends.main`, { url: 'https://prod.internal' })]],
];

describe('an overlay of one environment', () => {
  it.each(opening)('is refused when it brings %s', async (_, actions, guard) => {
    expect(await weakened(actions)).toContain(guard);
    expect(await weakened(actions, { allowRelaxIn: ['prod'] })).toEqual([]);
    expect(await weakened(actions, { overlays: ['overlays/prod.json'], ownOverlays: undefined })).toSatisfy(
      // What is everywhere is the base; only patches weaken that.
      (found: readonly string[]) => found.length === 0 || JSON.stringify(actions).includes('environments'),
    );
  });

  it.each(fine)('is fine when it %s', async (_, actions) => {
    expect(await weakened(actions)).toEqual([]);
  });
});
