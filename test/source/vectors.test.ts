import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { isUnreadable } from '../../src/source/index.ts';
import { loadText } from './memory-files.ts';

const vectors = new URL('../../../shared/vectors/', import.meta.url);
const available = existsSync(vectors);
const list = (folder: string): string[] => (available ? readdirSync(new URL(folder, vectors)).sort() : []);

/** Well-formed JSON that is refused on purpose. */
const stricter: Readonly<Record<string, string>> = {
  'y_object_duplicated_key.json': 'SRC004',
  'y_object_duplicated_key_and_value.json': 'SRC004',
  'y_object_escaped_null_in_key.json': 'SRC010',
  'y_string_null_escape.json': 'SRC010',
};

describe.skipIf(!available)('JSONTestSuite (skipped without the shared vectors)', () => {
  const folder = 'json-test-suite/test_parsing/';
  test.each(list(folder))('%s', (file) => {
    const bytes = readFileSync(new URL(folder + encodeURIComponent(file), vectors));
    const { documents, diagnostics } = loadText(bytes, file);
    const readable = diagnostics.length === 0;
    expect(documents.roots.length).toBe(readable ? 1 : 0);
    expect(diagnostics.every(isUnreadable)).toBe(true);
    if (file.startsWith('n_')) expect(readable).toBe(false);
    if (file.startsWith('y_')) {
      expect(diagnostics.map(({ code }) => code)).toEqual(
        stricter[file] === undefined ? [] : [stricter[file]],
      );
    }
    if (readable)
      expect(documents.roots[0]?.value).toEqual(JSON.parse(bytes.toString('utf8').replace(/^\ufeff/, '')));
    for (const { at, message } of diagnostics) {
      expect(message).not.toMatch(/\n/);
      if (at !== undefined && 'line' in at) expect(documents.locate(at)?.line ?? at.line).toBe(at.line);
    }
  });
});

interface Case {
  readonly yaml: string;
  readonly fail?: boolean;
}

describe.skipIf(!available)('yaml-test-suite (skipped without the shared vectors)', () => {
  const folder = 'yaml-test-suite/src/';
  test.each(list(folder))('%s', (file) => {
    const cases = load(
      readFileSync(new URL(folder + encodeURIComponent(file), vectors), 'utf8'),
    ) as readonly Case[];
    for (const { yaml } of cases) {
      if (yaml === undefined) continue;
      const { documents, diagnostics } = loadText(plainYaml(yaml));
      if (diagnostics.some(isUnreadable)) expect(documents.roots).toEqual([]);
      else expect(documents.roots).toHaveLength(1);
      for (const root of documents.roots) {
        expect(documents.locate({ ...root.at, side: 'value' })).toBeDefined();
        for (const [, child] of root.entries()) {
          expect(documents.locate({ ...child.at, side: 'key' })).toBeDefined();
          expect(documents.locate({ ...child.at, side: 'value' })).toBeDefined();
        }
      }
    }
  });
});

/** The suite writes invisible characters as visible ones. */
function plainYaml(text: string): string {
  return text
    .replaceAll('␣', ' ')
    .replace(/—*»/g, '\t')
    .replaceAll('↵', '')
    .replaceAll('←', '\r')
    .replaceAll('⇔', '\ufeff')
    .replace(/∎\n$/, '');
}
