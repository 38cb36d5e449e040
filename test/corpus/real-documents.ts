import { existsSync, readFileSync } from 'node:fs';
import { CORE_SCHEMA, load } from 'js-yaml';

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
  /** The template's back end where it is not that of its server. */
  readonly backendOf?: Readonly<Record<string, string>>;
  /** Operations that the overlay makes public. */
  readonly open?: readonly string[];
  /** Templates whose parameters carry encoded slashes, or (greedy) slashes. */
  readonly encodedSlash?: readonly string[];
  readonly greedy?: readonly string[];
  readonly operations: number;
}

const engine = '/engine/v1';
const images = ['json', 'attestations', 'history', 'push', 'tag', 'get'].map(
  (end) => `/images/{name}/${end}`,
);
const plugins = ['/json', '/enable', '/disable', '/upgrade', '/push', '/set', ''].map(
  (end) => `/plugins/{name}${end}`,
);
const account = { backend: 'account', upstream: '' };

export const realDocuments: readonly RealDocument[] = [
  {
    name: 'museum',
    file: 'museum/openapi.yaml',
    placements: [
      {
        ...{
          server: 'https://redocly.com/_mock/docs/openapi/museum-api',
          host: 'localhost',
          base: '/museum',
        },
        ...{ backend: 'museum', upstream: '/api' },
      },
    ],
    token: { issuer: 'https://id.museum.test/', audience: 'museum' },
    open: ['getMuseumHours'],
    operations: 8,
  },
  {
    name: 'box',
    file: 'box/openapi.json',
    placements: [
      {
        ...{ server: 'https://api.box.com/2.0', host: 'localhost', base: '/2.0' },
        ...{ backend: 'content', upstream: '/content/2.0' },
      },
      {
        ...{ server: 'https://account.box.com/api/oauth2', host: 'account.localhost', base: '/api/oauth2' },
        ...account,
      },
      { ...{ server: 'https://api.box.com', host: 'localhost', base: '' }, ...account },
      ...['https://upload.box.com/api/2.0', 'https://{box-upload-server}/api/2.0'].map((server) => ({
        ...{ server, host: 'upload.localhost', base: '/api/2.0', backend: 'upload', upstream: '/upload' },
      })),
      {
        ...{ server: 'https://dl.boxcloud.com/2.0', host: 'dl.localhost', base: '/2.0' },
        ...{ backend: 'content', upstream: '/content/2.0' },
      },
    ],
    token: { issuer: 'https://api.box.test/', audience: 'box' },
    operations: 296,
  },
  {
    name: 'xero',
    file: 'xero/xero_accounting.yaml',
    placements: [
      {
        ...{ server: 'https://api.xero.com/api.xro/2.0', host: 'localhost', base: '/api.xro/2.0' },
        ...{ backend: 'accounting', upstream: '/internal/accounting' },
      },
    ],
    token: { issuer: 'https://identity.xero.test', audience: 'https://api.xero.test' },
    operations: 235,
  },
  {
    name: 'docker-engine',
    file: 'docker-engine/swagger.yaml',
    placements: [{ server: '', host: 'localhost', base: '/v1.56', backend: 'engine', upstream: engine }],
    token: undefined,
    encodedSlash: [...images, ...plugins, '/distribution/{name}/json'],
    greedy: ['/images/{name}'],
    operations: 108,
  },
];

export const corpus = new URL('../../../shared/corpus/', import.meta.url);
export const hasCorpus = existsSync(corpus);

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
