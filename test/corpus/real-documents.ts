import { readFileSync } from 'node:fs';
import { CORE_SCHEMA, load } from 'js-yaml';
import { corpus } from './manifest.ts';

export { corpus, hasCorpus } from './manifest.ts';

/** What one server of a document becomes behind the gateway; written by hand, beside the overlay that does it. */
export interface Placement {
  /** `servers[].url` as the vendor wrote it. */
  readonly server: string;
  readonly host: string;
  /** Base path of the front door. */
  readonly base: string;
  readonly backend: string;
  /** Base path of the back end. */
  readonly upstream: string;
}

/** A real document that is built and run with a small overlay of fixtures/corpus. */
export interface RealDocument {
  readonly name: string;
  /** Below the corpus. */
  readonly file: string;
  readonly placements: readonly Placement[];
  readonly token: { readonly issuer: string; readonly audience: string } | undefined;
  /** Operations that the overlay makes public. */
  readonly open?: readonly string[];
  /** Templates whose parameters carry encoded slashes, or (greedy) slashes. */
  readonly encodedSlash?: readonly string[];
  readonly greedy?: readonly string[];
  readonly operations: number;
}

const images = ['json', 'attestations', 'history', 'push', 'tag', 'get'].map(
  (end) => `/images/{name}/${end}`,
);
const plugins = ['/json', '/enable', '/disable', '/upgrade', '/push', '/set', ''].map(
  (end) => `/plugins/{name}${end}`,
);
const uploads = { host: 'upload.localhost', base: '/api/2.0', backend: 'upload', upstream: '/upload' };
const account = { backend: 'account', upstream: '' };
const content = { backend: 'content', upstream: '/content/2.0' };

export const realDocuments: readonly RealDocument[] = [
  {
    name: 'museum',
    file: 'museum/openapi.yaml',
    operations: 8,
    placements: [
      {
        server: 'https://redocly.com/_mock/docs/openapi/museum-api',
        host: 'localhost',
        base: '/museum',
        backend: 'museum',
        upstream: '/api',
      },
    ],
    token: { issuer: 'https://id.museum.test/', audience: 'museum' },
    open: ['getMuseumHours'],
  },
  {
    name: 'box',
    file: 'box/openapi.json',
    operations: 296,
    placements: [
      { server: 'https://api.box.com/2.0', host: 'localhost', base: '/2.0', ...content },
      {
        server: 'https://account.box.com/api/oauth2',
        host: 'account.localhost',
        base: '/api/oauth2',
        ...account,
      },
      { server: 'https://api.box.com', host: 'localhost', base: '', ...account },
      { server: 'https://upload.box.com/api/2.0', ...uploads },
      { server: 'https://{box-upload-server}/api/2.0', ...uploads },
      { server: 'https://dl.boxcloud.com/2.0', host: 'dl.localhost', base: '/2.0', ...content },
    ],
    token: { issuer: 'https://api.box.test/', audience: 'box' },
  },
  {
    name: 'xero',
    file: 'xero/xero_accounting.yaml',
    operations: 235,
    placements: [
      {
        server: 'https://api.xero.com/api.xro/2.0',
        host: 'localhost',
        base: '/api.xro/2.0',
        backend: 'accounting',
        upstream: '/internal/accounting',
      },
    ],
    token: { issuer: 'https://identity.xero.test', audience: 'https://api.xero.test' },
  },
  {
    name: 'docker-engine',
    file: 'docker-engine/swagger.yaml',
    operations: 108,
    placements: [
      { server: '', host: 'localhost', base: '/v1.56', backend: 'engine', upstream: '/engine/v1' },
    ],
    token: undefined,
    encodedSlash: [...images, ...plugins, '/distribution/{name}/json'],
    greedy: ['/images/{name}'],
  },
];

export const textOf = (document: RealDocument): string =>
  readFileSync(new URL(document.file, corpus), 'utf8');

export const overlayOf = (document: RealDocument): string =>
  readFileSync(new URL(`../../fixtures/corpus/${document.name}.overlay.yaml`, import.meta.url), 'utf8');

type Json = { readonly [key: string]: unknown };

export interface VendorOperation {
  readonly id: string;
  readonly method: string;
  /** The key of `paths`. */
  readonly template: string;
  /** URL of the first server that applies. */
  readonly server: string;
  /** Scopes of the only scheme; undefined when public. */
  readonly scopes: readonly string[] | undefined;
  readonly parameters: ReadonlyMap<string, Json>;
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** The operations of a vendor's document, read with nothing of gwc: js-yaml and the few rules of OpenAPI that apply. */
export function vendorOperations(document: RealDocument): readonly VendorOperation[] {
  const root = load(textOf(document), { schema: CORE_SCHEMA, json: true }) as Json;
  const resolve = (value: Json): Json => {
    const pointer = value['$ref'];
    if (typeof pointer !== 'string') return value;
    return pointer
      .slice(2)
      .split('/')
      .reduce((node, step) => node[step.replaceAll('~1', '/').replaceAll('~0', '~')] as Json, root);
  };
  const firstServer = (level: Json): string | undefined =>
    (level['servers'] as readonly { url: string }[] | undefined)?.[0]?.url;
  return Object.entries(root['paths'] as Record<string, Json>).flatMap(([template, item]) =>
    methods.flatMap((method) => {
      const operation = item[method] as Json | undefined;
      if (operation === undefined) return [];
      const security = (operation['security'] ?? root['security'] ?? []) as readonly Json[];
      const [scheme] = security;
      const written = [
        ...((item['parameters'] ?? []) as Json[]),
        ...((operation['parameters'] ?? []) as Json[]),
      ];
      const inPath = written.map(resolve).filter((one) => one['in'] === 'path');
      return [
        {
          id: String(operation['operationId']),
          method: method.toUpperCase(),
          template,
          server: firstServer(operation) ?? firstServer(item) ?? firstServer(root) ?? '',
          scopes: scheme === undefined ? undefined : (Object.values(scheme)[0] as readonly string[]),
          parameters: new Map(inPath.map((one) => [String(one['name']), (one['schema'] ?? one) as Json])),
        },
      ];
    }),
  );
}
