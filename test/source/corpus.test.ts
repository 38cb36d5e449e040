import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { loadDocuments } from '../../src/source/index.ts';

const corpus = fileURLToPath(new URL('../../../shared/corpus/', import.meta.url));
const available = existsSync(corpus);
const documentsUnder = (folder: string): string[] =>
  available
    ? (readdirSync(corpus + folder, { recursive: true }) as string[])
        .filter((name) => /\.(ya?ml|json)$/.test(name))
        .sort()
    : [];

/** Errors of real documents, by folder of the corpus. Everything else is read without a finding. */
const expected: Readonly<Record<string, readonly string[]>> = {
  'cfn-tags/sam-api_with_swagger_authorizer_none.yaml': ['SRC005'],
  'dup-key/strongloop-cors-options.yaml': ['SRC004'],
};

describe.skipIf(!available)('real documents are read (skipped without the shared corpus)', () => {
  const folders = available
    ? readdirSync(corpus).filter((name) => !name.includes('.') && name !== 'broken')
    : [];
  const single = folders.filter((name) => name !== 'digitalocean');
  test.each(single.flatMap((folder) => documentsUnder(folder).map((file) => `${folder}/${file}`)))(
    '%s',
    (file) => {
      const { documents, diagnostics } = loadDocuments([corpus + file], {
        root: `${corpus}${file.split('/')[0]}`,
      });
      expect(diagnostics).toEqual([]);
      expect(documents.roots).toHaveLength(1);
      expect(documents.files.length).toBeGreaterThan(0);
    },
  );

  test.each(documentsUnder('broken'))('broken/%s', (file) => {
    const { diagnostics } = loadDocuments([`${corpus}broken/${file}`]);
    expect(diagnostics.map(({ code }) => code)).toEqual(expected[file] ?? []);
  });

  test('a document of thousands of files is read whole, with every file once', () => {
    const folder = `${corpus}digitalocean/specification/`;
    const { documents, diagnostics } = loadDocuments([`${folder}DigitalOcean-public.v2.yaml`]);
    expect(diagnostics).toEqual([]);
    expect(documents.files.length).toBeGreaterThan(2_800);
    expect(new Set(documents.files.map(({ file }) => file)).size).toBe(documents.files.length);
    expect(documents.dangling()).toEqual([]);
  });
});
