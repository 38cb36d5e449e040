import { describe, expect, test } from 'vitest';
import { facetsOf, rootOf } from './read-block.ts';

const url = (text: string) => rootOf({ backends: { a: { url: text } } });
const range = (text: string) => facetsOf({ ip: { allow: [text] } });
const timeout = (text: string) => facetsOf({ timeout: text }).block?.timeout?.value;

describe('quantities are read to plain units', () => {
  test.each([
    ['1ms', 1],
    ['250ms', 250],
    ['2s', 2000],
    ['10m', 600_000],
    ['1h', 3_600_000],
  ])('%s', (text, ms) => expect(timeout(text)).toBe(ms));

  test.each(['0s', '2h', '1d', '5', '5 s', '-1s', '1.5s', '1S', '99999999999999s', 's', ''])(
    '%j is no time-out',
    (text) => expect(timeout(text)).toBeUndefined(),
  );

  test.each([
    ['1b', 1],
    ['64kb', 65_536],
    ['1mb', 1_048_576],
  ])('%s', (text, bytes) => expect(facetsOf({ bodySize: text }).block?.bodySize?.value).toBe(bytes));

  test.each(['0b', '0mb', '1gb', '1KB', '9999999999999mb', '64'])('%j is no size', (text) =>
    expect(facetsOf({ bodySize: text }).places).toEqual(['XGW004 /bodySize']),
  );

  test.each([
    ['50/s', 50, 's'],
    ['1000000/mo', 1_000_000, 'mo'],
  ])('%s', (text, count, period) =>
    expect(facetsOf({ limits: [{ rate: text }] }).block?.limits?.value[0]?.value.rate.value).toEqual({
      count,
      period,
    }),
  );

  test.each(['0/s', '5/y', '5', '/s', '9999999999/s', '5 / s'])('%j is no rate', (text) =>
    expect(facetsOf({ limits: [{ rate: text }] }).places).toEqual(['XGW004 /limits/0/rate']),
  );

  test('clock skew and HSTS are whole seconds, the skew at most two minutes', () => {
    expect(rootOf({ tls: { hsts: '1500ms' } }).places).toEqual(['XGW004 /tls/hsts']);
    const user = {
      issuer: 'https://a.example',
      audiences: ['a'],
      jwks: { file: 'a.json' },
      clockSkew: '121s',
    };
    expect(rootOf({ authenticators: { user } }).places).toEqual(['XGW004 /authenticators/user/clockSkew']);
  });
});

describe('addresses have one spelling', () => {
  test.each([
    ['10.0.0.0/8', 4, '10.0.0.0/8'],
    ['192.0.2.7', 4, '192.0.2.7/32'],
    ['0.0.0.0/0', 4, '0.0.0.0/0'],
    ['::ffff:10.0.0.0/104', 4, '10.0.0.0/8'],
    ['::FFFF:c000:0207', 4, '192.0.2.7/32'],
    ['2001:DB8:0:0:0:0:0:0/32', 6, '2001:db8::/32'],
    ['::1', 6, '::1/128'],
    ['::/0', 6, '::/0'],
    ['1:0:0:2:0:0:0:3', 6, '1:0:0:2::3/128'],
    ['1:0:2:3:4:5:6:7', 6, '1:0:2:3:4:5:6:7/128'],
  ])('%s', (text, family, canonical) =>
    expect(range(text).block?.ip?.value.allow?.value[0]?.value).toEqual({ family, text: canonical }),
  );

  test.each([
    '10.0.0.1/8',
    '2001:db8::1/32',
    '::ffff:10.0.0.0/90',
    '10.0.0.0/33',
    '10.0.0.0/08',
    '10.0.0.0/',
    '10.0.0',
    '010.0.0.1',
    '10.0.0.0/-1',
    '::1%eth0',
    '1::2::3',
    ':::',
    '10.0.0.0/8/8',
    '0x0a.0.0.1',
  ])('%j is refused', (text) => expect(range(text).places).toEqual(['XGW004 /ip/allow/0']));

  test('the same range twice is a mistake, however it is spelled', () => {
    expect(facetsOf({ ip: { deny: ['10.0.0.1', '::ffff:10.0.0.1/128'] } }).places).toEqual([
      'XGW008 /ip/deny/1',
    ]);
  });

  test.each(['0.0.0.0/0', '::/0', '::ffff:0:0/96'])('%s is no trusted proxy', (text) =>
    expect(rootOf({ edge: { trustedProxies: [text] } }).places).toEqual(['XGW004 /edge/trustedProxies/0']),
  );
});

describe('URLs of back ends', () => {
  test.each([
    ['http://Orders.Internal:8080', { scheme: 'http', host: 'orders.internal', port: 8080, path: '' }],
    ['HTTPS://a.example/', { scheme: 'https', host: 'a.example', port: 443, path: '/' }],
    [
      'http://[2001:DB8:0::1]/v1/%C3%A4',
      { scheme: 'http', host: '[2001:db8::1]', port: 80, path: '/v1/%C3%A4' },
    ],
    ['http://10.0.0.1', { scheme: 'http', host: '10.0.0.1', port: 80, path: '' }],
    ['http://my_service:1', { scheme: 'http', host: 'my_service', port: 1, path: '' }],
    [
      'https://xn--bcher-kva.example',
      { scheme: 'https', host: 'xn--bcher-kva.example', port: 443, path: '' },
    ],
  ])('%s', (text, parts) =>
    expect(url(text).block?.backends?.value.get('a')?.value.url?.value).toMatchObject(parts),
  );

  // BEHAVIOUR B4, in every spelling that a resolver or a URL parser would take for the address.
  test.each([
    'http://169.254.169.254',
    'http://169.254.0.1',
    'http://0xA9FEA9FE',
    'http://2852039166',
    'http://0xa9.0xfe.0xa9.0xfe',
    'http://0251.0376.0251.0376',
    'http://169.254.43518',
    'http://169.16689662',
    'http://[fe80::1]',
    'http://[febf::1]',
    'http://[fd00:ec2::254]',
    'http://[fd00:0ec2:0:0:0:0:0:0254]',
    'http://[::ffff:169.254.169.254]',
    'http://[::ffff:a9fe:a9fe]',
    'http://[::a9fe:a9fe]',
    'http://[64:ff9b::a9fe:a9fe]',
    'http://[2002:a9fe:a9fe::1]',
    'http://metadata.google.internal',
    'http://0.0.0.0',
    'http://[::]',
    'http://224.0.0.1',
    'http://255.255.255.255',
  ])('%s is a link-local, metadata or unusable address', (text) => {
    const { places, diagnostics } = url(text);
    expect(places).toEqual(['XGW004 /backends/a/url']);
    expect(diagnostics[0]?.message).toMatch(/link-local|metadata|unspecified|multicast/);
  });

  test.each([
    'http://127.1',
    'http://0x7f000001',
    'http://10.0.0.010',
    'http://10.0.0.256',
    'http://1.2.3.4.5',
    'http://user@a.example',
    'http://user:pass@a.example',
    'http://a.example#x',
    'http://a.example?x=1',
    'http://a.example/../x',
    'http://a.example/%2e%2e/x',
    'http://a.example//x',
    'http://a.example/%2Fx',
    'http://a.example/%61',
    'http://a.example/%ff',
    'http://a.example/%c3%a4',
    'http://a.example:0',
    'http://a.example:65536',
    'http://a.example:080',
    'http://a.example:',
    'http://bücher.example',
    'http://a..example',
    'http://a.example.',
    'http://-a.example',
    'http://[::1',
    'http://[::1%25lo]',
    'http:///x',
    'http://',
    'ftp://a.example',
    'a.example',
    '//a.example',
    'http://a.example/$host',
    'http://a.example/;x',
    'http://a.example/{x}',
    'http://%61.example',
    ' http://a.example',
  ])('%j is refused', (text) => expect(url(text).places).toEqual(['XGW004 /backends/a/url']));
});
