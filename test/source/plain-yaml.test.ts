import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultBudgets } from '../../src/source/budgets.ts';
import { parsePlainYaml, parseYaml } from '../../src/source/parse-yaml.ts';
import { decodeText, type SourceText } from '../../src/source/source-text.ts';

function sourceOf(text: string): SourceText {
  const source = decodeText('a.yaml', Buffer.from(text));
  if ('code' in source) throw new Error(source.message);
  return source;
}

const pieces = [
  ...[
    'a',
    'b',
    ' ',
    '  ',
    '\n',
    '\n  ',
    '\n- ',
    '- ',
    ': ',
    ':',
    '? ',
    '?',
    '[',
    ']',
    '{',
    '}',
    ', ',
    '#x\n',
  ],
  ...[
    '"',
    "'",
    '\\',
    '\\U00110000',
    '&k ',
    '&k',
    '*k',
    '*k ',
    '|\n',
    '>\n',
    '~',
    '1',
    '\t',
    '---\n',
    '...',
    '!!str ',
    '\r\n',
  ],
];

describe('a small file says the same whether or not its places are recorded', () => {
  test('texts made of the pieces of YAML', () => {
    const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 14 }).map((found) => found.join(''));
    fc.assert(
      fc.property(texts, (text) => {
        const source = sourceOf(text);
        const [fast, slow] = [parsePlainYaml(source, defaultBudgets), parseYaml(source, defaultBudgets)];
        if ('code' in slow) expect(fast).toEqual(slow);
        else {
          expect('code' in fast ? fast : fast.value).toEqual(slow.value);
          // An empty value with a tag is taken for an alias, where places are recorded.
          if (!text.includes('!')) expect('code' in fast ? fast : fast.aliases).toBe(slow.aliases);
        }
      }),
      { numRuns: 5_000 },
    );
  });
});
