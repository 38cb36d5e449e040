import { diagnostic, type Report } from '../diagnostics/diagnostic.ts';
import type { Node } from '../source/node.ts';
import { EXTENSION_REFERENCE, MISSPELT_EXTENSION } from './diagnostics.ts';
import { fields, isRecord, referenceOf } from './node-at.ts';
import type { Reading } from './reading.ts';

/** `x-gateway` of the root: inline, or the one reference that it may be. */
export function readRootGateway({ root, documents, report }: Reading): Node | undefined {
  reportMisspelt(root, report);
  const node = root.child('x-gateway');
  if (node === undefined || referenceOf(node) === undefined) return node;
  const beside = fields(node).filter(([name]) => name !== '$ref');
  const [first] = beside;
  if (first !== undefined) {
    const names = beside.map(([name]) => `"${name}"`).join(', ');
    const problem = `"x-gateway" has ${names} beside "$ref".`;
    report(diagnostic(EXTENSION_REFERENCE, first[1].at, { problem }, { side: 'key' }));
  }
  return documents.follow(node, report);
}

/** `x-gateway` of a path item or operation, which is always inline. */
export function readGatewayFacets(owner: Node, report: Report): Node | undefined {
  reportMisspelt(owner, report);
  const node = owner.child('x-gateway');
  const reference = node?.child('$ref');
  if (reference === undefined) return node;
  const problem = `"x-gateway" is a reference in a place where it must be inline.`;
  report(diagnostic(EXTENSION_REFERENCE, reference.at, { problem }, { side: 'key' }));
  return undefined;
}

/** `x-gatway` is an extension like any other to OpenAPI, so nothing else would notice it. */
function reportMisspelt(owner: Node, report: Report): void {
  if (!isRecord(owner.value)) return;
  for (const name of Object.keys(owner.value)) {
    if (!/^x/i.test(name) || name === 'x-gateway' || !isMisspelt(name)) continue;
    report(diagnostic(MISSPELT_EXTENSION, owner.child(name)?.at ?? owner.at, { name }, { side: 'key' }));
  }
}

/** Another case or separator, a plural, or one letter too many, too few, wrong or swapped. */
function isMisspelt(name: string): boolean {
  const match = /^x[-_ ]?(.{6,9})$/i.exec(name);
  const word = match?.[1]?.toLowerCase().replace(/[-_]/g, '');
  return word !== undefined && (word === 'gateways' || isOneEditAway(word, 'gateway'));
}

function isOneEditAway(a: string, b: string): boolean {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const left = a.slice(start, a.length - end);
  const right = b.slice(start, b.length - end);
  return (
    (left.length <= 1 && right.length <= 1) || (left.length === 2 && left === [...right].reverse().join(''))
  );
}
