import { diagnostic, type Report, related } from '../diagnostics/diagnostic.ts';
import type { Documents } from '../source/documents.ts';
import type { Node } from '../source/node.ts';
import { IGNORED_SIBLINGS, WRONG_TARGET } from './diagnostics.ts';
import type { ApiDocument } from './document.ts';
import { fields, isRecord, referenceOf } from './node-at.ts';
import type { Summary } from './read-parameters.ts';
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
  /** Operations that turned out to be references. */
  readonly referencedOperations: Node[];
  /** What is known of the parameters that a file refers to, by `$ref`. */
  readonly parametersOf: (file: string) => Map<string, Summary>;
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
  const checked = new Set<string>();
  const check = (target: Node, part: Part, from: Node) => {
    if (target.at.file === root.at.file && COVERED[part].test(target.at.pointer)) return;
    const key = `${part}\n${target.at.file}\n${target.at.pointer}`;
    if (checked.has(key)) return;
    checked.add(key);
    checkReferenced(target, part, from, validator, report);
  };
  const resolved = new Map<string, Node | undefined>();
  const resolve = (node: Node, part: Part): Node | undefined => {
    const reference = referenceOf(node);
    if (reference === undefined) return node;
    reportSiblings(node, part, report);
    const key = `${part}\n${node.at.file}\n${reference}`;
    if (resolved.has(key)) return resolved.get(key);
    const target = documents.follow(node, report);
    if (target !== undefined) check(target, part, node);
    resolved.set(key, target);
    return target;
  };
  const parameters = new Map<string, Map<string, Summary>>();
  const parametersOf = (file: string) => {
    const known = parameters.get(file) ?? new Map();
    parameters.set(file, known);
    return known;
  };
  return { root, version, documents, report, resolve, parametersOf, referencedOperations: [] };
}

/** The part that a reference leads to, in its own file; what is no such part at all is one mistake, of the reference. */
function checkReferenced(target: Node, part: Part, from: Node, validator: Validator, report: Report): void {
  if (isRecord(target.value) && isLike(target, part, validator)) {
    checkStructure(target, part, validator, (found) => {
      report({ ...found, related: [...found.related, related('Referred to from here', from.at)] });
    });
    return;
  }
  const at = from.child('$ref')?.at ?? from.at;
  const facts = { what: NAMES[part].toLowerCase(), reference: referenceOf(from) ?? '' };
  report(diagnostic(WRONG_TARGET, at, facts, { related: [related('The reference leads here', target.at)] }));
}

/** Fields that show what an object is meant to be. */
function isLike(target: Node, part: Part, { fields: known }: Validator): boolean {
  const names = fields(target).map(([name]) => name);
  const own =
    part === 'parameter' || part === 'securityScheme' ? ['name', 'in', 'type'] : known[DEFINITIONS[part]];
  return names.length === 0 || names.some((name) => own?.includes(name) === true || name.startsWith('x-'));
}

const DEFINITIONS = { document: 'document#', pathItem: 'path-item#', operation: 'operation#' } as const;

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
