import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { type Budgets, defaultBudgets } from './budgets.ts';
import type { Documents } from './documents.ts';
import { createFileStore, type FileStore } from './file-store.ts';
import { diskFileSystem, type FileSystem } from './file-system.ts';
import { findDangling } from './find-dangling.ts';
import { createFollow } from './follow.ts';
import { applyOverlays } from './load-overlays.ts';
import { loadReferences } from './load-references.ts';
import { locate } from './locate.ts';
import { type Node, nodeOf } from './node.ts';
import { referenceParser } from './reference.ts';

export interface LoadOptions {
  /** Folder that no reference leaves. Default: the nearest ancestor of a document with `.git`, else its own folder. */
  readonly root?: string;
  /** Overlay documents, applied in this order to every root document that they extend. */
  readonly overlays?: readonly string[];
  /** Files that are read with the documents, under the same policy, and are none of them. */
  readonly beside?: readonly string[];
  readonly budgets?: Partial<Budgets>;
  readonly fileSystem?: FileSystem;
}

/**
 * Reads documents and every file that they refer to, each once. Never throws for what stands in a file: a document
 * that cannot be read is absent from `documents.roots` and has a diagnostic (`isUnreadable`). Files are named as the
 * documents that lead to them were named: a document given as `api/a.yaml` refers to `api/b.yaml`.
 */
export function loadDocuments(
  paths: readonly string[],
  options: LoadOptions = {},
): { readonly documents: Documents; readonly diagnostics: readonly Diagnostic[] } {
  const budgets = { ...defaultBudgets, ...options.budgets };
  const store = createFileStore(options.fileSystem ?? diskFileSystem, budgets);
  const parse = referenceParser();
  const opened = [...new Set(paths.map((path) => store.open(path, options.root)))];
  const overlays = (options.overlays ?? []).map((path) => store.open(path, options.root));
  const beside = (options.beside ?? []).map((path) => store.open(path, options.root));
  const { files, diagnostics } = loadReferences([...opened, ...overlays, ...beside], store, parse);

  const roots = new Map<string, Node>();
  for (const { name, parsed } of opened) {
    if (parsed.document !== undefined)
      roots.set(name, nodeOf(parsed.document.value, { file: name, pointer: '' }));
  }
  const overlaid = applyOverlays(overlays, roots, store, budgets);
  for (const [name, root] of overlaid.changed) roots.set(name, root);
  const { follow, load, step } = createFollow(store, roots, parse, budgets.chain);
  const referring = files.filter((file) => !overlays.includes(file));
  const documents: Documents = {
    roots: [...roots.values()],
    beside: beside.flatMap(({ name, parsed }) =>
      parsed.document === undefined ? [] : [nodeOf(parsed.document.value, { file: name, pointer: '' })],
    ),
    get files() {
      return listFiles(store);
    },
    follow,
    load,
    dangling: () => findDangling(referring, overlaid.changed, store, step),
    locate: (place) => locate(place, store.byName(place.file)),
  };
  return { documents, diagnostics: [...diagnostics, ...overlaid.diagnostics] };
}

function listFiles(store: FileStore): Documents['files'] {
  return store
    .all()
    .flatMap(({ name, source }) => (source === undefined ? [] : [{ file: name, source }]))
    .sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0))
    .map(({ file, source }) => ({
      file,
      sha256: source.sha256(),
    }));
}
