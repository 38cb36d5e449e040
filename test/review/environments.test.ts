import { describe, expect, it } from 'vitest';
import { type Change, document, ok, parameter, read } from '../read/sample.ts';

/** What an environment opens, by way of something that the base does not have. */
async function weakened(base: Change, patch: Change): Promise<readonly string[]> {
  const root = { ...base, environments: { prod: patch } };
  const { diagnostics } = await read({ 'x-gateway': root }, { environment: 'prod' });
  return diagnostics
    .filter(({ code }) => code === 'ENV002')
    .map(({ message }) => /weakens ([^:]*):/.exec(message)?.[1] ?? message);
}

const accept = (feature: string): Change => ({ targets: { nginx: { accept: { [feature]: 'for now' } } } });
const plain = { url: 'http://127.0.0.1:9001' };
const secure = { url: 'https://a.internal' };

describe('an environment may not', () => {
  it.each(['limits', 'bodySize', 'query-credential'])(
    'waive %s, which the base asks for',
    async (feature) => {
      expect(await weakened({}, accept(feature))).toEqual([feature]);
      expect(await weakened({}, { operations: { getA: accept(feature) } })).toEqual([feature]);
      expect(await weakened(accept(feature), accept(feature))).toEqual([]);
      expect(await weakened(accept(feature), { name: 'other' })).toEqual([]);
    },
  );

  it('send requests to another back end without checking who it is', async () => {
    const other = { ...secure, tls: { verify: false } };
    const patch = { backends: { other }, defaults: { backend: 'other' } };
    expect(await weakened({}, patch)).toEqual(['backends.other.tls.verify', 'backend']);
  });

  it('send requests to another back end without TLS where every one has it', async () => {
    const patch = { backends: { other: plain }, defaults: { backend: 'other' } };
    expect(await weakened({ backends: { main: secure } }, patch)).toEqual(['backends.other.url', 'backend']);
  });
});

const nginx = (settings: Change): Change => ({ targets: { nginx: settings } });
const internal = (address: unknown): Change => nginx({ listen: { internal: address } });

describe('settings of NGINX', () => {
  it.each<[string, Change, Change, readonly string[]]>([
    ['a listener for everybody', internal(9000), internal('0.0.0.0:9000'), ['listen.internal']],
    ['a listener for a network', internal('127.0.0.1:9000'), internal('10.0.0.5:9000'), ['listen.internal']],
    ['a listener on IPv6', internal('[::1]:9000'), internal('[::]:9000'), ['listen.internal']],
    ['another network', internal('10.0.0.5:9000'), internal('10.0.1.5:9000'), ['listen.internal']],
    ['another port', internal(9000), internal('127.0.0.1:9001'), []],
    ['a narrower listener', internal('0.0.0.0:9000'), internal('10.0.0.5:9000'), []],
    ['its first listener', {}, internal('10.0.0.5:9000'), []],
    ['no listener', internal('10.0.0.5:9000'), internal(null), []],
    ['finer logs', {}, nginx({ errorLog: 'error' }), ['errorLog']],
    ['still finer logs', nginx({ errorLog: 'error' }), nginx({ errorLog: 'info' }), ['errorLog']],
    ['coarser logs', nginx({ errorLog: 'error' }), nginx({ errorLog: null }), []],
    ['authorities', {}, nginx({ paths: { certificates: '/etc/own.pem' } }), ['paths.certificates']],
    [
      'the default authorities',
      nginx({ paths: { certificates: '/etc/own.pem' } }),
      nginx({ paths: null }),
      ['paths.certificates'],
    ],
    ['another account', {}, nginx({ user: 'gateway' }), []],
  ])('%s', async (_, base, patch, guards) => {
    expect(await weakened(base, patch)).toEqual(guards.map((guard) => `targets.nginx.${guard}`));
  });
});

describe('what another level or document states', () => {
  it('counts where an operation is shown to more callers than its defaults allow', async () => {
    const patch = { operations: { getA: { expose: 'internal' } } };
    expect(await weakened({ defaults: { expose: 'none' } }, patch)).toEqual(['expose']);
    expect(await weakened({ defaults: { expose: 'internal' } }, patch)).toEqual([]);
  });

  it('counts where one operation hides another', async () => {
    const paths = {
      '/u/{id}': { parameters: [parameter('id')], get: { operationId: 'getU', ...ok } },
      '/u/me': { get: { operationId: 'getMe', ...ok, 'x-gateway': { authorize: { role: 'a' } } } },
    };
    const patch = { operations: { getMe: { expose: 'none' } } };
    const root = { 'x-gateway': { environments: { prod: patch } }, paths };
    const { diagnostics } = await read(root, { environment: 'prod' });
    expect(diagnostics.map(({ message }) => message)).toEqual([
      'The environment "prod" weakens authorize: it no longer demands everything it demanded.',
    ]);
  });

  it('counts where a back end moves to another document', async () => {
    const [one, other] = [{ backends: { moved: null } }, { backends: { moved: plain } }];
    const own = { backends: { moved: secure }, environments: { prod: one } };
    const files = { 'other.json': document({ 'x-gateway': { environments: { prod: other } } }) };
    const options = { environment: 'prod', documents: ['api.json', 'other.json'] };
    const { text } = await read({ 'x-gateway': own }, options, files);
    expect(text).toContain('weakens backends.moved.url: it leaves TLS');
  });
});

describe('another back end that the base has', () => {
  it.each<[string, Change, readonly string[]]>([
    ['without TLS', plain, ['backend']],
    ['without a check of its certificate', { ...secure, tls: { verify: false } }, ['backend']],
    ['with TLS', secure, []],
  ])('%s', async (_, other, guards) => {
    const base = { backends: { main: secure, other } };
    expect(await weakened(base, { operations: { getA: { backend: 'other' } } })).toEqual(guards);
    expect(await weakened(base, { defaults: { backend: 'other' } })).toEqual(guards);
  });
});

describe('an environment may', () => {
  it.each(['requestHeaders', 'timeout'])('waive %s, which is no guard', async (feature) => {
    expect(await weakened({}, accept(feature))).toEqual([]);
  });

  it('have a back end of its own', async () => {
    const other = { url: 'https://b.internal' };
    expect(await weakened({ backends: { main: secure } }, { backends: { other } })).toEqual([]);
    expect(await weakened({ backends: { main: plain } }, { backends: { other: plain } })).toEqual([]);
  });
});
