import { describe, expect, test } from 'vitest';
import { decide } from '../../src/decide/index.ts';
import { arrival, message, request } from '../support/arrival.ts';
import { gateway, host, operation, route, site, sourced } from '../support/model.ts';

const echo = [operation('GET', { id: 'get' }), operation('POST', { id: 'post', bodySize: sourced(10) })];
const model = gateway({ sites: [site([route('/a', echo)], [host('a.test'), host('b.test')])] });
const answer = (bytes: string) => decide(model, arrival(bytes), { now: 0 });
const post = (headers: readonly string[], body = ''): string => message('POST /a', headers, body);

/** Row, name, request, status; `undefined` is forwarded. */
const cases: readonly (readonly [string, string, string, number | undefined])[] = [
  ['H5', 'nothing odd', message('GET /a'), undefined],
  ['H5', 'length and chunked', post(['Content-Length: 1', 'Transfer-Encoding: chunked'], '0\r\n\r\n'), 400],
  ['H5', 'two lengths', post(['Content-Length: 1', 'Content-Length: 1'], 'a'), 400],
  ['H5', 'a list of lengths', post(['Content-Length: 1, 1'], 'a'), 400],
  ['H5', 'a signed length', post(['Content-Length: +1'], 'a'), 400],
  ['H5', 'a hexadecimal length', post(['Content-Length: 0x1'], 'a'), 400],
  ['H5', 'an empty length', post(['Content-Length:'], ''), 400],
  ['H5', 'a length beyond numbers', post([`Content-Length: ${'9'.repeat(25)}`]), 413],
  ['H5', 'another coding', post(['Transfer-Encoding: xchunked'], '0\r\n\r\n'), 501],
  ['H5', 'chunked and another coding', post(['Transfer-Encoding: chunked, identity'], '0\r\n\r\n'), 501],
  [
    'H5',
    'chunked twice',
    post(['Transfer-Encoding: chunked', 'Transfer-Encoding: chunked'], '0\r\n\r\n'),
    501,
  ],
  ['H5', 'chunked in another case', post(['Transfer-Encoding: Chunked'], '0\r\n\r\n'), undefined],
  [
    'H5',
    'chunked in HTTP/1.0',
    'POST /a HTTP/1.0\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    400,
  ],
  ['H5', 'a folded line', message('GET /a', ['X: a', ' b']), 400],
  ['H5', 'a space before the colon', message('GET /a', ['X : a']), 400],
  ['H5', 'a line without a name', message('GET /a', [': a']), 400],
  ['H5', 'a bare CR', message('GET /a', ['X: a\rb']), 400],
  ['H5', 'a NUL', message('GET /a', ['X: a\0b']), 400],
  ['H5', 'a tab in the request line', message('GET\t/a'), 400],
  ['H5', 'a space in the target', message('GET /a b'), 400],
  ['H5', 'no version', 'GET /a\r\nHost: a.test\r\n\r\n', 400],
  ['H5', 'another version', 'GET /a HTTP/2.0\r\nHost: a.test\r\n\r\n', 400],
  ['H5', 'the version in lower case', 'GET /a http/1.1\r\nHost: a.test\r\n\r\n', 400],
  ['H5', 'a TLS handshake', '\x16\x03\x01\x00\xa5\x01\x00\n\n', 400],
  ['H5', 'nothing', '', 408],
  ['H5', 'a head without an end', 'GET /a HTTP/1.1\r\nHost: a.test\r\n', 408],
  ['H6', 'an underscore in a name', message('GET /a', ['X_User_Id: a']), undefined],
  [
    'H6',
    'an underscore in a framing name',
    post(['Transfer_Encoding: chunked'], '5\r\nhello\r\n0\r\n\r\n'),
    undefined,
  ],
  ['H7', 'a long header line', message('GET /a', [`X: ${'a'.repeat(8200)}`]), 431],
  ['H7', 'many long header lines', message('GET /a', Array(5).fill(`X: ${'a'.repeat(8000)}`)), 431],
  ['P16', 'a long target', message(`GET /${'a'.repeat(8200)}`), 414],
  ['H8', 'a body that fits', post(['Content-Length: 10'], '0123456789'), undefined],
  ['H8', 'a declared body that does not', post(['Content-Length: 11']), 413],
  [
    'H8',
    'a chunked body that fits',
    post(['Transfer-Encoding: chunked'], 'a;x=y\r\n0123456789\r\n0\r\nT: x\r\n\r\n'),
    undefined,
  ],
  [
    'H8',
    'a chunked body that does not',
    post(['Transfer-Encoding: chunked'], 'b\r\n01234567890\r\n0\r\n\r\n'),
    413,
  ],
  [
    'H8',
    'chunks that do not together',
    post(['Transfer-Encoding: chunked'], '6\r\n012345\r\n6\r\n012345\r\n0\r\n\r\n'),
    413,
  ],
  ['H5', 'a chunk size that is none', post(['Transfer-Encoding: chunked'], 'x\r\n\r\n0\r\n\r\n'), 400],
  ['H5', 'a negative chunk size', post(['Transfer-Encoding: chunked'], '-1\r\n\r\n0\r\n\r\n'), 400],
  [
    'H5',
    'a chunk that is longer than it says',
    post(['Transfer-Encoding: chunked'], '1\r\nab\r\n0\r\n\r\n'),
    400,
  ],
  ['H9', 'a body that never ends', post(['Content-Length: 5'], 'ab'), 408],
  ['H9', 'a chunked body that never ends', post(['Transfer-Encoding: chunked'], '5\r\nab'), 408],
  ['H1', 'no host', 'GET /a HTTP/1.1\r\n\r\n', 400],
  ['H1', 'no host in HTTP/1.0', 'GET /a HTTP/1.0\r\n\r\n', 421],
  ['H1', 'two hosts', message('GET /a', ['Host: a.test']), 400],
  ['H1', 'an empty host', 'GET /a HTTP/1.1\r\nHost:\r\n\r\n', 400],
  ['H1', 'another host', 'GET /a HTTP/1.1\r\nHost: c.test\r\n\r\n', 421],
  ['H1', 'an address', 'GET /a HTTP/1.1\r\nHost: 192.0.2.1\r\n\r\n', 421],
  ['H1', 'an IPv6 address', 'GET /a HTTP/1.1\r\nHost: [::1]:443\r\n\r\n', 421],
  ['H1', 'a host with a user', 'GET /a HTTP/1.1\r\nHost: x@a.test\r\n\r\n', 421],
  ['H1', 'two names in one', 'GET /a HTTP/1.1\r\nHost: a.test, a.test\r\n\r\n', 400],
  ['H2', 'a trailing dot', 'GET /a HTTP/1.1\r\nHost: a.test.\r\n\r\n', undefined],
  ['H2', 'another case and port', 'GET /a HTTP/1.1\r\nHost: A.TEST:99\r\n\r\n', undefined],
  ['T3', 'another host than the TLS name', 'GET /a HTTP/1.1\r\nHost: b.test\r\n\r\n', 421],
  ['J4', 'two Authorization lines', message('GET /a', ['Authorization: a', 'Authorization: a']), 400],
  ['H5', 'a pipelined request behind', `${message('GET /a')}${message('GET /nope')}`, undefined],
];

describe('what is no well-formed request for this gateway gets no further', () => {
  test.each(cases)('%s %s', (_row, _name, bytes, status) => {
    const decision = answer(bytes);
    expect(decision.status).toBe(status);
    expect(decision.forwarded === undefined).toBe(status !== undefined);
    if (status !== undefined) expect(decision.problem).toMatch(/^[a-z-]+$/);
  });
});

test('H6: a header that servers drop does not reach the back end', () => {
  expect(answer(message('GET /a', ['X_User_Id: a', 'X.Y: b'])).forwarded?.absent).toEqual(
    expect.arrayContaining(['x_user_id', 'x.y']),
  );
});

/** Refused by strict servers, read in this one way by all others. */
test.each([
  ['bare line feeds', 'GET /a HTTP/1.1\nHost: a.test\n\n'],
  ['an empty line in front', `\r\n${message('GET /a')}`],
  ['two spaces in the request line', message('GET  /a')],
  ['a line without a colon', message('GET /a', ['X'])],
  ['a name that is no token', message('GET /a', ['X"Y: a'])],
  ['a tab before a length', post(['Content-Length:\t1'], 'a')],
  ['bare line feeds of chunks', post(['Transfer-Encoding: chunked'], '1\na\n0\n\n')],
  ['zeros before a chunk size', post(['Transfer-Encoding: chunked'], '0001\r\na\r\n0\r\n\r\n')],
  ['a port that is none', 'GET /a HTTP/1.1\r\nHost: a.test:x\r\n\r\n'],
  ['a singleton field twice', message('GET /a', ['If-Match: a', 'If-Match: b'])],
  ['the absolute form', message('GET http://a.test/a')],
])('H5: %s may be refused', (_, bytes) => {
  const decision = answer(bytes);
  expect(decision.forwarded).toBeDefined();
  expect(decision.alsoAllowed).toContain(400);
});

test('T3: without a TLS name there is no answer for a name', () => {
  expect(decide(model, request('GET /a', [], { serverName: undefined }), { now: 0 }).status).toBe(421);
});
