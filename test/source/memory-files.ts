import { posix } from 'node:path';
import { loadDocuments } from '../../src/source/index.ts';

type Files = Readonly<Record<string, string | Uint8Array>>;
type LoadOptions = NonNullable<Parameters<typeof loadDocuments>[1]>;

/** A file system of a few files under `/`, without links. */
export function memoryFiles(files: Files): NonNullable<LoadOptions['fileSystem']> {
  const absolute = (path: string): string => posix.resolve('/', path);
  const known = new Map(Object.entries(files).map(([path, content]) => [absolute(path), content]));
  const fail = (code: string): never => {
    throw Object.assign(new Error(code), { code });
  };
  return {
    realpath: (path) => {
      const found = absolute(path);
      const isFolder = found === '/' || [...known.keys()].some((name) => name.startsWith(`${found}/`));
      return isFolder || known.has(found) ? found : fail('ENOENT');
    },
    lstat: (path) => {
      const content = known.get(absolute(path)) ?? fail('ENOENT');
      return { kind: 'file', size: content.length };
    },
    readFile: (path) => {
      const content = known.get(absolute(path)) ?? fail('ENOENT');
      return typeof content === 'string' ? new TextEncoder().encode(content) : content;
    },
  };
}

/** Loads one text under a name. */
export function loadText(text: string | Uint8Array, file = 'openapi.yaml', options: LoadOptions = {}) {
  return loadDocuments([file], { root: '/', fileSystem: memoryFiles({ [file]: text }), ...options });
}

/** Loads the first of several files. */
export function loadFiles(files: Files, options: LoadOptions = {}) {
  const [first = ''] = Object.keys(files);
  return loadDocuments([first], { root: '/', fileSystem: memoryFiles(files), ...options });
}

/** `CODE line:column` of every finding, in order. */
export function summaryOf({ documents, diagnostics }: ReturnType<typeof loadDocuments>): string[] {
  return diagnostics.map(({ code, at }) => {
    const place = at === undefined ? undefined : documents.locate(at);
    return place === undefined ? code : `${code} ${place.line}:${place.column}`;
  });
}
