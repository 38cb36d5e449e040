import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.ts';
import { allowedVisits, applyOverlay, type Overlaid } from './apply-overlay.ts';
import type { Budgets } from './budgets.ts';
import { foreignOverlay } from './diagnostics.ts';
import type { FileStore, StoredFile } from './file-store.ts';
import { type Node, nodeOf } from './node.ts';
import { type Overlay, readOverlay } from './read-overlay.ts';
import { parseReference } from './reference.ts';

/**
 * Applies overlay files, in their order, to the root documents. Returns the documents that changed, by name. An overlay
 * with `extends` (a path relative to the overlay) is for that document only.
 */
export function applyOverlays(
  overlays: readonly StoredFile[],
  roots: ReadonlyMap<string, Node>,
  store: FileStore,
  budgets: Budgets,
): { readonly changed: ReadonlyMap<string, Node>; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const documents: Overlaid[] = [...roots].map(([file, root]) => ({
    file,
    root,
    nodes: store.byName(file)?.parsed.document?.nodes ?? 0,
  }));
  const allowance = { left: allowedVisits };
  for (const file of overlays) {
    if (file.parsed.document === undefined) continue;
    const read = readOverlay(nodeOf(file.parsed.document.value, { file: file.name, pointer: '' }));
    diagnostics.push(...read.diagnostics);
    if (read.overlay === undefined || documents.length === 0) continue;
    const targets = targetsOf(read.overlay, file, documents, store);
    if ('code' in targets) diagnostics.push(targets);
    else diagnostics.push(...applyOverlay(read.overlay, targets, budgets, allowance));
  }
  const changed = documents.filter(({ file, root }) => roots.get(file) !== root);
  return { changed: new Map(changed.map(({ file, root }) => [file, root])), diagnostics };
}

function targetsOf(
  overlay: Overlay,
  file: StoredFile,
  documents: readonly Overlaid[],
  store: FileStore,
): readonly Overlaid[] | Diagnostic {
  const written = overlay.extends;
  if (written === undefined) return documents;
  const target = String(written.value);
  const parsed = parseReference(target);
  const found =
    parsed.kind === 'file' && parsed.pointer.length === 0 ? store.resolve(parsed.path, file) : undefined;
  const matching = found?.kind === 'file' ? documents.filter((one) => one.file === found.file.name) : [];
  return matching.length > 0 ? matching : diagnostic(foreignOverlay, written.at, { target });
}
