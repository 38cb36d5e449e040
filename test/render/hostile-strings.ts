import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';

const vectors = new URL('../../../shared/vectors/', import.meta.url);
const atomsFile = new URL('gwc/inject-atoms.json', vectors);
const naughtyFile = new URL('blns/blns.json', vectors);

/** Whether the shared vectors are beside the checkout. */
export const vectorsFound = existsSync(atomsFile) && existsSync(naughtyFile);

const ownAtoms: readonly string[] = [
  ...['"', "'", '\\', '$', '${', '$uri', '$1', '{', '}', ';', '#', '\\"', '\\n', '\n', '\r', '\t', '\0', ' '],
  ...[
    '}location / {return 200;}',
    ';include /etc/passwd;',
    '{{x}}',
    '{{{x}}}',
    '~',
    '~^',
    '!',
    '@',
    'default',
  ],
  ...[
    'hostnames',
    'include',
    'volatile',
    'é',
    '\u2028',
    '\u202e',
    '\ufeff',
    '\ud800',
    '😀',
    '*',
    '=',
    '^~',
    '()',
  ],
];

/** Pieces of syntax of every language that is emitted, and the hostile atoms of the shared vectors where they are. */
export const atoms: readonly string[] = vectorsFound
  ? [...new Set([...ownAtoms, ...readStrings(atomsFile)])]
  : ownAtoms;

/** The big list of naughty strings; empty where the vectors are not beside the checkout. */
export const naughtyStrings: readonly string[] = vectorsFound ? readStrings(naughtyFile) : [];

function readStrings(file: URL): readonly string[] {
  return JSON.parse(readFileSync(file, 'utf8')) as readonly string[];
}

/** Text spliced together from hostile atoms and arbitrary characters. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...atoms) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
      { weight: 1, arbitrary: fc.string({ maxLength: 6 }) },
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''));

/** Hostile text without the characters that encoders refuse: what they must encode. */
export const encodableText: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...'"\'\\$${};#&=/ ~^*!@`|<>()[]%azAZ09._-é漢😀'), { maxLength: 24 })
  .map((parts) => parts.join(''));
