import { describe, expect, test } from 'vitest';
import { fieldReference, languageReference } from '../../src/extension/index.ts';

test('docs/language.md is what the declarations say (vitest -u writes it)', async () => {
  await expect(languageReference()).toMatchFileSnapshot('../../docs/language.md');
});

describe('gwc explain FIELD finds a field however it is written', () => {
  test.each([
    ['backends.orders.tls.verify', 'backends.<name>.tls.verify', 'root'],
    ['x-gateway.backends.<name>.tls.verify', 'backends.<name>.tls.verify', 'root'],
    ['backends.url', 'backends.<name>.url', 'root'],
    ['defaults.limits[0].rate', 'defaults.limits[].rate', 'root'],
    ['limits.rate', 'limits[].rate', 'facet'],
    ['authenticators.user.login.when', 'authenticators.<scheme name>.login.when', 'root'],
    ['authorize', 'authorize', 'facet'],
  ])('%s', (written, path, level) => {
    expect(fieldReference(written)).toMatchObject({ kind: 'field', path, level });
  });

  test('a mistyped field gets a suggestion', () => {
    expect(fieldReference('bodysize')).toEqual({ kind: 'unknown', suggestion: 'bodySize' });
    expect(fieldReference('__proto__')).toMatchObject({ kind: 'unknown' });
  });

  test('the reference says type, default and meaning', () => {
    expect(fieldReference('tls.minVersion')).toEqual({
      kind: 'field',
      path: 'tls.minVersion',
      level: 'root',
      type: '`1.2`, `1.3`',
      required: false,
      description: 'Oldest TLS version, in quotes.',
      byDefault: "`'1.2'`",
      fields: [],
    });
    expect(fieldReference('tls.certificate.files')).toMatchObject({
      required: true,
      fields: ['cert', 'key'],
    });
  });
});
