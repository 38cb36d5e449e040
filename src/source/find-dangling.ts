import type { Origin } from '../model/origin.ts';
import type { DanglingReference } from './documents.ts';
import { examine } from './examine.ts';
import type { FileStore, StoredFile } from './file-store.ts';
import type { Follow } from './follow.ts';
import type { Node } from './node.ts';
import { parsePointer } from './pointer.ts';
import { scopeOf } from './scope.ts';

/** A reference, the file that its path starts from and the document that `#` means. */
interface Reference {
  readonly reference: string;
  readonly from: StoredFile;
  readonly document: StoredFile;
  readonly at: Origin;
}

/** References of `files` that lead nowhere. `changed` are the root documents that overlays have changed. */
export function findDangling(
  files: readonly StoredFile[],
  changed: ReadonlyMap<string, Node>,
  store: FileStore,
  step: Follow['step'],
): readonly DanglingReference[] {
  const found = new Map<string, { reference: string; reason: string; places: [Origin, ...Origin[]] }>();
  for (const file of files) {
    const root = changed.get(file.name);
    const isSound = root === undefined && !hasDangling(file, step);
    if (isSound) continue;
    const references = root === undefined ? writtenIn(file) : writtenUnder(root, store);
    for (const { reference, from, document, at } of references) {
      const key = `${from.name}\0${document.name}\0${reference}`;
      const known = found.get(key);
      if (known !== undefined) {
        known.places.push(at);
        continue;
      }
      const target = step(reference, from, document);
      if (target.kind === 'dangling') found.set(key, { reference, reason: target.reason, places: [at] });
    }
  }
  return [...found.values()];
}

/** The cheap question, without places. */
function hasDangling(file: StoredFile, step: Follow['step']): boolean {
  for (const reference of file.parsed.document?.references ?? []) {
    if (step(reference, file, file).kind === 'dangling') return true;
  }
  return false;
}

function writtenIn(file: StoredFile): readonly Reference[] {
  return (file.parsed.document?.written() ?? []).map(({ reference, pointer }) => ({
    reference,
    from: file,
    document: file,
    at: { file: file.name, pointer },
  }));
}

/** References of a tree that has values of several files. */
function writtenUnder(root: Node, store: FileStore): readonly Reference[] {
  const how = {
    shared: true,
    mergeKeys: false,
    escapes: false,
    depth: Number.POSITIVE_INFINITY,
    places: true,
  };
  return examine(root.value, how).written.flatMap(({ reference, pointer }) => {
    let node: Node | undefined = root;
    for (const token of parsePointer(pointer) ?? []) node = node?.child(token);
    if (node === undefined) return [];
    const from = store.byName(node.at.file);
    const document = store.byName(scopeOf(node));
    return from === undefined || document === undefined ? [] : [{ reference, from, document, at: node.at }];
  });
}
