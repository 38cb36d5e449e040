import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { distinguishedName } from '../../src/extension/values/distinguished-name.ts';
import { nodeOf } from '../../src/source/node.ts';

const read = (text: string): string | undefined =>
  distinguishedName.read(nodeOf(text, { file: 'a', pointer: '/x' }), () => {});

describe('the subject of a certificate', () => {
  test.each([
    ['CN=acme,O=Acme', 'CN=acme,O=Acme'],
    ['cn = acme , o= Acme', 'CN=acme,O=Acme'],
    ['2.5.4.3=acme,2.5.4.10=Acme', 'CN=acme,O=Acme'],
    ['commonName=a,stateOrProvinceName=b,EMAILADDRESS=a@b.c', 'CN=a,ST=b,emailAddress=a@b.c'],
    ['CN=Acme\\, Inc.', 'CN=Acme\\, Inc.'],
    ['CN=Acme\\2C Inc.', 'CN=Acme\\, Inc.'],
    ['CN=\\ a\\20', 'CN=\\ a\\ '],
    ['CN=\\#1', 'CN=\\#1'],
    ['CN=\\#', 'CN=#'],
    ['CN=a#1 \\= b=c', 'CN=a#1 = b=c'],
    ['CN=Ümlaut', 'CN=\\C3\\9Cmlaut'],
    ['CN=\\C3\\9Cmlaut', 'CN=\\C3\\9Cmlaut'],
    ['CN=a\\"b\\"\\+\\<\\>\\;\\\\', 'CN=a\\"b\\"\\+\\<\\>\\;\\\\'],
    ['DC=a,DC=b', 'DC=a,DC=b'],
  ])('%s has one spelling', (text, normal) => {
    expect(read(text)).toBe(normal);
    expect(read(normal)).toBe(normal);
  });

  test.each([
    '/C=DE/O=Acme/CN=acme',
    'acme',
    'CN',
    'CN=',
    'CN=a,',
    ',CN=a',
    'CN=a,,O=b',
    'CN=a;O=b',
    'CN="a"',
    'CN=a+O=b',
    'CN=#0C0161',
    'XX=a',
    '1.2.3=a',
    'CN=\\C3',
    'CN=\\00',
    'CN=\\0a',
    'CN=a\\',
    'CN=a\\x',
    `${Array.from({ length: 33 }, () => 'DC=a').join(',')}`,
  ])('%s is none', (text) => expect(read(text)).toBeUndefined());

  test('a long run of blanks and escapes is read at once', () => {
    const before = read(`CN=${' '.repeat(900)}a${' '.repeat(100)}`);
    expect(before).toBe('CN=a');
    expect(read(`CN=a${'\\ '.repeat(400)}"`)).toBeUndefined();
  });
});

describe('the spelling is that of OpenSSL, which servers show', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'dn-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** The subject of a certificate with these parts, least specific first, as OpenSSL prints it by RFC 2253. */
  function printed(parts: readonly (readonly [string, string])[]): string {
    const key = join(folder, 'key.pem');
    const escaped = (value: string): string => value.replaceAll(/[\\/+=]/g, (one) => `\\${one}`);
    const subject = parts.map(([type, value]) => `/${type}=${escaped(value)}`).join('');
    const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', key];
    const run = (args: readonly string[], input = ''): string =>
      execFileSync('openssl', args, { input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'] });
    const pem = run(['req', '-x509', ...ec, '-days', '1', '-utf8', '-subj', subject]);
    return run(['x509', '-noout', '-subject', '-nameopt', 'RFC2253'], pem)
      .replace(/^subject=/, '')
      .replace(/\n$/, '');
  }

  const types = [
    'CN',
    'SN',
    'serialNumber',
    'L',
    'ST',
    'street',
    'O',
    'OU',
    'title',
    'description',
    'businessCategory',
    'postalCode',
    'GN',
    'initials',
    'generationQualifier',
    'dnQualifier',
    'pseudonym',
    'organizationIdentifier',
    'UID',
  ];

  test('for every attribute type', () => {
    const parts = [
      ...types.map((type) => [type, 'a'] as const),
      ['C', 'DE'],
      ['DC', 'b'],
      ['emailAddress', 'a@b.c'],
    ] as const;
    const text = printed(parts);
    expect(read(text)).toBe(text);
    expect(text.split(',')).toHaveLength(parts.length);
  });

  test('for every character', () => {
    const character = fc.constantFrom(...' #,+"\\<>;=/ab.-_*?\'`%{}()[]|~!@&:^Üß漢😀');
    const value = fc.array(character, { minLength: 1, maxLength: 12 }).map((list) => list.join(''));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('CN', 'O', 'OU'), value), { minLength: 1, maxLength: 3 }),
        (parts) => {
          const text = printed(parts);
          expect(read(text), JSON.stringify(parts)).toBe(text);
        },
      ),
      { numRuns: 25 },
    );
  });
});
