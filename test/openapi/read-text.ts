import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { loadValidators, readOpenApi } from '../../src/openapi/index.ts';
import { loadDocuments } from '../../src/source/index.ts';
import { memoryFiles } from '../source/memory-files.ts';

export const corpus = fileURLToPath(new URL('../../../shared/corpus/', import.meta.url));
export const hasCorpus = existsSync(corpus);

type Loaded = ReturnType<typeof loadDocuments>;

/** Everything from the bytes to the `ApiDocument`, with the findings of both steps. */
export async function read({ documents, diagnostics }: Loaded) {
  const found = readOpenApi(documents, await loadValidators(documents));
  const all = [...diagnostics, ...found.diagnostics];
  /** `severity CODE line:column`, as a person would find them. */
  const places = all.map((one) => {
    const at = one.at === undefined ? undefined : documents.locate(one.at);
    return `${one.severity} ${one.code} ${at?.line}:${at?.column}`;
  });
  return { apis: found.apis, api: found.apis[0], diagnostics: all, places, documents };
}

/** Reads the first of several files. */
export function readFiles(files: Readonly<Record<string, string>>) {
  const [first = ''] = Object.keys(files);
  return read(loadDocuments([first], { root: '/', fileSystem: memoryFiles(files) }));
}

/** Reads one document, given as text or as data. */
export function readText(document: unknown) {
  const text = typeof document === 'string' ? document : JSON.stringify(document, null, 2);
  return readFiles({ 'openapi.yaml': text });
}

export function errors(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code);
}

export function warnings(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.filter(({ severity }) => severity === 'warning').map(({ code }) => code);
}
