import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { authorizerModule } from './module.ts';

const { passwordHolds } = authorizerModule<{
  readonly passwordHolds: (password: string, hash: string) => boolean | undefined;
}>('password-hash.js');

/** Lengths around the sizes of blocks and of digests. */
const passwords = [
  'x',
  'secret',
  'p\u00e4ssword \u{1f600}',
  'a'.repeat(15),
  'a'.repeat(16),
  'a'.repeat(32),
  'b'.repeat(64),
  'c'.repeat(65),
  'd'.repeat(129),
];

function openssl(format: string, password: string, salt: string): string {
  const args = ['passwd', format, '-salt', salt, '-stdin'];
  return execFileSync('openssl', args, { input: `${password}\n`, encoding: 'utf8' }).trim();
}

describe('passwords of users files are compared as Apache and nginx do', () => {
  describe.each(['-apr1', '-5', '-6'])('openssl passwd %s', (format) => {
    test.each(passwords)('%s', (password) => {
      for (const salt of ['s', 'saltsalt']) {
        const hash = openssl(format, password, salt);
        expect(passwordHolds(password, hash)).toBe(true);
        expect(passwordHolds(`${password}x`, hash)).toBe(false);
        expect(passwordHolds('', hash)).toBe(false);
      }
    });
  });

  test('salts of sixteen characters', () => {
    expect(passwordHolds('secret', openssl('-6', 'secret', 'sixteencharsalt.'))).toBe(true);
  });

  test.each([
    '$5$rounds=10000$saltstringsaltst$3xv.VbSHBb41AL9AvLeujZkZRBAwqFMz2.opqey6IcA',
    '$6$rounds=10000$saltstringsaltst$OW1/O6BYHV6BcXZu8QVeXbDWra3Oeqh0sbHbbMCVNSnCM/UrjmM0Dp8vOuZeHBy/YTBmSK6H9qs/y3RnOaw5v.',
  ])('a stated number of rounds: %s', (hash) => {
    expect(passwordHolds('Hello world!', hash)).toBe(true);
    expect(passwordHolds('Hello world', hash)).toBe(false);
  });

  test('SHA-1 of Apache', () => {
    const hash = `{SHA}${createHash('sha1').update('secret').digest('base64')}`;
    expect(passwordHolds('secret', hash)).toBe(true);
    expect(passwordHolds('Secret', hash)).toBe(false);
  });

  test.each([
    ['bcrypt', '$2y$05$abcdefghijklmnopqrstuuabcdefghijklmnopqrstuuabcdefghijk'],
    ['DES', 'rqXexS6ZhobKA'],
    ['MD5 of Unix', '$1$saltsalt$qjXMvbEw8oaL.CzflDtaK/'],
    ['plain text', '{PLAIN}secret'],
    ['nothing', ''],
    ['a method without a hash', '$6$salt'],
    ['more rounds than anybody can wait for', `$6$rounds=999999999$salt$${'a'.repeat(86)}`],
    ['a salt that is too long', `$apr1$ninechars$${'a'.repeat(22)}`],
  ])('what cannot be compared is said to be so: %s', (_name, hash) => {
    expect(passwordHolds('secret', hash)).toBe(undefined);
  });
});
