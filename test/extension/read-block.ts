import { load } from 'js-yaml';
import type { Diagnostic, Report } from '../../src/diagnostics/diagnostic.ts';
import { type FacetsBlock, type RootBlock, readFacets, readRoot } from '../../src/extension/index.ts';
import { type Node, nodeOf } from '../../src/source/node.ts';

export interface Found {
  readonly diagnostics: readonly Diagnostic[];
  /** `code pointer` or `code pointer (key)` of each finding. */
  readonly places: readonly string[];
}

export function collect<T>(
  read: (report: Report) => T | undefined,
): Found & { readonly block: T | undefined } {
  const diagnostics: Diagnostic[] = [];
  const block = read((one) => diagnostics.push(one));
  const places = diagnostics.map(({ code, at }) => {
    if (at === undefined || !('pointer' in at)) return `${code} nowhere`;
    return `${code} ${at.pointer}${at.side === 'key' ? ' (key)' : ''}`;
  });
  return { diagnostics, places, block };
}

export function nodeFrom(yaml: string): Node {
  return nodeOf(load(yaml), { file: 'api.yaml', pointer: '' });
}

export function rootOf(value: unknown): Found & { readonly block: RootBlock | undefined } {
  return collect((report) => readRoot(nodeOf(value, { file: 'api.yaml', pointer: '' }), report));
}

export function facetsOf(value: unknown): Found & { readonly block: FacetsBlock | undefined } {
  return collect((report) =>
    readFacets(nodeOf(value, { file: 'api.yaml', pointer: '' }), 'operation', report),
  );
}
