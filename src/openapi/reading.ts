import { diagnostic, type Report } from '../diagnostics/diagnostic.ts';
import type { Documents } from '../source/documents.ts';
import type { Node } from '../source/node.ts';
import { IGNORED_SIBLINGS } from './diagnostics.ts';
import type { ApiDocument } from './document.ts';
import { fields, referenceOf } from './node-at.ts';
import { checkStructure } from './structure.ts';
import type { Part, Validator } from './validators.ts';

/** What every step of reading one document needs. */
export interface Reading {
  readonly root: Node;
  readonly version: ApiDocument['openapi'];
  readonly documents: Documents;
  readonly report: Report;
  /**
   * The object itself, or the one that a chain of references leads to: checked in its own file unless the check of the
   * whole document has covered it. Undefined after the broken reference has been reported.
   */
  readonly resolve: (node: Node, part: Part) => Node | undefined;
}

/** Where the check of the whole document finds a part without following a reference. */
const COVERED: { readonly [P in Part]: RegExp } = {
  document: /^$/,
  pathItem: /^\/(paths|components\/pathItems|webhooks)\/[^/]+$/,
  operation: /^\/(paths|components\/pathItems|webhooks)\/[^/]+\/(additionalOperations\/[^/]+|[a-z]+)$/,
  parameter: /^\/(components\/parameters|parameters|paths\/[^/]+\/([a-z]+\/)?parameters)\/[^/]+$/,
  securityScheme: /^\/(components\/securitySchemes|securityDefinitions)\/[^/]+$/,
};

/** Siblings that say something about the reference and nothing about the object. */
const HARMLESS = ['$ref', 'summary', 'description'];

export function startReading(
  documents: Documents,
  root: Node,
  version: ApiDocument['openapi'],
  validator: Validator,
  report: Report,
): Reading {
  const resolved = new Map<string, Node | undefined>();
  const checked = new Set<string>();
  const check = (target: Node, part: Part) => {
    if (target.at.file === root.at.file && COVERED[part].test(target.at.pointer)) return;
    const key = `${part}\n${target.at.file}\n${target.at.pointer}`;
    if (checked.has(key)) return;
    checked.add(key);
    checkStructure(target, part, validator, report);
  };
  const resolve = (node: Node, part: Part): Node | undefined => {
    const reference = referenceOf(node);
    if (reference === undefined) return node;
    reportSiblings(node, part, report);
    const key = `${part}\n${node.at.file}\n${reference}`;
    if (resolved.has(key)) return resolved.get(key);
    const target = documents.follow(node, report);
    if (target !== undefined) check(target, part);
    resolved.set(key, target);
    return target;
  };
  return { root, version, documents, report, resolve };
}

const NAMES: { readonly [P in Part]: string } = {
  document: 'The document',
  pathItem: 'The path item',
  operation: 'The operation',
  parameter: 'The parameter',
  securityScheme: 'The security scheme',
};

/** Beside a parameter's reference they are common and change nothing that a gateway reads. */
function reportSiblings(node: Node, part: Part, report: Report): void {
  const ignored = fields(node).filter(([name]) => !HARMLESS.includes(name) && isMeant(name));
  const [first] = ignored;
  if (first === undefined) return;
  const severity = part === 'parameter' ? 'warning' : 'error';
  const names = ignored.map(([name]) => name);
  report(
    diagnostic(
      IGNORED_SIBLINGS,
      first[1].at,
      { fields: names, what: NAMES[part] },
      { severity, side: 'key' },
    ),
  );
}

/** Vendors' extensions beside a reference are no business of the gateway; its own are. */
function isMeant(name: string): boolean {
  return !name.startsWith('x-') || name === 'x-gateway';
}
