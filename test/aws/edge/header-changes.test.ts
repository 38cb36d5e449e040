import { expect, test } from 'vitest';
import type { HeaderChanges } from '../../../src/model/gateway.ts';
import { edgeFunctions } from '../../../src/targets/aws/edge/functions.ts';
import { headerOutcome } from '../../../src/targets/aws/edge/header-changes.ts';
import { gateway, operation, route, site, sourced } from '../../support/model.ts';
import { responseEvent } from './event.ts';
import { type Answer, loadFunction } from './runtime.ts';

const changing = (id: string, changes: Partial<HeaderChanges>) =>
  operation('GET', { id, responseHeaders: sourced({ set: [], add: [], remove: [], ...changes }) });
const set = [{ name: 'X-Set', value: 'one' }];
const add = [{ name: 'X-Add', value: 'more' }];
const sunset = operation('GET', {
  id: 'old',
  lifecycle: sourced({
    deprecated: true,
    sunset: '2027-01-01',
    headers: [{ name: 'Sunset', value: 'Fri, 01 Jan 2027 00:00:00 GMT' }],
  }),
});
const model = gateway({
  sites: [
    site([
      route('/things/me', [operation('GET', { id: 'me' })]),
      route('/things/{id}.json', [
        changing('thing', { set, add, remove: ['X-Powered-By'] }),
        operation('POST'),
      ]),
      route('/old', [sunset]),
    ]),
  ],
});
const handler = loadFunction(edgeFunctions(model).viewerResponse.code);
const answered = (target: string, headers: Readonly<Record<string, string>> = {}, method = 'GET'): Answer =>
  handler(responseEvent({ target, method }, { statusCode: 200, headers }));

test('headers of an answer are removed, set and added as its operation says', () => {
  const { headers } = answered('/things/1.json?a', {
    'x-powered-by': 'x',
    'x-set': 'two',
    'x-add': 'first',
    etag: '"a"',
  });
  expect(headers).toEqual({
    'x-set': { value: 'one' },
    'x-add': { value: 'first', multiValue: [{ value: 'first' }, { value: 'more' }] },
    etag: { value: '"a"' },
  });
  expect(answered('/things/1.json', {}, 'HEAD').headers['x-add']).toEqual({ value: 'more' });
});

test('answers of other operations stay as they are', () => {
  const headers = { 'x-powered-by': 'x' };
  for (const [target, method] of [
    ['/things/me', 'GET'],
    ['/things/1.json', 'POST'],
    ['/things/1', 'GET'],
    ['/things/1.json', 'constructor'],
  ] as const)
    expect(answered(target, headers, method).headers).toEqual({ 'x-powered-by': { value: 'x' } });
});

test('an operation that ends says so', () => {
  expect(answered('/old').headers['sunset']?.value).toBe('Fri, 01 Jan 2027 00:00:00 GMT');
});

test('where all operations change the same, a policy does it for every answer and the function does nothing', () => {
  const alike = gateway({ sites: [site([route('/a', [changing('a', { set })])])] });
  const [only] = alike.sites[0]?.routes[0]?.operations ?? [];
  expect(only && headerOutcome(alike, only)).toEqual({ kind: 'exact' });
  expect(edgeFunctions(alike).viewerResponse.code).not.toContain('x-set');
});

test('elsewhere answers of 400 and more are out of reach, and some headers are always', () => {
  const outcome = (changes: Partial<HeaderChanges>) => {
    const changed = changing('a', changes);
    return headerOutcome(gateway({ sites: [site([route('/a', [changed]), route('/b')])] }), changed);
  };
  expect(outcome({ set })).toMatchObject({ kind: 'approximate', difference: expect.stringContaining('400') });
  expect(outcome({ remove: ['Via'] })).toMatchObject({
    kind: 'unsupported',
    reason: expect.stringContaining('"Via"'),
  });
  expect(outcome({ add: [{ name: 'Set-Cookie', value: 'a=b' }] }).kind).toBe('unsupported');
});
