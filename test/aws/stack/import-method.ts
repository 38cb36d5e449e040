import type { Authorization, Authorizer, Method } from './api.ts';
import { importIntegration } from './import-integration.ts';
import {
  isRecord,
  type Json,
  type JsonRecord,
  listOf,
  optionalRecord,
  optionalText,
  recordOf,
  textOf,
} from './json.ts';

/** What the methods of one document have in common. */
export interface Imported {
  readonly document: JsonRecord;
  readonly authorizers: ReadonlyMap<string, Authorizer>;
  /** Names of schemes of `type: apiKey` named `x-api-key` without an authorizer: keys of usage plans (recorded). */
  readonly keySchemes: ReadonlySet<string>;
}

/** One operation of a path (`ANY` for `x-amazon-apigateway-any-method`). */
export function importMethod(
  httpMethod: string,
  resourcePath: string,
  operation: JsonRecord,
  imported: Imported,
): Method {
  const where = `${httpMethod} ${resourcePath}`;
  const integration = recordOf(operation['x-amazon-apigateway-integration'], `the integration of ${where}`);
  const { authorization, apiKeyRequired } = importSecurity(operation, imported, where);
  const validator = validatorOf(operation, imported.document, where);
  return {
    httpMethod,
    resourcePath,
    operationName: optionalText(operation['operationId'], where),
    authorization,
    apiKeyRequired,
    requestParameters: importParameters(operation, resourcePath, where),
    validatesBody: validator['validateRequestBody'] === true,
    validatesParameters: validator['validateRequestParameters'] === true,
    requestModels: importRequestModels(operation, imported.document, where),
    integration: importIntegration(integration, where),
    responses: importResponses(operation, where),
  };
}

/**
 * The root's `security` applies to operations without one, and of several alternatives the first with an authorizer
 * counts (recorded for the first; assumed for the second, which never makes a method more open than its document).
 */
function importSecurity(
  operation: JsonRecord,
  { authorizers, document, keySchemes }: Imported,
  where: string,
): Pick<Method, 'authorization' | 'apiKeyRequired'> {
  const auth = operation['x-amazon-apigateway-auth'];
  const iam = isRecord(auth) && auth['type'] === 'AWS_IAM';
  const written = operation['security'] ?? document['security'] ?? [];
  const requirements = listOf(written, `security of ${where}`).flatMap((one) =>
    Object.entries(recordOf(one, `security of ${where}`)),
  );
  const apiKeyRequired = requirements.some(([name]) => keySchemes.has(name));
  if (iam) return { authorization: { kind: 'AWS_IAM' }, apiKeyRequired };
  for (const [name, scopes] of requirements) {
    const authorizer = authorizers.get(name);
    if (authorizer === undefined) continue;
    return { authorization: authorizationBy(authorizer, scopes), apiKeyRequired };
  }
  return { authorization: { kind: 'NONE' }, apiKeyRequired };
}

const authorizationBy = ({ name, type }: Authorizer, scopes: Json | undefined): Authorization =>
  type === 'cognito_user_pools'
    ? { kind: 'COGNITO', authorizer: name, scopes: listOf(scopes ?? [], name).map(String) }
    : { kind: 'CUSTOM', authorizer: name };

/** The last segment's variable need not be declared: API Gateway adds it (recorded). */
function importParameters(operation: JsonRecord, resourcePath: string, where: string): Map<string, boolean> {
  const places: Readonly<Record<string, string>> = { path: 'path', query: 'querystring', header: 'header' };
  const declared = new Map<string, boolean>();
  const last = /\{([^{}]+?)\+?\}$/.exec(resourcePath)?.[1];
  if (last !== undefined) declared.set(`method.request.path.${last}`, true);
  for (const parameter of listOf(operation['parameters'] ?? [], where)) {
    const { in: place, name, required } = recordOf(parameter, `a parameter of ${where}`);
    const known = places[textOf(place, where)];
    if (known !== undefined)
      declared.set(`method.request.${known}.${textOf(name, where)}`, required === true);
  }
  return declared;
}

function validatorOf(operation: JsonRecord, document: JsonRecord, where: string): JsonRecord {
  const key = 'x-amazon-apigateway-request-validator';
  const name = optionalText(operation[key] ?? document[key], where);
  if (name === undefined) return {};
  const validators = optionalRecord(document['x-amazon-apigateway-request-validators'], where);
  return recordOf(validators[name], `the validator ${name} of ${where}`);
}

function importRequestModels(operation: JsonRecord, document: JsonRecord, where: string): Map<string, Json> {
  const body = operation['requestBody'];
  if (body === undefined) return new Map();
  const content = optionalRecord(recordOf(body, where)['content'], where);
  return new Map(
    Object.entries(content).flatMap(([type, media]): [string, Json][] => {
      const schema = recordOf(media, where)['schema'];
      return schema === undefined ? [] : [[type, withComponents(schema, document)]];
    }),
  );
}

/** A schema with the components that its references name. */
function withComponents(schema: Json, document: JsonRecord): Json {
  const components = optionalRecord(document['components'], 'components');
  return isRecord(schema) ? { ...schema, components: { schemas: components['schemas'] ?? {} } } : schema;
}

function importResponses(operation: JsonRecord, where: string): Map<string, ReadonlySet<string>> {
  return new Map(
    Object.entries(optionalRecord(operation['responses'], where)).map(([status, response]) => {
      const headers = optionalRecord(recordOf(response, where)['headers'], where);
      return [status, new Set(Object.keys(headers).map((name) => name.toLowerCase()))];
    }),
  );
}
