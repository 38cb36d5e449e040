import { describe, expect, it } from 'vitest';
import { bound, certificate, mutual } from './identity-sample.ts';
import { type Change, issuer, model, ok, operation, read } from './sample.ts';

const secrets = { ca: { env: 'CA' }, secret: { env: 'S' } };
const asks = (mode: string | undefined, more: Change = {}): Change => ({
  tls: { clientCertificate: { ca: { secret: 'ca' }, ...(mode === undefined ? {} : { mode }), ...more } },
  secrets: { ca: secrets.ca },
});
/** The sample with facets at the three levels and a root block. */
function levels(root: Change, defaults: Change, path: Change, own: Change): Change {
  return {
    'x-gateway': { ...root, defaults },
    paths: { '/a': { 'x-gateway': path, get: { operationId: 'getA', ...ok, 'x-gateway': own } } },
  };
}
const facet = (mode: string | undefined): Change => (mode === undefined ? {} : { clientCertificate: mode });

describe('client certificates are demanded by the strictest of', () => {
  it.each<[string | undefined, string | undefined, string | undefined, string | undefined]>([
    // listener, defaults, operation, effective
    [undefined, undefined, undefined, undefined],
    ['none', undefined, undefined, undefined],
    ['optional', undefined, undefined, 'optional'],
    ['require', undefined, undefined, 'require'],
    ['none', 'optional', undefined, 'optional'],
    ['none', 'optional', 'require', 'require'],
    ['optional', undefined, 'require', 'require'],
    ['optional', undefined, 'none', 'optional'],
    [undefined, 'require', undefined, 'require'],
    ['require', 'require', 'require', 'require'],
  ])('%s, %s and %s', async (listener, defaults, own, effective) => {
    const gateway = await model(levels(asks(listener), facet(defaults), {}, facet(own)));
    expect(operation(gateway).features.clientCertificate?.value).toBe(effective);
    expect(gateway.tls.clientCertificate?.value.mode).toBe(listener ?? 'none');
  });

  it('gives way to a level that says relax, never below the listener', async () => {
    const relax = { clientCertificate: 'none', relax: { clientCertificate: 'a health check' } };
    const gateway = await model(levels(asks('none'), facet('require'), {}, relax));
    expect(operation(gateway).features.clientCertificate).toBeUndefined();
    expect(operation(gateway).features.relaxed?.map(({ value }) => value)).toEqual([
      { guard: 'clientCertificate', reason: 'a health check' },
    ]);
    const optional = await model(levels(asks('optional'), facet('require'), {}, relax));
    expect(operation(optional).features.clientCertificate?.value).toBe('optional');
  });

  it.each<[string, Change, Change, Change, string]>([
    ['a weaker operation', asks('none'), facet('require'), facet('optional'), 'GRD001'],
    ['an operation below the listener', asks('require'), {}, facet('optional'), 'GRD003'],
    [
      'a relaxation below the listener',
      asks('require'),
      facet('require'),
      { ...facet('none'), relax: { clientCertificate: 'why' } },
      'GRD003',
    ],
    [
      'a relaxation of nothing',
      asks('none'),
      {},
      { ...facet('require'), relax: { clientCertificate: 'why' } },
      'GRD002',
    ],
    ['no authority', {}, {}, facet('require'), 'GRD004'],
    ['no authority for optional ones', {}, facet('optional'), {}, 'GRD004'],
    ['a listener without authority', { tls: { clientCertificate: { mode: 'require' } } }, {}, {}, 'XGW006'],
    ['an authority that is not declared', { ...asks('none'), secrets: undefined }, {}, {}, 'REF001'],
  ])('refuses %s', async (_, root, defaults, own, code) => {
    const { errors, text } = await read(levels(root, defaults, {}, own));
    expect(errors, text).toEqual([code]);
  });
});

describe('an authenticator of certificates', () => {
  const subjects = ['cn = acme, o = Acme', 'CN=Ü'];

  it('makes the listener ask', async () => {
    const gateway = await model(
      bound(
        mutual,
        { certificate: { ...certificate.certificate, subjects } },
        { secrets: { secret: secrets.secret } },
      ),
    );
    expect(gateway.tls.clientCertificate?.value).toMatchObject({
      mode: 'optional',
      ca: { value: 'secret' },
      forward: [],
    });
    expect(operation(gateway).features.clientCertificate?.value).toBe('optional');
    expect(gateway.authenticators).toMatchObject([
      { subjects: { value: ['CN=acme,O=Acme', 'CN=\\C3\\9C'] } },
    ]);
  });

  it.each([undefined, 'optional', 'require'])('works with the mode %s of the listener', async (mode) => {
    const same = { certificate: { ca: { secret: 'ca' } } };
    const gateway = await model(bound(mutual, same, asks(mode)));
    expect(gateway.tls.clientCertificate?.value.mode).toBe(mode ?? 'optional');
  });

  it.each<[string, Change, string, string]>([
    [
      'another authority than the listener',
      { ...asks('optional'), secrets },
      'AUT011',
      '/x-gateway/tls/clientCertificate/ca',
    ],
    [
      'a listener that does not ask',
      { ...asks('none', { ca: { secret: 'secret' } }), secrets: { secret: secrets.secret } },
      'AUT012',
      '/x-gateway/tls/clientCertificate/mode',
    ],
    [
      'TLS that ends upstream',
      {
        tls: { termination: 'upstream' },
        edge: { trustedProxies: ['10.0.0.1'] },
        secrets: { secret: secrets.secret },
      },
      'TLS002',
      '/x-gateway/tls/termination',
    ],
  ])('is refused beside %s, with both places', async (_, root, code, pointer) => {
    const { errors, diagnostics, text } = await read(bound(mutual, certificate, root));
    expect(errors, text).toEqual([code]);
    expect(diagnostics.find((one) => one.code === code)?.related).toMatchObject([{ at: { pointer } }]);
  });

  it('has the authority of every other one', async () => {
    const schemes = { user: undefined, one: mutual, two: mutual };
    const { errors } = await read({
      security: [{ one: [] }, { two: [] }],
      'x-gateway': {
        authenticators: { user: undefined, one: certificate, two: { certificate: { ca: { secret: 'ca' } } } },
        secrets,
      },
      components: { securitySchemes: schemes },
    });
    expect(errors).toEqual(['AUT011']);
  });
});

describe('headers that carry a certificate', () => {
  const forward = { forward: { 'X-Cert-Subject': 'subject', 'X-Cert': 'certificate' } };

  it('are owned by the gateway', async () => {
    const gateway = await model(levels(asks('optional', forward), {}, {}, {}));
    expect(gateway.tls.clientCertificate?.value.forward).toEqual([
      { header: 'X-Cert', part: 'certificate' },
      { header: 'X-Cert-Subject', part: 'subject' },
    ]);
    expect(gateway.ownedHeaders).toEqual(['X-Cert', 'X-Cert-Subject']);
  });

  it.each<[string, Change, Change, string]>([
    ['those of an authenticator', { forward: { 'x-cert': 'claims.sub' } }, {}, 'AUT013'],
    ['those that carry a token', { from: [{ header: 'X-CERT' }] }, {}, 'AUT004'],
    ['those that an operation sets', {}, { request: { setHeaders: { 'X-Cert': 'x' } } }, 'HDR001'],
  ])('are not %s', async (_, user, own, code) => {
    const root = { ...asks('optional', forward), authenticators: { user: { ...issuer, ...user } } };
    const { errors, text } = await read(levels(root, {}, {}, own));
    expect(errors, text).toEqual([code]);
  });
});
