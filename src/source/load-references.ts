import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.ts';
import { refusedReference } from './diagnostics.ts';
import type { FileStore, StoredFile } from './file-store.ts';
import type { Reference } from './reference.ts';

/**
 * Loads what files refer to, and what that refers to. `files` are all of them, `first` included, in the order in which
 * they were found. Reports files that cannot be read and references that are refused.
 */
export function loadReferences(
  first: readonly StoredFile[],
  store: FileStore,
  parse: (text: string) => Reference,
): { readonly files: readonly StoredFile[]; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const files = new Set(first);
  // A set is gone through in the order of insertion, items that are added meanwhile included.
  for (const file of files) {
    diagnostics.push(...file.parsed.diagnostics);
    const refused = new Map<string, string>();
    for (const reference of file.parsed.document?.references ?? []) {
      if (reference.startsWith('#')) continue;
      const parsed = parse(reference);
      const target = parsed.kind === 'file' ? store.resolve(parsed.path, file) : parsed;
      if (target.kind === 'file' && 'file' in target) files.add(target.file);
      if (target.kind === 'refused') refused.set(reference, target.reason);
    }
    if (refused.size === 0) continue;
    for (const { reference, pointer } of file.parsed.document?.written() ?? []) {
      const reason = refused.get(reference);
      if (reason === undefined) continue;
      // Each text once: the first place is enough to find the others.
      refused.delete(reference);
      diagnostics.push(diagnostic(refusedReference, { file: file.name, pointer }, { reference, reason }));
    }
  }
  return { files: [...files], diagnostics };
}
