import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { catalog } from '../../src/commands/catalog.ts';

const folder = fileURLToPath(new URL('../../src', import.meta.url));

/** Codes as the files that declare them spell them, one entry a declaration. */
const declared = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('diagnostics.ts'))
  .map((entry) => readFileSync(`${entry.parentPath}/${entry.name}`, 'utf8'))
  .flatMap((text) =>
    [...text.matchAll(/(?:\bcode: |Kind\()'([A-Z]{3}[0-9]{3})'/g)].map(([, code = '']) => code),
  );

test('every code means one thing, and `gwc explain CODE` knows it', () => {
  expect(declared.filter((code, index) => declared.indexOf(code) !== index)).toEqual([]);
  expect(catalog.map(({ code }) => code)).toEqual([...declared].sort());
});
