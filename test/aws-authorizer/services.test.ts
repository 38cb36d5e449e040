import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ExternalAuthenticator } from '../../src/model/authentication.ts';
import type { HttpBackend } from '../../src/model/backend.ts';
import { type Backend, startBackend } from '../support/backend.ts';
import { createAuthority, issueCertificate } from '../support/certificates.ts';
import { at, backend, gateway, operation, required, route, site, sourced } from '../support/model.ts';
import { json } from '../support/stub-service.ts';
import { outcomeOf } from './outcome.ts';
import { restEvent } from './rest-event.ts';
import { startAuthorizer } from './running-authorizer.ts';

const authority = createAuthority('Services');
const certificate = issueCertificate(authority, { names: ['DNS:judge.test'] });
const client = issueCertificate(authority, { names: ['DNS:gateway.test'] });

let judge: Backend;
afterEach(async () => judge?.stop());

const secrets = new Map([
  ['ca', authority.cert],
  ['client', JSON.stringify({ cert: client.cert, key: client.key })],
  ['credential', 's3cret\n'],
]);
const declared = [
  ['ca', 'ca'],
  ['cert', 'client#cert'],
  ['key', 'client#key'],
  ['credential', 'credential'],
  ['missing', 'missing'],
] as const;

let now = 0;
beforeEach(() => {
  now = 1_800_000_000;
});

/** Asks the service about the credential of a caller. */
function start(changes: Partial<HttpBackend>, { cacheSeconds = 0, values = secrets } = {}) {
  const judged: ExternalAuthenticator = {
    kind: 'external',
    name: 'judged',
    from: sourced([{ kind: 'header', name: 'Authorization' }]),
    forward: [],
    stripToken: false,
    login: undefined,
    at,
    scopeClaims: [['scope']],
    roleClaim: ['roles'],
    backend: sourced('judge'),
    path: '/check',
    timeoutMs: 300,
    cacheSeconds,
  };
  const guarded = operation('GET', { authentication: sourced(required('judged')) });
  const node = { host: '127.0.0.1', port: judge.port, weight: 1 };
  const { handler } = startAuthorizer(
    gateway({
      authenticators: [judged],
      backends: [backend('judge', { nodes: [sourced(node)], basePath: '/base', ...changes })],
      sites: [site([route('/guarded', [guarded])])],
      secrets: declared.map(([name, value]) => ({ name, sources: [{ kind: 'ssm', value }], at })),
    }),
    { secrets: values, now: () => now * 1000 },
  );
  return async (token = 'token'): Promise<string> =>
    (
      await outcomeOf(
        handler,
        restEvent({ resourcePath: '/guarded', headers: [`Authorization: Bearer ${token}`] }),
      )
    ).kind;
}

const tls = (changes: Partial<NonNullable<HttpBackend['tls']>> = {}) => ({
  scheme: 'https' as const,
  tls: {
    verify: sourced(true),
    ca: sourced('ca'),
    serverName: sourced('judge.test'),
    clientCertificate: undefined,
    ...changes,
  },
});

describe('a service is asked as its back end wants it (B1, B2)', () => {
  test('with the credential that the back end asks for', async () => {
    judge = await startBackend({ answer: () => json({ result: true }) });
    const credentials = sourced({
      kind: 'header' as const,
      header: 'X-Gateway',
      prefix: 'Key',
      secret: 'credential',
    });
    expect(await start({ credentials })()).toBe('allow');
    const [asked] = judge.requests;
    expect(asked?.values('x-gateway')).toEqual(['Key s3cret']);
    expect(asked?.values('authorization')).toEqual([]);
    expect([asked?.method, asked?.target]).toEqual(['POST', '/base/check']);
  });

  test('never without it', async () => {
    judge = await startBackend({ answer: () => json({ result: true }) });
    const credentials = sourced({
      kind: 'header' as const,
      header: 'X-Gateway',
      prefix: undefined,
      secret: 'missing',
    });
    expect(await start({ credentials })()).toBe('failure');
    expect(judge.requests).toEqual([]);
  });

  test('over TLS, with its own authority and name', async () => {
    judge = await startBackend({ tls: certificate, answer: () => json({ result: true }) });
    expect(await start(tls())()).toBe('allow');
    expect(judge.requests[0]?.serverName).toBe('judge.test');
    expect(await start(tls({ serverName: sourced('other.test') }))()).toBe('failure');
    expect(await start(tls({ ca: undefined }))()).toBe('failure');
    expect(await start(tls({ ca: sourced('missing') }))()).toBe('failure');
  });

  test('with the certificate of the gateway', async () => {
    judge = await startBackend({
      tls: { ...certificate, ca: authority.cert, requireClientCertificate: true },
      answer: () => json({ result: true }),
    });
    const clientCertificate = sourced({ cert: 'cert', key: 'key' });
    expect(await start(tls({ clientCertificate }))()).toBe('allow');
    expect(await start(tls())()).toBe('failure');
  });

  test('on a connection that ended meanwhile, once more', async () => {
    judge = await startBackend({ answer: () => json({ result: true }) });
    const call = start({});
    expect(await call()).toBe('allow');
    judge.answerWith(() => 'reset');
    expect(await call()).toBe('failure');
    judge.answerWith(() => json({ result: true }));
    expect(await call()).toBe('allow');
  });
});

describe('answers are kept no longer than the document says', () => {
  test('and for the same question only', async () => {
    judge = await startBackend({ answer: () => json({ result: true }) });
    const call = start({}, { cacheSeconds: 10 });
    await call('a');
    await call('a');
    expect(judge.requests.length).toBe(1);
    judge.answerWith(() => json({ result: false }));
    expect(await call('b')).toBe('unauthorized');
    now += 9;
    expect(await call('a')).toBe('allow');
    now += 1;
    expect(await call('a')).toBe('unauthorized');
  });

  test('what is no answer is not kept', async () => {
    judge = await startBackend({ answer: () => ({ status: 500 }) });
    const call = start({}, { cacheSeconds: 10 });
    expect(await call()).toBe('failure');
    judge.answerWith(() => json({ result: true }));
    expect(await call()).toBe('allow');
  });

  test('without a time, every request is asked about', async () => {
    judge = await startBackend({ answer: () => json({ result: true }) });
    const call = start({});
    await call();
    await call();
    expect(judge.requests.length).toBe(2);
  });
});

describe('secrets are read by the function itself', () => {
  test('a new value counts after five minutes, and the last one while none can be read', async () => {
    judge = await startBackend({ answer: () => json({ result: true }) });
    const values = new Map(secrets);
    const credentials = sourced({
      kind: 'header' as const,
      header: 'X-Gateway',
      prefix: undefined,
      secret: 'credential',
    });
    const call = start({ credentials }, { values });
    await call();
    values.set('credential', 'newer');
    now += 299;
    await call();
    now += 1;
    await call();
    values.delete('credential');
    now += 300;
    await call();
    expect(judge.requests.map(({ values: of }) => of('x-gateway')[0])).toEqual([
      's3cret',
      's3cret',
      'newer',
      'newer',
    ]);
  });

  test('one that could not be read is asked for again after a moment', async () => {
    judge = await startBackend({ answer: () => json({ result: true }) });
    const values = new Map<string, string>();
    const credentials = sourced({
      kind: 'header' as const,
      header: 'X-Gateway',
      prefix: undefined,
      secret: 'credential',
    });
    const call = start({ credentials }, { values });
    expect(await call()).toBe('failure');
    values.set('credential', 's3cret');
    now += 4;
    expect(await call()).toBe('failure');
    now += 1;
    expect(await call()).toBe('allow');
  });

  test.each(['two\nlines', 'caf\u00e9', '', 'x'.repeat(4097)])(
    'what cannot be a header is none: %j',
    async (value) => {
      judge = await startBackend({ answer: () => json({ result: true }) });
      const credentials = sourced({
        kind: 'header' as const,
        header: 'X-Gateway',
        prefix: undefined,
        secret: 'credential',
      });
      const call = start({ credentials }, { values: new Map([['credential', value]]) });
      expect(await call()).toBe('failure');
      expect(judge.requests).toEqual([]);
    },
  );
});
