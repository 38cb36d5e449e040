import { readFileSync } from 'node:fs';
import { CORE_SCHEMA, load } from 'js-yaml';
import { corpus } from './manifest.ts';

export type Json = { readonly [key: string]: unknown };

/** Names of schemes with their scopes: all of them together. */
export type Requirement = Readonly<Record<string, readonly string[]>>;

export interface VendorScheme {
  readonly type: string;
  /** Of `http`: lower case. */
  readonly scheme: string | undefined;
  /** Of `apiKey`. */
  readonly place: { readonly in: string; readonly name: string } | undefined;
}

export interface VendorServer {
  readonly url: string;
  readonly variables: ReadonlyMap<string, string>;
}

export interface VendorOperation {
  /** `operationId`; undefined where there is none or another operation has the same. */
  readonly id: string | undefined;
  readonly method: string;
  /** The key of `paths`. */
  readonly template: string;
  readonly servers: readonly VendorServer[];
  /** Undefined where the vendor leaves it open. */
  readonly security: readonly Requirement[] | undefined;
  /** Schemas of path parameters by name. */
  readonly parameters: ReadonlyMap<string, Json>;
}

export interface VendorDocument {
  readonly swagger: boolean;
  readonly schemes: ReadonlyMap<string, VendorScheme>;
  readonly operations: readonly VendorOperation[];
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'];

/** A node with the file that it stands in. */
interface Placed {
  readonly value: Json;
  readonly base: URL;
}

/** A document of the corpus, read with nothing of gwc: js-yaml and the few rules of OpenAPI that apply. */
export function vendorDocument(file: string): VendorDocument {
  const files = new Map<string, Json>();
  const read = (url: URL): Json => {
    const known = files.get(url.href);
    if (known !== undefined) return known;
    const text = readFileSync(url, 'utf8').replace(/^\ufeff/, '');
    const value = url.pathname.endsWith('.json')
      ? (JSON.parse(text) as Json)
      : (load(text, { schema: CORE_SCHEMA, json: true }) as Json);
    files.set(url.href, value);
    return value;
  };
  const resolve = ({ value, base }: Placed): Placed => {
    const reference = value['$ref'];
    if (typeof reference !== 'string') return { value, base };
    const [path = '', pointer = ''] = reference.split('#');
    const url = path === '' ? base : new URL(path, base);
    const steps = pointer.split('/').slice(1).map(decodeURIComponent);
    const found = steps.reduce(
      (node, step) => node[step.replaceAll('~1', '/').replaceAll('~0', '~')] as Json,
      read(url),
    );
    return resolve({ value: found, base: url });
  };
  const base = new URL(file, corpus);
  const root = read(base);
  const operations = Object.entries((root['paths'] ?? {}) as Record<string, Json>).flatMap(
    ([template, item]) => operationsOf(template, resolve({ value: item, base }), root, resolve),
  );
  const ids = operations.map(({ id }) => id);
  return {
    swagger: root['swagger'] !== undefined,
    schemes: schemesOf({ value: root, base }, resolve),
    operations: operations.map((operation) => ({
      ...operation,
      id: ids.indexOf(operation.id) === ids.lastIndexOf(operation.id) ? operation.id : undefined,
    })),
  };
}

type Resolve = (placed: Placed) => Placed;

function operationsOf(
  template: string,
  item: Placed,
  root: Json,
  resolve: Resolve,
): readonly VendorOperation[] {
  return methods.flatMap((method) => {
    const written = item.value[method] as Json | undefined;
    if (written === undefined) return [];
    const operation = resolve({ value: written, base: item.base });
    const inPath = [item, operation]
      .flatMap(({ value, base }) =>
        ((value['parameters'] ?? []) as Json[]).map((one) => resolve({ value: one, base }).value),
      )
      .filter((one) => one['in'] === 'path');
    return [
      {
        id: operation.value['operationId'] as string | undefined,
        method: method.toUpperCase(),
        template,
        servers: serversOf(root, item.value, operation.value),
        security: (operation.value['security'] ?? root['security']) as readonly Requirement[] | undefined,
        parameters: new Map(inPath.map((one) => [String(one['name']), (one['schema'] ?? one) as Json])),
      },
    ];
  });
}

function serversOf(root: Json, item: Json, operation: Json): readonly VendorServer[] {
  if (root['swagger'] !== undefined) {
    const {
      host,
      basePath = '',
      schemes = ['https'],
    } = root as Record<string, string> & { schemes?: string[] };
    const path = basePath.replace(/\/$/, '');
    const variables = new Map<string, string>();
    if (host === undefined) return [{ url: path, variables }];
    return schemes.map((scheme) => ({ url: `${scheme}://${host}${path}`, variables }));
  }
  type Written = { readonly url: string; readonly variables?: Record<string, { readonly default: string }> };
  const lists = [operation, item, root].map((level) => (level['servers'] ?? []) as readonly Written[]);
  const chosen = lists.find((list) => list.length > 0) ?? [{ url: '/' }];
  return chosen.map(({ url, variables = {} }) => ({
    url: url.replace(/\/$/, ''),
    variables: new Map(Object.entries(variables).map(([name, variable]) => [name, variable.default])),
  }));
}

function schemesOf({ value, base }: Placed, resolve: Resolve): ReadonlyMap<string, VendorScheme> {
  const components = value['components'] as Json | undefined;
  const written = (components?.['securitySchemes'] ?? value['securityDefinitions'] ?? {}) as Record<
    string,
    Json
  >;
  return new Map(
    Object.entries(written).map(([name, one]) => {
      const scheme = resolve({ value: one, base }).value as Record<string, string>;
      const { type = '', in: place = '', name: field = '' } = scheme;
      return [
        name,
        {
          type,
          scheme: scheme['scheme']?.toLowerCase(),
          place: type === 'apiKey' ? { in: place, name: field } : undefined,
        },
      ];
    }),
  );
}
