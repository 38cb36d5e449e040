import { duration } from '../../../extension/values/quantity.ts';
import type { Node } from '../../../source/node.ts';
import { commentText } from '../yaml-text.ts';
import { entriesOf, type Findings, isUsable, textOf, textsOf } from './findings.ts';
import { type MappedRequest, readRequestParameters } from './read-request-parameters.ts';
import { type IntegrationResponse, readResponses } from './read-responses.ts';
import { readUpstream, type Upstream } from './upstream.ts';

/** What an integration says, in terms that a back end and facets are made of. */
export interface Integration {
  readonly at: Node;
  readonly upstream: Upstream;
  readonly request: MappedRequest;
  /** Undefined: what gwc does without a word. */
  readonly timeout: string | undefined;
  readonly responses: readonly IntegrationResponse[];
}

/** Types whose answers API Gateway passes on as they are. */
const PROXIES: ReadonlySet<string> = new Set(['http_proxy', 'aws_proxy']);

type Explain = (value: Node, type: string, method: string, findings: Findings) => string | undefined;
const said: Explain = () => undefined;

/** Every field of the extension: read elsewhere in this file (`said`), or the note that it leaves. */
const fields: { readonly [field: string]: Explain } = {
  type: said,
  uri: said,
  connectionType: said,
  connectionId: said,
  integrationTarget: said,
  integrationSubtype: said,
  tlsConfig: said,
  requestParameters: said,
  timeoutInMillis: said,
  responses: said,
  httpMethod: (value, type, method, findings) => {
    const written = textOf(value, 'a method', findings)?.toUpperCase();
    const isSame = written === undefined || written === method || /ANY$/.test(written) || method === 'ANY';
    return isSame || !type.startsWith('http')
      ? undefined
      : `The back end gets another method (httpMethod); gwc forwards ${method}.`;
  },
  requestTemplates: (_, type) =>
    type === 'http' || type === 'aws'
      ? 'A mapping template rewrites the body (requestTemplates); gwc forwards bodies as they are.'
      : undefined,
  passthroughBehavior: (value, type) =>
    type === 'http' && String(value.value).toLowerCase() !== 'when_no_match'
      ? 'Bodies of unmapped types are answered 415 (passthroughBehavior); gwc forwards them.'
      : undefined,
  contentHandling: (_, type) =>
    type === 'mock'
      ? undefined
      : 'Bodies change between text and binary (contentHandling); gwc forwards bytes.',
  credentials: () =>
    'API Gateway calls it with a role (credentials); gwc gives the gateway of its template the right to call functions.',
  cacheNamespace: () =>
    'A part of the cache has a name (cacheNamespace); gwc has one cache for each operation.',
  cacheKeyParameters: (value, _, __, findings) => {
    const keys = textsOf(value, 'a cache key parameter', findings).map(cacheKey);
    return `Whether and how long answers are cached is said by the stage, not the document; the key has ${commentText(keys.join(', '))}: cache: {ttl: …, key: [${commentText(keys.join(', '))}]}.`;
  },
  payloadFormatVersion: (value, type) =>
    type === 'aws_proxy' && String(value.value).startsWith('2')
      ? 'The function takes events of format 2.0; a REST API, which gwc builds by default, sends format 1.0.'
      : undefined,
  responseTransferMode: (value) =>
    String(value.value).toUpperCase() === 'STREAM'
      ? 'Answers are streamed (responseTransferMode).'
      : undefined,
};

/** Reads `x-amazon-apigateway-integration` of an operation; `method` is `ANY` for the catch-all of API Gateway. */
export function readIntegration(node: Node, method: string, findings: Findings): Integration {
  const type = String(node.child('type')?.value).toLowerCase();
  for (const [name, value] of entriesOf(node, 'an integration', findings)) {
    const explain = Object.hasOwn(fields, name) ? fields[name] : undefined;
    const text =
      explain === undefined
        ? `${commentText(name)} is no field of an integration that gwc knows.`
        : explain(value, type, method, findings);
    if (text !== undefined) findings.note(value, text);
  }
  const upstream = readUpstream(node, findings);
  const parameters = upstream.kind === 'none' ? undefined : node.child('requestParameters');
  return {
    at: node,
    upstream,
    request: readRequestParameters(parameters, findings),
    timeout: readTimeout(node.child('timeoutInMillis'), findings),
    responses: PROXIES.has(type) ? [] : readResponses(node.child('responses'), findings),
  };
}

/** API Gateway waits 29 seconds by default, and so does gwc. */
const DEFAULT = 29_000;

function readTimeout(node: Node | undefined, findings: Findings): string | undefined {
  const written = textOf(node, 'a number of milliseconds', findings);
  if (node === undefined || written === undefined) return undefined;
  const milliseconds = /^[0-9]{1,7}$/.test(written) ? Number(written) : 0;
  const text = milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`;
  if (!isUsable(duration({ min: '1ms', max: '1h' }), text, node.at)) {
    findings.misread(node, 'a number of milliseconds');
    return undefined;
  }
  return milliseconds === DEFAULT ? undefined : text;
}

/** `method.request.querystring.page` → `query.page`. */
function cacheKey(parameter: string): string {
  return parameter.replace(/^(?:method|integration)\.request\./, '').replace(/^querystring\./, 'query.');
}
