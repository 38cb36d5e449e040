import { createHash } from 'node:crypto';
import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.ts';
import { type Budgets, defaultBudgets } from './budgets.ts';
import { refusedReference } from './diagnostics.ts';
import type { Documents } from './documents.ts';
import { createFileStore, type FileStore, type StoredFile } from './file-store.ts';
import { diskFileSystem, type FileSystem } from './file-system.ts';
import { createFollow } from './follow.ts';
import { locate } from './locate.ts';
import { type Node, nodeOf } from './node.ts';
import { parseReference } from './reference.ts';
import { encodeText } from './source-text.ts';

export interface LoadOptions {
  /** Folder that no reference leaves. Default: the nearest ancestor of a document with `.git`, else its own folder. */
  readonly root?: string;
  /** Overlay documents, applied in this order to every root document that they extend. */
  readonly overlays?: readonly string[];
  readonly budgets?: Partial<Budgets>;
  readonly fileSystem?: FileSystem;
}

/**
 * Reads documents and every file that they refer to, each once. Never throws for what stands in a file: a document
 * that cannot be read is absent from `documents.roots` and has a diagnostic (`isUnreadable`).
 */
export function loadDocuments(
  paths: readonly string[],
  options: LoadOptions = {},
): { readonly documents: Documents; readonly diagnostics: readonly Diagnostic[] } {
  const budgets = { ...defaultBudgets, ...options.budgets };
  const store = createFileStore(options.fileSystem ?? diskFileSystem, budgets);
  const opened = unique(paths.map((path) => store.open(path, options.root)));
  const diagnostics = loadReferences(opened, store);

  const roots = new Map<string, Node>();
  for (const file of opened) {
    if (file.parsed.document !== undefined) roots.set(file.name, rootOf(file.parsed.document.value, file));
  }
  const { follow, load } = createFollow(store, roots, budgets.chain);
  const documents: Documents = {
    roots: [...roots.values()],
    get files() {
      return listFiles(store);
    },
    follow,
    load,
    locate: (place) => locate(place, store.byName(place.file)),
  };
  return { documents, diagnostics };
}

function rootOf(value: unknown, file: StoredFile): Node {
  return nodeOf(value, { file: file.name, pointer: '' });
}

/** Loads what files refer to, and what that refers to. Reports unreadable files and refused references. */
function loadReferences(first: readonly StoredFile[], store: FileStore): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const queue = [...first];
  const seen = new Set(queue);
  for (let next = 0; next < queue.length; next++) {
    const file = queue[next];
    if (file === undefined) break;
    found.push(...file.parsed.diagnostics);
    const judged = new Set<string>();
    for (const { reference, pointer } of file.parsed.document?.references ?? []) {
      if (reference.startsWith('#') || judged.has(reference)) continue;
      judged.add(reference);
      const parsed = parseReference(reference);
      const target = parsed.kind === 'file' ? store.resolve(parsed.path, file) : parsed;
      if (target.kind === 'refused') {
        const at = { file: file.name, pointer };
        found.push(diagnostic(refusedReference, at, { reference, reason: target.reason }));
      } else if (target.kind === 'file' && 'file' in target && !seen.has(target.file)) {
        seen.add(target.file);
        queue.push(target.file);
      }
    }
  }
  return found;
}

function listFiles(store: FileStore): Documents['files'] {
  return store
    .all()
    .flatMap(({ name, source }) => (source === undefined ? [] : [{ file: name, source }]))
    .sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0))
    .map(({ file, source }) => ({
      file,
      sha256: createHash('sha256').update(encodeText(source)).digest('hex'),
    }));
}

function unique<T>(items: readonly T[]): readonly T[] {
  return [...new Set(items)];
}
