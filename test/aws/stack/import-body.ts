import type { Authorizer, ConfiguredResponse, ResourceNode, RestApi } from './api.ts';
import { type Imported, importMethod } from './import-method.ts';
import {
  isRecord,
  type Json,
  type JsonRecord,
  listOf,
  optionalRecord,
  optionalText,
  recordOf,
  textMembers,
  textOf,
} from './json.ts';
import type { Place } from './resource-names.ts';

/** API Gateway Developer Guide, "x-amazon-apigateway-authorizer object": the default and the longest time to live. */
const defaultTtl = 300;

/** What of an API its resource in the template says. */
export interface ApiProperties {
  readonly id: string;
  readonly policy: JsonRecord | undefined;
  readonly keySource: string | undefined;
  readonly executeApiDisabled: boolean;
}

/**
 * What the import makes of a document (API Gateway Developer Guide, "Develop REST APIs using OpenAPI", and recordings of
 * imports). Throws where the import fails.
 */
export function importBody(body: JsonRecord, properties: ApiProperties, place: Place): RestApi {
  const document = recordOf(withVariables(body, place), 'the document');
  const version = textOf(document['openapi'], 'openapi');
  if (!version.startsWith('3.0.')) throw new Error(`invalid OpenAPI input: version ${version}`);
  const components = optionalRecord(document['components'], 'components');
  const schemes = optionalRecord(components['securitySchemes'], 'securitySchemes');
  const authorizers = new Map<string, Authorizer>();
  const keySchemes = new Set<string>();
  for (const [name, scheme] of Object.entries(schemes)) {
    const one = recordOf(scheme, `scheme ${name}`);
    const authorizer = one['x-amazon-apigateway-authorizer'];
    if (authorizer !== undefined)
      authorizers.set(name, importAuthorizer(name, recordOf(authorizer, name), one));
    else if (one['type'] === 'apiKey' && String(one['name']).toLowerCase() === 'x-api-key')
      keySchemes.add(name);
  }
  const root = node('/');
  const imported: Imported = { document, authorizers, keySchemes };
  for (const [path, item] of Object.entries(recordOf(document['paths'], 'paths')))
    addPath(root, path, recordOf(item, path), imported);
  const policy = document['x-amazon-apigateway-policy'];
  const keySource = document['x-amazon-apigateway-api-key-source'] ?? properties.keySource ?? 'HEADER';
  const responses = optionalRecord(document['x-amazon-apigateway-gateway-responses'], 'gateway responses');
  return {
    id: properties.id,
    root,
    authorizers,
    gatewayResponses: new Map(
      Object.entries(responses).map(([type, one]) => [type, importResponse(recordOf(one, type), type)]),
    ),
    models: new Map(
      Object.entries(optionalRecord(components['schemas'], 'schemas')).flatMap(([name, schema]) =>
        schema === undefined ? [] : [[name, schema] as const],
      ),
    ),
    policy: policy === undefined ? properties.policy : recordOf(policy, 'policy'),
    keySource: keySource === 'AUTHORIZER' ? 'AUTHORIZER' : 'HEADER',
    executeApiDisabled: properties.executeApiDisabled,
  };
}

const httpMethods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'];

function addPath(root: ResourceNode, path: string, item: JsonRecord, imported: Imported): void {
  const at = path === '/' ? root : path.slice(1).split('/').reduce(child, root);
  for (const [key, operation] of Object.entries(item)) {
    const method = key === 'x-amazon-apigateway-any-method' ? 'ANY' : key.toUpperCase();
    if (method !== 'ANY' && !httpMethods.includes(key)) continue;
    at.methods.set(method, importMethod(method, at.path, recordOf(operation, `${key} ${path}`), imported));
  }
}

/** The node of a segment; siblings may have one variable only, of one name (importing a second one fails). */
function child(parent: ResourceNode, segment: string): ResourceNode {
  const path = parent.path === '/' ? `/${segment}` : `${parent.path}/${segment}`;
  const [, name, plus] = /^\{([^{}+]+)(\+?)\}$/.exec(segment) ?? [];
  if (name === undefined) {
    if (/[{}]/.test(segment)) throw new Error(`${path}: a variable must be a whole segment`);
    const known = parent.literals.get(segment) ?? node(path);
    parent.literals.set(segment, known);
    return known;
  }
  const place = plus === '+' ? 'greedy' : 'variable';
  const known = parent[place];
  if (known !== undefined && known.name !== name)
    throw new Error(`${path}: a sibling variable is called ${known.name}, only one is allowed`);
  const made = known ?? { name, node: node(path) };
  parent[place] = made;
  return made.node;
}

const node = (path: string): ResourceNode => ({
  path,
  literals: new Map(),
  variable: undefined,
  greedy: undefined,
  methods: new Map(),
});

function importAuthorizer(name: string, value: JsonRecord, scheme: JsonRecord): Authorizer {
  const type = textOf(value['type'], `${name}.type`);
  if (type !== 'request' && type !== 'token' && type !== 'cognito_user_pools')
    throw new Error(`${name}: no authorizer of type ${type}`);
  const header = `method.request.header.${String(scheme['name'])}`;
  const sources = type === 'request' ? optionalText(value['identitySource'], name) : header;
  const ttl = value['authorizerResultTtlInSeconds'] ?? defaultTtl;
  if (typeof ttl !== 'number' || ttl < 0 || ttl > 3600) throw new Error(`${name}: a time to live of ${ttl}`);
  const uri = optionalText(value['authorizerUri'], name);
  return {
    name,
    type,
    functionArn: uri === undefined ? undefined : functionArn(uri),
    identitySources: (sources ?? '').split(',').flatMap((one) => (one.trim() === '' ? [] : [one.trim()])),
    ttlSeconds: ttl,
  };
}

/** The function in `arn:…:apigateway:<region>:lambda:path/2015-03-31/functions/<ARN>/invocations`. */
export function functionArn(uri: string): string {
  const arn = /:lambda:path\/2015-03-31\/functions\/(arn:[^/]+)\/invocations$/.exec(uri)?.[1];
  if (arn === undefined) throw new Error(`no function stands in ${uri}`);
  return arn;
}

function importResponse(value: JsonRecord, type: string): ConfiguredResponse {
  const status = value['statusCode'];
  return {
    statusCode: status === undefined ? undefined : String(status),
    responseParameters: textMembers(value['responseParameters'], type),
    responseTemplates: textMembers(value['responseTemplates'], type),
  };
}

/** Import variables (API Gateway Developer Guide, "AWS variables for OpenAPI import"). */
function withVariables(value: Json, place: Place): Json {
  const variables: Readonly<Record<string, string>> = {
    Region: place.region,
    AccountId: place.account,
    Partition: place.partition,
  };
  if (typeof value === 'string')
    return value.replace(/\$\{AWS::(\w+)\}/g, (whole, name: string) => variables[name] ?? whole);
  if (Array.isArray(value)) return listOf(value, '').map((one) => withVariables(one, place));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, one === undefined ? one : withVariables(one, place)]),
  );
}
