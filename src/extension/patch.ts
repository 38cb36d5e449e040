import type { Report } from '../diagnostics/diagnostic.ts';
import type { Node } from '../source/node.ts';
import { placeFields } from './blocks/environment.ts';
import { kindOf } from './kind.ts';
import { reportUnknownFields } from './record.ts';
import type { Form, Shape } from './shape.ts';
import { reportWrongKind } from './wrong-kind.ts';

/**
 * Checks the patch of one environment against what it patches: `root` for the block, `facets` for each entry of
 * `operations`. True when every field exists and every value is well-formed by itself.
 */
export function checkEnvironment(
  node: Node,
  root: Shape<unknown>,
  facets: Shape<unknown>,
  report: Report,
): boolean {
  if (!isObject(node, report) || root.form.kind !== 'record') return false;
  const { environments: _, ...fields } = root.form.fields;
  const operations = node.child('operations');
  const rest = hiding(node, 'operations');
  let whole = checkRecord(rest, { ...root.form, fields: { ...fields, ...placeFields } }, report);
  if (operations === undefined || operations.value === null) return whole;
  if (!isObject(operations, report)) return false;
  for (const [, operation] of operations.entries()) {
    if (!checkPatch(operation, facets, report)) whole = false;
  }
  return whole;
}

/** RFC 7396: null removes, objects merge, everything else replaces. */
function checkPatch(node: Node, shape: Shape<unknown>, report: Report): boolean {
  const { form } = shape;
  if (node.value === null) return true;
  const merges = kindOf(node.value) === 'object';
  if (merges && form.kind === 'record') return checkRecord(node, form, report);
  if (merges && form.kind === 'map') return checkMap(node, form.value, report);
  // A merge into an expression: only the result can be judged.
  if (merges && form.kind === 'scalar' && holdsNull(node)) return true;
  return shape.read(node, report) !== undefined;
}

function checkRecord(node: Node, form: Extract<Form, { kind: 'record' }>, report: Report): boolean {
  const fields = new Map(Object.entries(form.fields));
  let whole = reportUnknownFields(node, form.label, fields, form.later, report, form.instead);
  for (const [key, child] of node.entries()) {
    const field = fields.get(key);
    if (field !== undefined && !checkPatch(child, field.shape, report)) whole = false;
  }
  return whole;
}

function checkMap(node: Node, value: Shape<unknown>, report: Report): boolean {
  let whole = true;
  for (const [, child] of node.entries()) {
    if (!checkPatch(child, value, report)) whole = false;
  }
  return whole;
}

/** Level by level: a document may be deep. */
function holdsNull(top: Node): boolean {
  for (let level: readonly Node[] = [top]; level.length > 0; ) {
    if (level.some((node) => node.value === null)) return true;
    level = level.flatMap((node) => node.entries().map(([, child]) => child));
  }
  return false;
}

function isObject(node: Node, report: Report): boolean {
  if (kindOf(node.value) === 'object') return true;
  reportWrongKind(node, 'a patch (an object)', report);
  return false;
}

function hiding(node: Node, hidden: string): Node {
  return {
    value: node.value,
    at: node.at,
    child: (key) => node.child(key),
    entries: () => node.entries().filter(([key]) => key !== hidden),
  };
}
