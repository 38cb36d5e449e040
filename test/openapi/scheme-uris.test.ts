import { describe, expect, test } from 'vitest';
import { errors, readText } from './read-text.ts';

const schemes = {
  user: { type: 'http', scheme: 'bearer' },
  'a.b': { type: 'http', scheme: 'bearer' },
};

const read = (requirement: string, openapi: string) =>
  readText({
    openapi,
    info: { title: 'T', version: '1' },
    security: [{ [requirement]: [] }],
    paths: {},
    components: { securitySchemes: schemes },
  });

describe('OpenAPI 3.2: a security requirement may give the URI of a scheme', () => {
  test.each([
    ['#/components/securitySchemes/user', 'user'],
    ['#/components/securitySchemes/a%2Eb', 'a.b'],
    ['user', 'user'],
  ])('"%s" is "%s"', async (written, name) => {
    const { api, diagnostics } = await read(written, '3.2.0');
    expect(errors(diagnostics)).toEqual([]);
    expect(api?.security?.value[0]?.schemes[0]?.name).toBe(name);
  });

  test.each([
    '#/components/securitySchemes/nobody',
    '#/components/securitySchemes/user/x',
    '#/components/securitySchemes/%',
    '#/components/securitySchemes/constructor',
    '#/components/schemas/user',
    'common.yaml#/components/securitySchemes/user',
  ])('"%s" is an error that says how to name it', async (written) => {
    const { diagnostics } = await read(written, '3.2.0');
    const found = diagnostics.filter(({ severity }) => severity === 'error');
    expect(found.map(({ code }) => code)).toEqual(['OAS050']);
    expect(found[0]?.fix).toContain('$ref');
  });

  test('before 3.2 a requirement is a name and nothing else', async () => {
    const { diagnostics } = await read('#/components/securitySchemes/user', '3.1.0');
    expect(errors(diagnostics)).toEqual(['OAS050']);
  });
});
