import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CORE_SCHEMA, load } from 'js-yaml';
import { afterAll, describe, expect, test } from 'vitest';
import { loadGateway } from '../../src/commands/load.ts';
import { printJson } from '../../src/diagnostics/print-json.ts';
import { printPretty } from '../../src/diagnostics/print-pretty.ts';

const vectors = new URL('../../../shared/vectors/', import.meta.url);
const available = existsSync(vectors);
const list = (folder: string): string[] => (available ? readdirSync(new URL(folder, vectors)).sort() : []);
const bytesOf = (folder: string, file: string): Buffer =>
  readFileSync(new URL(folder + encodeURIComponent(file), vectors));

const work = mkdtempSync(join(tmpdir(), 'gwc-suites-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** None of these files is an OpenAPI document, so each ends in an error with a place, which prints. */
async function expectRefused(bytes: Uint8Array, extension: 'json' | 'yaml'): Promise<boolean> {
  const path = join(work, `document.${extension}`);
  writeFileSync(path, bytes);
  const { gateway, diagnostics, documents, unreadable } = await loadGateway([path], { format: 'pretty' });
  expect(gateway).toBeUndefined();
  expect(diagnostics.some(({ severity }) => severity === 'error')).toBe(true);
  for (const { at } of diagnostics) {
    if (at === undefined) throw new Error('a finding without a place');
    if (bytes.length > 0) expect(documents.locate(at) ?? ('line' in at ? at.line : at.file)).toBeDefined();
    expect(at.file).toMatch(/document\.(json|yaml)$/);
  }
  const printed = printPretty(diagnostics, documents.locate, false);
  expect(printed).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\ufeff]/);
  const { diagnostics: listed } = JSON.parse(printJson(diagnostics, documents.locate));
  expect(listed).toHaveLength(diagnostics.length);
  return unreadable;
}

describe.skipIf(!available)(
  'files of JSONTestSuite as documents (skipped without the shared vectors)',
  () => {
    const folder = 'json-test-suite/test_parsing/';
    test.each(list(folder))('%s', async (file) => {
      const unreadable = await expectRefused(bytesOf(folder, file), 'json');
      if (file.startsWith('n_')) expect(unreadable).toBe(true);
    });
  },
);

describe.skipIf(!available)(
  'files of yaml-test-suite as documents (skipped without the shared vectors)',
  () => {
    const folder = 'yaml-test-suite/src/';
    test.each(list(folder))('%s', async (file) => {
      const cases = load(bytesOf(folder, file).toString(), { schema: CORE_SCHEMA });
      for (const { yaml } of cases as readonly { readonly yaml?: string }[]) {
        if (yaml !== undefined) await expectRefused(Buffer.from(plainYaml(yaml)), 'yaml');
      }
      await expectRefused(bytesOf(folder, file), 'yaml');
    });
  },
);

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
