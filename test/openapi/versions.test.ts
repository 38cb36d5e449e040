import { describe, expect, test } from 'vitest';
import { errors, readText, warnings } from './read-text.ts';

const info = { title: 'T', version: '1' };
const paths = { '/a': { get: { responses: { 200: { description: 'ok' } } } } };

describe('every supported version is recognised', () => {
  test.each([
    [{ swagger: '2.0' }, '2.0'],
    [{ openapi: '3.0.0' }, '3.0'],
    [{ openapi: '3.0.17' }, '3.0'],
    [{ openapi: '3.1.3' }, '3.1'],
    [{ openapi: '3.2.0' }, '3.2'],
    [{ openapi: '3.2.9-rc1' }, '3.2'],
  ])('%o', async (version, expected) => {
    const { api, diagnostics } = await readText({ ...version, info, paths });
    expect(diagnostics).toEqual([]);
    expect(api?.openapi).toBe(expected);
  });

  test('a version without its patch number is understood, with a warning', async () => {
    const { api, diagnostics } = await readText({ openapi: '3.1', info, paths });
    expect(errors(diagnostics)).toEqual([]);
    expect(warnings(diagnostics)).toEqual(['OAS013']);
    expect(api?.openapi).toBe('3.1');
  });
});

describe('what is no OpenAPI document is one clear error', () => {
  test.each([
    ['a list', '- 1\n- 2\n', 'OAS001', 'The document is a list, not an OpenAPI document.'],
    ['a text', 'hello\n', 'OAS001', 'The document is the string "hello", not an OpenAPI document.'],
    [
      'CloudFormation',
      { AWSTemplateFormatVersion: '2010-09-09', Resources: {} },
      'OAS001',
      'The document is a CloudFormation template, not an OpenAPI document.',
    ],
    ['nothing known', { a: 1 }, 'OAS001', 'The document has neither "openapi" nor "swagger" at its root.'],
    ['a number', { swagger: 2, info, paths }, 'OAS002', '"swagger" is 2, which is not a supported version.'],
    [
      'version 4',
      { openapi: '4.0.0', info, paths },
      'OAS002',
      '"openapi" is "4.0.0", which is not a supported version.',
    ],
    [
      'version 3.3',
      { openapi: '3.3.0', info, paths },
      'OAS002',
      '"openapi" is "3.3.0", which is not a supported version.',
    ],
    [
      'an object',
      { openapi: {}, info, paths },
      'OAS002',
      '"openapi" is an object, which is not a supported version.',
    ],
    [
      'both',
      { openapi: '3.0.0', swagger: '2.0', info, paths },
      'OAS003',
      'The document has both "swagger" and "openapi" at its root.',
    ],
  ])('%s', async (_name, document, code, message) => {
    const { apis, diagnostics } = await readText(document);
    expect(apis).toEqual([]);
    expect(diagnostics.map((one) => [one.code, one.message])).toEqual([[code, message]]);
  });
});

describe('what only some versions have', () => {
  const operation = { responses: { 200: { description: 'ok' } } };

  test('3.2 has QUERY and any other method', async () => {
    const item = { query: operation, additionalOperations: { PURGE: operation, 'm-search': operation } };
    const { api, diagnostics } = await readText({ openapi: '3.2.0', info, paths: { '/a': item } });
    expect(diagnostics).toEqual([]);
    expect(api?.paths[0]?.operations.map(({ method }) => method)).toEqual(['QUERY', 'PURGE', 'm-search']);
  });

  test('3.2: a method with a field of its own stays in that field', async () => {
    const item = { additionalOperations: { POST: operation } };
    const { diagnostics } = await readText({ openapi: '3.2.0', info, paths: { '/a': item } });
    expect(diagnostics.map(({ message }) => message)).toEqual([
      'The method "POST" belongs in the field "post" of the path item.',
    ]);
  });

  test.each(['2.0', '3.0.0', '3.1.0'])('%s has no QUERY', async (version) => {
    const field = version === '2.0' ? 'swagger' : 'openapi';
    const { api, diagnostics } = await readText({
      [field]: version,
      info,
      paths: { '/a': { query: operation } },
    });
    expect(errors(diagnostics)).toEqual(['OAS010']);
    expect(api?.paths[0]?.operations).toEqual([]);
  });

  test.each(['3.1.0', '3.2.0'])('%s may have webhooks only', async (openapi) => {
    const { api, diagnostics } = await readText({ openapi, info, webhooks: { a: { post: operation } } });
    expect(api?.paths).toEqual([]);
    expect(errors(diagnostics)).toEqual([]);
    expect(warnings(diagnostics)).toEqual(['OAS004']);
  });

  test('3.0 needs paths', async () => {
    const { diagnostics } = await readText({ openapi: '3.0.0', info });
    expect(errors(diagnostics)).toEqual(['OAS011']);
    expect(warnings(diagnostics)).toEqual([]);
  });
});
