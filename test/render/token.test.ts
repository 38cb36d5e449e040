import { describe, expect, test } from 'vitest';
import { dockerfileWord } from '../../src/render/dockerfile-token.ts';
import { markdownCode, markdownText } from '../../src/render/markdown-token.ts';
import { address, range, serverName } from '../../src/targets/nginx/token/address.ts';
import { jsonBody, logFormat } from '../../src/targets/nginx/token/json.ts';
import {
  anyOf,
  capture,
  end,
  literal,
  noneOf,
  regex,
  repeat,
  start,
} from '../../src/targets/nginx/token/regex.ts';
import {
  argument,
  duration,
  filePath,
  foldMapKey,
  headerName,
  headerValue,
  interpolated,
  lineFeed,
  locationPath,
  mapKey,
  namedLocation,
  number,
  parameter,
  refusalOf,
  requestHeader,
  size,
  text,
  variable,
  variableName,
  word,
} from '../../src/targets/nginx/token.ts';

type Encode = () => { readonly string: string };

describe('what is printed', () => {
  test.each<[Encode, string]>([
    [() => argument('a "b" \\ c'), String.raw`"a \"b\" \\ c"`],
    [() => interpolated(text('5$'), variable('gw_path')), '"5$\u007bgw_dollar}$\u007bgw_path}"'],
    [
      () => interpolated(text('id'), lineFeed, requestHeader('X-Request-Id')),
      '"id\\n$\u007bhttp_x_request_id}"',
    ],
    [() => locationPath('/a b'), '"/a b"'],
    [() => namedLocation('gw_unauthenticated'), '@gw_unauthenticated'],
    [() => mapKey('~x'), String.raw`"\\~x"`],
    [() => mapKey('default'), String.raw`"\\default"`],
    [() => mapKey('defaults'), '"defaults"'],
    [() => word('TLSv1.2'), 'TLSv1.2'],
    [() => parameter('zone', 'gw_limit_1:1m'), 'zone=gw_limit_1:1m'],
    [() => variableName('gw_path'), '$gw_path'],
    [() => number(0), '0'],
    [() => size(1024), '1024'],
    [() => duration(60_000), '60s'],
    [() => duration(1500), '1500ms'],
    [() => filePath('tls/api.example.com.crt'), '"tls/api.example.com.crt"'],
    [() => headerName('X-User'), '"X-User"'],
    [() => headerValue(text('max-age='), variable('x')), '"max-age=$\u007bx}"'],
    [() => serverName('api.example.com'), '"api.example.com"'],
    [() => serverName('[2001:db8::1]'), '"[2001:db8::1]"'],
    [() => address('127.0.0.1', 8080), '"127.0.0.1:8080"'],
    [() => range('10.0.0.0/8'), '10.0.0.0/8'],
    [() => range('2001:db8::/32'), '2001:db8::/32'],
    [
      () => regex(start, literal('/a.b-'), capture('gw_p', repeat(noneOf('/?'), 'some')), end),
      String.raw`"\\A/a\\x2eb\\x2d(?<gw_p>[^/\\x3f]+)\\z"`,
    ],
    [() => regex(repeat(anyOf(['0', '9'], ']-'), 'somePossessive')), String.raw`"[0-9\\x5d\\x2d]++"`],
    [
      () =>
        jsonBody({
          members: [
            ['a', 1],
            ['b', 'c"$'],
          ],
        }),
      String.raw`"{\"a\":1,\"b\":\"c\\\"$`.concat('\u007bgw_dollar}\\"}"'),
    ],
    [() => dockerfileWord('nginx:1.22'), 'nginx:1.22'],
    [() => markdownCode('GET /a/{b}'), '`GET /a/{b}`'],
    [() => markdownCode('a|b`c'), '<code>a&#124;b&#96;c</code>'],
    [() => markdownText('my-api v1.0, "beta"'), 'my-api v1.0, \\"beta\\"'],
    [() => markdownText('# <b> [x](y) @me\n\n- |'), '\\# \\<b\\> \\[x\\]\\(y\\) \\@me \\- \\|'],
    [() => markdownText('1. x'), '1\\. x'],
    [() => markdownText('1.x'), '1\\.x'],
    [() => markdownText('www.evil.test http://x'), 'www\\.evil.test http\\:\\/\\/x'],
    [() => markdownText(' \u202e\u0000 '), '\ufffd\ufffd'],
    [() => markdownText(''), '–'],
  ])('%#', (encode, expected) => {
    expect(encode().string).toBe(expected);
  });
});

describe('what is refused', () => {
  const each = (encode: (value: string) => unknown, values: readonly string[]) =>
    values.map((value): [string, () => unknown] => [JSON.stringify(value).slice(0, 60), () => encode(value)]);
  const controls = [
    'a\nb',
    'a\rb',
    'a\tb',
    'a\0b',
    '\u007f',
    '\u0085',
    '\u2028',
    '\u202e',
    '\ud800',
    '\ufeff',
  ];
  test.each([
    ...each(argument, [...controls, 'x'.repeat(4000), '"'.repeat(2000)]),
    ...each((value) => interpolated(text(value)), [...controls, '$'.repeat(400)]),
    ...each(locationPath, [
      '',
      'a',
      '=/a',
      '/a//b',
      '/./a',
      '/a/..',
      '/../a',
      `/${'x'.repeat(255)}`,
      '/a\nb',
    ]),
    ...each(mapKey, controls),
    ...each(word, ['', 'a b', 'a;b', '"a"', '$a', '-a', 'a{', "a'", '#a', 'a\n', 'é']),
    ...each((value) => parameter('zone', value), ['', 'a b', 'a;', '"a"', '$x', 'a\n']),
    ...each((value) => parameter(value, 1), ['', 'a=b', 'A', 'a b']),
    ...each(variableName, ['', '1', 'a-b', 'a b', '{a}', 'a\n']),
    ...each(variable, ['', '1', 'a}', 'é']),
    ...each(requestHeader, ['', 'X_User', 'X User', 'X:']),
    ...each(filePath, [
      '',
      'off',
      'stderr',
      '../x',
      'a/../b',
      'a/..',
      '-x/',
      'a b/',
      'a*.conf',
      '/a\n',
      'a"/',
      'data:x/',
    ]),
    ...each(headerName, ['', 'X User', 'X:', 'X\n', '$x', 'é', '"', '(', 'X;']),
    ...each((value) => headerValue(text(value)), ['', ' a', 'a ', 'é', 'a\nb', 'a\tb', '\u007f']),
    ...each(serverName, [
      '',
      '*.a',
      '.a',
      'a.',
      '~a',
      'A.b',
      'a b',
      'a;b',
      'a_-.b',
      '-a',
      '127.1',
      '0x7f000001',
    ]),
    ...each(serverName, [
      '2130706433',
      '256.1.1.1',
      '01.2.3.4',
      '[::1',
      '::1',
      '[::g]',
      '[1::2::3]',
      `${'a.'.repeat(127)}ab`,
    ]),
    ...each(range, [
      '',
      'a',
      '10.0.0.0/33',
      '10.0.0.0/08',
      '10.0.0.0/',
      '::/129',
      '10.0.0/8',
      '1.2.3.4/8/8',
      'all',
      'unix:',
    ]),
    ...each(
      (value) => capture(value) && regex(capture(value)),
      ['', 'x', 'gw_', 'gw_A', 'gw_a>b', `gw_${'a'.repeat(30)}`],
    ),
    ...each((value) => regex(anyOf(value)), ['', 'é']),
    ...each((value) => regex(literal(value)), ['\ud800', '.'.repeat(1000)]),
    ...each((value) => jsonBody({ pieces: [variable(value)] }), ['uri', 'request_uri', 'http_host', 'args']),
    ...each(dockerfileWord, ['', 'a b', '$x', 'a\n', '"a"', 'a;b', '-a']),
  ])('%s', (_title, encode) => {
    expect(refusalOf(encode)).toMatch(/^.+\.$/s);
  });
  test.each([
    () => headerValue(lineFeed),
    () => number(-1),
    () => number(1.5),
    () => size(2 ** 53),
    () => duration(-1),
    () => duration(2 ** 31),
    () => address('a', 0),
    () => address('a', 65_536),
    () => regex(anyOf(['z', 'a'])),
    () => jsonBody(Number.NaN),
  ])('%#', (encode) => {
    expect(refusalOf(encode)).toMatch(/^.+\.$/s);
  });
  test('other errors are not taken for refusals', () => {
    expect(() => refusalOf(() => Object.defineProperty(Object.freeze({}), 'a', {}))).toThrow(TypeError);
  });
});

describe('limits', () => {
  test('a log format longer than one parameter is split between characters', () => {
    const long = 'é$"\\'.repeat(900);
    const tokens = logFormat({ members: [['key', { pieces: [text(long), variable('uri')] }]] });
    expect(tokens.length).toBeGreaterThan(2);
    for (const token of tokens) expect(Buffer.byteLength(token.string)).toBeLessThanOrEqual(4000);
    const joined = tokens.map((token) => token.string.slice(1, -1)).join('');
    const read = joined
      .replace(/\\(["\\])/g, '$1')
      .replaceAll('$\u007bgw_dollar}', '$')
      .replace('$\u007buri}', '/u');
    expect(JSON.parse(read)).toEqual({ key: `${long}/u` });
  });
  test('keys of maps that nginx takes for one are found', () => {
    expect(foldMapKey('/V1/É')).toBe('/v1/É');
  });
});
