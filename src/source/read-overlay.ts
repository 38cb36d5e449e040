import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.ts';
import { suggest } from '../diagnostics/suggest.ts';
import { isMapping } from './compose-node.ts';
import { malformedOverlay, malformedTarget } from './diagnostics.ts';
import type { JsonPath } from './json-path.ts';
import type { Node } from './node.ts';
import { parseJsonPath } from './parse-json-path.ts';

/** A JSONPath expression and where it is written. */
export interface WrittenPath {
  readonly path: JsonPath;
  readonly node: Node;
}

export interface OverlayAction {
  readonly target: WrittenPath;
  readonly change:
    | { readonly kind: 'remove' }
    | { readonly kind: 'update'; readonly update: Node }
    | { readonly kind: 'copy'; readonly from: WrittenPath };
  /** `x-allow-empty: true`: selecting nothing is no mistake. */
  readonly allowEmpty: boolean;
}

/** An OpenAPI Overlay document, version 1.0 or 1.1. */
export interface Overlay {
  readonly extends: Node | undefined;
  readonly actions: readonly OverlayAction[];
}

type Complain = (node: Node, reason: string, side?: 'key' | 'value') => undefined;

/** Reads an overlay. Its structure is closed: a field that the specification does not have is an error. */
export function readOverlay(root: Node): {
  readonly overlay: Overlay | undefined;
  readonly diagnostics: readonly Diagnostic[];
} {
  const found: Diagnostic[] = [];
  const complain: Complain = (node, reason, side = 'value') => {
    found.push(diagnostic(malformedOverlay, node.at, { reason }, { side }));
  };
  const overlay = readRoot(root, complain, found);
  return { overlay: found.length === 0 ? overlay : undefined, diagnostics: found };
}

function readRoot(root: Node, complain: Complain, found: Diagnostic[]): Overlay | undefined {
  if (!isMapping(root.value)) return complain(root, 'it is not a mapping');
  checkFields(root, ['overlay', 'info', 'extends', 'actions'], complain);
  const version = root.child('overlay');
  if (version === undefined) return complain(root, 'it has no "overlay" field with the version');
  if (typeof version.value !== 'string' || !/^1\.[01]\.[0-9]+$/.test(version.value)) {
    return complain(version, 'its "overlay" is no string like "1.0.0" or "1.1.0"');
  }
  const isFirst = version.value.startsWith('1.0.');
  const info = root.child('info');
  if (info === undefined) complain(root, 'it has no "info"');
  else readInfo(info, isFirst, complain);
  const target = root.child('extends');
  if (target !== undefined && typeof target.value !== 'string')
    complain(target, 'its "extends" is no string');
  const actions = root.child('actions');
  if (actions === undefined) return complain(root, 'it has no "actions"');
  if (!Array.isArray(actions.value) || actions.value.length === 0) {
    return complain(actions, 'its "actions" are no list of at least one action');
  }
  const read = actions.entries().flatMap(([, item]) => readAction(item, isFirst, complain, found) ?? []);
  return { extends: target, actions: read };
}

function readInfo(info: Node, isFirst: boolean, complain: Complain): void {
  if (!isMapping(info.value)) {
    complain(info, 'its "info" is no mapping');
    return;
  }
  const fields = ['title', 'version', ...(isFirst ? [] : ['description'])];
  checkFields(info, fields, complain);
  for (const field of fields) {
    const node = info.child(field);
    if (node === undefined && field !== 'description') complain(info, `its "info" has no "${field}"`);
    else if (node !== undefined && typeof node.value !== 'string')
      complain(node, `its "${field}" is no string`);
  }
}

function readAction(
  item: Node,
  isFirst: boolean,
  complain: Complain,
  found: Diagnostic[],
): OverlayAction | undefined {
  if (!isMapping(item.value)) return complain(item, 'an action is no mapping');
  checkFields(item, ['target', 'description', 'update', 'remove', ...(isFirst ? [] : ['copy'])], complain);
  const description = item.child('description');
  if (description !== undefined && typeof description.value !== 'string') {
    complain(description, 'its "description" is no string');
  }
  const allow = item.child('x-allow-empty');
  if (allow !== undefined && typeof allow.value !== 'boolean')
    complain(allow, '"x-allow-empty" is neither true nor false');
  const target = readPath(item, 'target', complain, found);
  const change = readChange(item, isFirst, complain, found);
  if (target === undefined || change === undefined) return undefined;
  if (change.kind === 'remove' && target.path.segments.length === 0) {
    return complain(target.node, 'an action removes the whole document');
  }
  return { target, change, allowEmpty: allow?.value === true };
}

function readChange(
  item: Node,
  isFirst: boolean,
  complain: Complain,
  found: Diagnostic[],
): OverlayAction['change'] | undefined {
  const remove = item.child('remove');
  if (remove !== undefined && typeof remove.value !== 'boolean') {
    return complain(remove, 'its "remove" is neither true nor false');
  }
  const update = item.child('update');
  const copy = isFirst ? undefined : item.child('copy');
  if (remove?.value === true) return { kind: 'remove' };
  if (update !== undefined && copy !== undefined)
    return complain(item, 'an action has both "update" and "copy"');
  if (update !== undefined) return { kind: 'update', update };
  if (copy === undefined) return complain(item, 'an action has none of "update", "remove" and "copy"');
  const from = readPath(item, 'copy', complain, found);
  return from === undefined ? undefined : { kind: 'copy', from };
}

function readPath(
  item: Node,
  field: 'target' | 'copy',
  complain: Complain,
  found: Diagnostic[],
): WrittenPath | undefined {
  const node = item.child(field);
  if (node === undefined) return complain(item, `an action has no "${field}"`);
  if (typeof node.value !== 'string') return complain(node, `its "${field}" is no string`);
  const path = parseJsonPath(node.value);
  if (!('fault' in path)) return { path, node };
  found.push(diagnostic(malformedTarget, node.at, { path: node.value.slice(0, 200), fault: path.fault }));
  return undefined;
}

function checkFields(node: Node, known: readonly string[], complain: Complain): void {
  for (const [key, item] of node.entries()) {
    if (known.includes(key) || key.startsWith('x-')) continue;
    const near = suggest(key, known);
    const hint = near === undefined ? '' : ` (did you mean "${near}"?)`;
    complain(item, `it has an unknown field "${key}"${hint}`, 'key');
  }
}
