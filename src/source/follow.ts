import { type Diagnostic, diagnostic, type Report } from '../diagnostics/diagnostic.ts';
import type { Origin } from '../model/origin.ts';
import {
  danglingReference,
  endlessReference,
  refusedReference,
  unsupportedReference,
} from './diagnostics.ts';
import type { FileStore, StoredFile } from './file-store.ts';
import { fileOf, type Node, nodeOf } from './node.ts';
import type { Reference } from './reference.ts';
import { scopeOf } from './scope.ts';

/** Where a reference leads, or why it leads nowhere. */
type Target =
  | { readonly kind: 'node'; readonly node: Node }
  | { readonly kind: 'refused' | 'dangling' | 'unsupported'; readonly reason: string }
  /** The file is there and cannot be read: it has diagnostics of its own. */
  | { readonly kind: 'unreadable'; readonly diagnostics: readonly Diagnostic[] };

export interface Follow {
  readonly follow: (node: Node, report: Report) => Node | undefined;
  readonly load: (path: string, from: Origin, report: Report) => Node | undefined;
  /** The first step only. `document` is the document that `#` means. */
  readonly step: (reference: string, from: StoredFile, document: StoredFile) => Target;
}

/** Following of references; `chain` is the number of references after which a chain counts as endless. */
export function createFollow(
  store: FileStore,
  roots: ReadonlyMap<string, Node>,
  parse: (text: string) => Reference,
  chain: number,
): Follow {
  const step = (reference: string, from: StoredFile, document: StoredFile): Target => {
    const parsed = parse(reference);
    if (parsed.kind === 'refused' || parsed.kind === 'unsupported') return parsed;
    if (parsed.kind === 'local') return descend(parsed.pointer, document, roots);
    const found = store.resolve(parsed.path, from);
    return found.kind === 'file' ? descend(parsed.pointer, found.file, roots) : found;
  };

  const follow = (node: Node, report: Report): Node | undefined => {
    // A list: nearly every chain has one link, for which nothing is looked up.
    const seen: string[] = [];
    let current = node;
    for (;;) {
      const written = current.child('$ref');
      if (written === undefined || typeof written.value !== 'string') return current;
      const reference = written.value;
      const file = fileOf(written);
      const scope = scopeOf(written);
      const from = store.byName(file);
      const document = store.byName(scope);
      const key = `${file}\0${scope}\0${reference}`;
      const isKnown = seen.includes(key);
      if (isKnown || seen.length >= chain) {
        const reason = isKnown
          ? 'it leads back to itself'
          : `more than ${chain} references follow each other`;
        report(diagnostic(endlessReference, written.at, { reference, reason }));
        return undefined;
      }
      seen.push(key);
      const target =
        from === undefined || document === undefined ? unknownFile : step(reference, from, document);
      if (target.kind !== 'node') {
        for (const found of describe(target, reference, written.at)) report(found);
        return undefined;
      }
      current = target.node;
    }
  };

  const load = (path: string, from: Origin, report: Report): Node | undefined => {
    const file = store.byName(from.file);
    const parsed = parse(path);
    const target: Target =
      file === undefined
        ? unknownFile
        : parsed.kind === 'local' || path.includes('#')
          ? { kind: 'unsupported', reason: 'it is not the name of a file' }
          : step(path, file, file);
    if (target.kind === 'node') return target.node;
    for (const found of describe(target, path, from)) report(found);
    return undefined;
  };
  return { follow, load, step };
}

const unknownFile: Target = { kind: 'dangling', reason: 'the file that it stands in was not read' };

function descend(pointer: readonly string[], file: StoredFile, roots: ReadonlyMap<string, Node>): Target {
  const { document, diagnostics } = file.parsed;
  if (document === undefined) return { kind: 'unreadable', diagnostics };
  let node: Node = roots.get(file.name) ?? nodeOf(document.value, { file: file.name, pointer: '' });
  for (const token of pointer) {
    const next = node.child(token);
    if (next === undefined) return { kind: 'dangling', reason: `"${file.name}" has no "${token}" there` };
    node = next;
  }
  return { kind: 'node', node };
}

function describe(
  target: Exclude<Target, { kind: 'node' }>,
  reference: string,
  at: Origin,
): readonly Diagnostic[] {
  if (target.kind === 'unreadable') return target.diagnostics;
  const kind = { refused: refusedReference, dangling: danglingReference, unsupported: unsupportedReference }[
    target.kind
  ];
  return [diagnostic(kind, at, { reference, reason: target.reason })];
}
