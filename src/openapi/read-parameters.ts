import { diagnostic } from '../diagnostics/diagnostic.ts';
import type { Sourced } from '../model/origin.ts';
import type { Node } from '../source/node.ts';
import { isRecord } from './node-at.ts';
import type { Reading } from './reading.ts';
import { REPEATED_PARAMETER } from './template-diagnostics.ts';

/** What tells one parameter from another, and the two kinds of Swagger 2.0 that exclude each other. */
export interface Parameter {
  readonly name: string;
  readonly in: string;
  /** Swagger 2.0: the content of a file. */
  readonly isFile: boolean;
  /** Its item in the list, where it may be a reference. */
  readonly index: number;
}

/** The readable parameters of a path item or operation, references followed. */
export function readParameters(reading: Reading, owner: Node): readonly Parameter[] {
  const list = owner.child('parameters');
  const parameters: Parameter[] = [];
  if (list === undefined || !Array.isArray(list.value)) return parameters;
  const values: readonly unknown[] = list.value;
  for (const [index, value] of values.entries()) {
    const found = summarise(reading, list, index, value);
    if (found === undefined) continue;
    // Spelled out: a spread of objects of many shapes costs more than the rest of this loop.
    parameters.push({ name: found.name, in: found.in, isFile: found.isFile, index });
  }
  if (parameters.length > 1) reportRepeated(reading, list, parameters);
  return parameters;
}

/** A parameter without its place in a list. */
export type Summary = Omit<Parameter, 'index'> | undefined;

/** Nodes are made only for a reference that was not met before: documents have thousands of parameters. */
function summarise(reading: Reading, list: Node, index: number, value: unknown): Summary {
  if (!isRecord(value)) return undefined;
  const reference = Object.hasOwn(value, '$ref') ? value['$ref'] : undefined;
  if (typeof reference !== 'string') return summaryOf(value);
  const known = reading.parametersOf(list.at.file);
  if (known.has(reference) && Object.keys(value).length === 1) return known.get(reference);
  const node = list.child(index);
  const target = node === undefined ? undefined : reading.resolve(node, 'parameter');
  const summary = isRecord(target?.value) ? summaryOf(target.value) : undefined;
  known.set(reference, summary);
  return summary;
}

function summaryOf(value: { readonly [field: string]: unknown }): Summary {
  const name = Object.hasOwn(value, 'name') ? value['name'] : undefined;
  const place = Object.hasOwn(value, 'in') ? value['in'] : undefined;
  return typeof name === 'string' && typeof place === 'string'
    ? { name, in: place, isFile: Object.hasOwn(value, 'type') && value['type'] === 'file' }
    : undefined;
}

/** Names and places of the parameters in the path. */
export function inPath(owner: Node, parameters: readonly Parameter[]): readonly Sourced<string>[] {
  const list = owner.child('parameters');
  return parameters.flatMap(({ name, in: place, index }) => {
    const node = place === 'path' ? list?.child(index) : undefined;
    return node === undefined ? [] : [{ value: name, at: node.at }];
  });
}

/** OpenAPI: a parameter is unique by name and place; header names are compared without case (RFC 9110 §5.1). */
function reportRepeated(reading: Reading, list: Node, parameters: readonly Parameter[]): void {
  const seen = new Set<string>();
  for (const { name, in: place, index } of parameters) {
    const key = `${place}\n${place === 'header' ? name.toLowerCase() : name}`;
    if (seen.has(key)) {
      const at = list.child(index)?.at ?? list.at;
      const severity = place === 'path' ? 'error' : 'warning';
      reading.report(diagnostic(REPEATED_PARAMETER, at, { name, place: `"${place}"` }, { severity }));
    }
    seen.add(key);
  }
}

/**
 * Swagger 2.0: an operation has at most one body parameter, and either that or form fields; a file is a form field of a
 * request that is a form. `shared` are the parameters of the path item.
 */
export function swaggerBodyProblem(
  root: Node,
  operation: Node,
  shared: readonly Parameter[],
  own: readonly Parameter[],
): string | undefined {
  const overridden = new Set(own.map((one) => `${one.in}\n${one.name}`));
  const all = [...shared.filter((one) => !overridden.has(`${one.in}\n${one.name}`)), ...own];
  const bodies = all.filter((one) => one.in === 'body').length;
  if (bodies > 1) return 'has more than one body parameter';
  const forms = all.some((one) => one.in === 'formData');
  if (bodies === 1 && forms) return 'has a body parameter and form parameters, which exclude each other';
  if (!all.some((one) => one.isFile && one.in === 'formData')) return undefined;
  const consumes = (operation.child('consumes') ?? root.child('consumes'))?.value;
  const types: readonly unknown[] = Array.isArray(consumes) ? consumes : [];
  if (types.some((type) => typeof type === 'string' && FORMS.test(type))) return undefined;
  return 'has a file parameter, but does not consume a form';
}

const FORMS = /^(?:multipart\/form-data|application\/x-www-form-urlencoded)\b/;
