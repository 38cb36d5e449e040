import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseTarget } from '../../../src/decide/parse-target.ts';
import type { PathCharacter } from '../../../src/model/path.ts';
import { edgeFunctions } from '../../../src/targets/aws/edge/functions.ts';
import { gateway, operation, route, site, sourced } from '../../support/model.ts';
import { edgeTargets } from './edge-targets.ts';
import { requestEvent, requestId, responseEvent } from './event.ts';
import { loadFunction } from './runtime.ts';
import { answersTo, model, refusedBy, unknownCallers } from './unknown-callers.ts';

/** Functions that are broken on purpose: the comparison with the law must notice each. */
const { viewerResponse } = edgeFunctions(model);
const allowed: readonly PathCharacter[] = ['%2F', '%5C'];
const pathCharacters = sourced({ characters: allowed, reason: 'identifiers of others' });
const { viewerRequest } = edgeFunctions(
  gateway({ sites: [site([route('/{rest+}', [operation('GET', { pathCharacters })]), route('/')])] }),
);
const targets = fc.sample(edgeTargets, { seed: 1, numRuns: 6000 });
const call = (method: string, ...headers: readonly string[]) => ({
  ...{ call: { template: '/pages', method }, id: '1' as const, query: '' },
  headers: [...headers],
});
const callers = [
  ...fc.sample(unknownCallers, { seed: 1, numRuns: 3000 }),
  call('OPTIONS', 'Origin: https://app.test', 'Access-Control-Request-Method: GET'),
  call('GET', 'Sec-Fetch-Mode: navigate', 'X-Requested-With: XMLHttpRequest'),
];

function noticedInRequests(code: string): boolean {
  const handler = loadFunction(code);
  const spoofed = [
    'X-Gwc-Viewer-Address: 10.0.0.1',
    'X_User_Id: a',
    'X-HTTP-Method-Override: PUT',
    'Forwarded: a',
  ];
  const { headers } = handler(requestEvent({ target: '/', headers: spoofed }));
  const twice = handler(requestEvent({ target: '/', headers: ['Authorization: a', 'Authorization: b'] }));
  const elsewhere = handler(requestEvent({ target: '/', host: 'a.test.evil' }));
  return (
    !isDeepStrictEqual(Object.keys(headers).sort(), ['host', 'x-gwc-request', 'x-gwc-viewer-address']) ||
    headers['x-gwc-viewer-address']?.value !== '192.0.2.1' ||
    headers['x-gwc-request']?.value !== requestId ||
    twice.statusCode !== 400 ||
    elsewhere.statusCode !== 421 ||
    targets.some((target) => {
      const parsed = parseTarget(target, 'a.test');
      const canonical = parsed.ok && parsed.target.characters.every((one) => allowed.includes(one));
      return (handler(requestEvent({ target })).statusCode !== 400) !== canonical;
    })
  );
}

function noticedInResponses(code: string): boolean {
  const handler = loadFunction(code);
  const forged = { 'x-gwc-unauthenticated': 'guess', location: '/elsewhere' };
  const untouched = handler(responseEvent({ target: '/pages' }, { statusCode: 302, headers: forged }));
  return (
    !isDeepStrictEqual(untouched.headers, { location: { value: '/elsewhere' } }) ||
    callers.some((call) => {
      const found = answersTo(call, refusedBy(handler));
      if (found === undefined) return false;
      const { answer, status, headers } = found;
      const same = Object.entries(headers).every(([name, field]) =>
        isDeepStrictEqual(answer.headers[name], field),
      );
      return (
        answer.statusCode !== status ||
        !same ||
        (answer.headers['location'] !== undefined) !== (status === 302)
      );
    })
  );
}

const inRequests: readonly (readonly [string, string, string])[] = [
  ['dot segments pass', 'if (dotSegment.test(path) ||', 'if ('],
  ['dot segments behind encoded slashes pass', '(?:\\/|%2[Ff]|%5[Cc])\\.', '(?:\\/)\\.'],
  ['empty segments pass', "path.indexOf('//') !== -1 || ", ''],
  ['broken escapes pass', 'badEscape.test(path) || ', ''],
  ['needless escapes pass', ' || needlessEscape.test(path)', ''],
  ['escapes that are not UTF-8 pass', " || /%[89A-Fa-f]/.test(path.replace(character, ''))", ''],
  ['overlong escapes pass', '[Cc][2-9A-Fa-f]', '[Cc][0-9A-Fa-f]'],
  ['surrogates pass', '[Dd]%[89])[0-9', '[Dd]%[89AaBb])[0-9'],
  ['bytes of the query are not looked at', 'if (query && otherByte.test(query)) return false;', ''],
  ['characters of other operations pass', 'return unusual === null ||', 'return true ||'],
  ['any host is served', 'return own(data.hosts, name, -1);', 'return 0;'],
  ['a second Authorization header passes', 'linesOf(headers.authorization).length > 1', 'false'],
  ['names with underscores pass', '/[^a-z0-9-]|^(?:x-gwc', '/^(?:x-gwc'],
  ['method overrides pass', ' || data.removed.indexOf(name) !== -1', ''],
  [
    "the client's own word for its address is believed",
    "headers['x-gwc-viewer-address'] = { value: event.viewer.ip };",
    '',
  ],
];

const inResponses: readonly (readonly [string, string, string])[] = [
  ['back ends can speak for the gateway', ' || told.value !== event.context.requestId', ''],
  ['headers of the edge reach clients', "if (name.indexOf('x-gwc-') === 0) delete headers[name];", ''],
  ['programs are redirected', 'answer.login && isWanted(answer.login, request)', 'answer.login'],
  ['posts are redirected', "if (method !== 'GET' && method !== 'HEAD') return false;", ''],
  ['requests of scripts are redirected', " || has(request, 'x-requested-with')", ''],
  [
    'anything that accepts anything is a person',
    "parts[0] === 'text/html'",
    "(parts[0] === 'text/html' || parts[0] === '*/*')",
  ],
  ['weights are not looked at', '(weight === undefined ||', '(true ||'],
  [
    'preflight requests are redirected',
    "return !(method === 'OPTIONS'",
    "return true || !(method === 'OPTIONS'",
  ],
  ['credentials stay in the return address', 'names.indexOf(nameOf(pair)) === -1', 'true'],
  ['return addresses are not encoded', 'encodeURIComponent(address)', 'address'],
  ['long return addresses are kept', ' || origin.length + sent.length > 1024', ''],
  ['two credentials of one kind are one', 'presented.some((count) => count > 1)', 'false'],
  [
    'nobody is told that a token is invalid',
    'token ? answer.invalidToken : answer.challenge',
    'answer.challenge',
  ],
  ['redirects are kept by caches', "response.headers['cache-control'] = { value: 'no-store' };", ''],
  [
    'all operations answer alike',
    'own(site.operations, `${request.method} ${resource}`, site.usual)',
    'site.usual',
  ],
];

describe.each([
  ['the function for requests', viewerRequest.code, noticedInRequests, inRequests],
  ['the function for responses', viewerResponse.code, noticedInResponses, inResponses],
] as const)('%s', (_, code, noticed, sabotages) => {
  test('as it is agrees with the law', () => expect(noticed(code)).toBe(false));

  test.each(sabotages)('%s: noticed', (_name, from, to) => {
    expect(code, 'what is broken must be there').toContain(from);
    expect(noticed(code.replace(from, () => to))).toBe(true);
  });
});
