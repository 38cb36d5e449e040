import type { ApiDocument } from '../../../openapi/document.ts';
import { readBraces } from '../../../openapi/template.ts';
import { type Entry, field, flowEntries, nested } from '../draft-entry.ts';
import { commentText, pathText } from '../yaml-text.ts';
import type { ImportedOperation, ImportedPath } from './imported-operation.ts';
import type { Alternatives } from './security-change.ts';

/** HEAD is served wherever GET is declared, and OPTIONS is answered by `cors`. */
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

interface Input {
  readonly api: ApiDocument;
  readonly paths: readonly ImportedPath[];
  readonly facetsOf: (operation: ImportedOperation) => readonly Entry[];
  /** What is asked of callers; undefined where nobody decided. */
  readonly effectiveOf: (operation: ImportedOperation) => Alternatives | undefined;
}

/**
 * The decision about catch-alls: `x-amazon-apigateway-any-method` is every method, OpenAPI knows single ones, and gwc
 * serves what is declared. The lines declare the methods one by one, each to be uncommented.
 */
export function anyMethodDecision({
  api,
  paths,
  facetsOf,
  effectiveOf,
}: Input): readonly (readonly string[])[] {
  const catchAlls = paths.filter(({ any, item }) => any !== undefined && item.at.file === api.file);
  const elsewhere = paths.filter(({ any, item }) => any !== undefined && item.at.file !== api.file);
  if (catchAlls.length + elsewhere.length === 0) return [];
  return [
    [
      'DECIDE which methods these take. API Gateway forwards every method (x-amazon-apigateway-any-method); gwc serves',
      'the methods that are declared. Uncomment the actions of those that the back end takes:',
      ...catchAlls.flatMap((path) => declarations(path, api, facetsOf, effectiveOf)),
      ...elsewhere.map(
        ({ item, path }) => `${commentText(path.template)}: declare them in ${commentText(item.at.file)}`,
      ),
    ],
  ];
}

function declarations(
  { path, item, any, operations }: ImportedPath,
  api: ApiDocument,
  facetsOf: Input['facetsOf'],
  effectiveOf: Input['effectiveOf'],
): readonly string[] {
  if (any === undefined) return [];
  const facets = facetsOf(any);
  const security = effectiveOf(any);
  const isDefault = path.template === '/$default';
  const template = isDefault ? '/{path+}' : path.template;
  const declared = new Set(operations.map(({ method }) => method));
  const operation = [
    ...parameterFields(template, api),
    ...(security === undefined ? [] : [field('security', security)]),
    field('responses', { default: { description: 'what the back end answers' } }),
    ...(facets.length === 0 ? [] : [nested('x-gateway', facets)]),
  ];
  const undecided = security === undefined ? '   (nobody says who may call it: add security)' : '';
  return [
    `ANY ${commentText(path.template)}${undecided}`,
    ...METHODS.filter((method) => !declared.has(method)).flatMap((method) => {
      const one = [nested(method.toLowerCase(), operation)];
      const [target, update] = isDefault ? ['/paths', [nested(template, one)]] : [item.at.pointer, one];
      return [`- target: ${pathText(target)}`, `  update: ${flowEntries(update)}`];
    }),
  ];
}

/** Parameters of the path: OpenAPI wants each of them declared, API Gateway does not. */
function parameterFields(template: string, { openapi }: ApiDocument): readonly Entry[] {
  const names = readBraces(template).parameters.map((name) => name.replace(/\+$/, ''));
  if (names.length === 0) return [];
  const type = openapi === '2.0' ? { type: 'string' } : { schema: { type: 'string' } };
  return [
    field(
      'parameters',
      names.map((name) => ({ name, in: 'path', required: true, ...type })),
    ),
  ];
}

/** Names of security schemes that only catch-alls use: their authenticators are needed as soon as methods are declared. */
export function schemesOfCatchAlls({
  paths,
  effectiveOf,
}: Pick<Input, 'paths' | 'effectiveOf'>): ReadonlySet<string> {
  return new Set(
    paths.flatMap(({ any }) =>
      any === undefined ? [] : (effectiveOf(any) ?? []).flatMap((one) => Object.keys(one)),
    ),
  );
}
