import { isRecord, type Json, type JsonRecord, listOf } from '../stack/json.ts';

/** One rule of the importer or of the gateway that no schema can say: sentences about a document. */
type Rule = (document: JsonRecord) => readonly string[];

interface Method {
  readonly where: string;
  readonly path: string;
  readonly operation: JsonRecord;
  readonly integration: JsonRecord;
}

/** Whole-segment variables and the alphabet of literal segments (recorded from import errors; DG, "important notes"). */
const segment = /^(?:[A-Za-z0-9_\-.,:]+|\{[A-Za-z0-9._$-]+\+?\})$/;

/** Nodes of the tree of resources of one API (API Gateway Developer Guide, "Quotas"). */
const mostResources = 300;

export const bodyRules: readonly Rule[] = [
  (document) =>
    pathsOf(document).flatMap((path) => {
      const segments = path.slice(1).split('/');
      if (path === '/') return [];
      const bad = segments
        .filter((one) => !segment.test(one))
        .map((one) => `${path}: no segment may be "${one}"`);
      const early = segments.slice(0, -1).filter((one) => one.endsWith('+}'));
      const reserved = ['/ping', '/sping'].includes(path) ? [`${path} is kept for checks of health`] : [];
      return [...bad, ...early.map((one) => `${path}: ${one} is greedy and not the last`), ...reserved];
    }),
  (document) => {
    const named = new Map<string, string>();
    return nodesOf(document).flatMap((node) => {
      const at = node.lastIndexOf('/');
      const [parent, last] = [node.slice(0, at), node.slice(at + 1)];
      if (!last.startsWith('{')) return [];
      const key = `${parent}/${last.endsWith('+}') ? 'greedy' : 'variable'}`;
      const other = named.get(key);
      named.set(key, last);
      return other === undefined || other === last ? [] : [`${node}: its sibling is called ${other}`];
    });
  },
  (document) => {
    const count = nodesOf(document).length + 1;
    return count > mostResources ? [`${count} resources, of which there may be ${mostResources}`] : [];
  },
  (document) => {
    const schemas = record(record(document['components'])['schemas']);
    return Object.keys(schemas).flatMap((name) =>
      /^[A-Za-z0-9]+$/.test(name) ? [] : [`no model may be called ${name}`],
    );
  },
  (document) => {
    const ids = methodsOf(document).flatMap(({ operation }) => operation['operationId'] ?? []);
    return ids
      .filter((id, at) => ids.indexOf(id) !== at)
      .map((id) => `two operations are called ${String(id)}`);
  },
  (document) => methodsOf(document).flatMap(undeclaredParameters),
  (document) => methodsOf(document).flatMap(unfilledVariables),
  (document) => methodsOf(document).flatMap(undeclaredAnswers),
  (document) => methodsOf(document).flatMap((method) => wrongSecurity(method, document)),
  (document) => methodsOf(document).flatMap((method) => unknownValidator(method, document)),
  (document) => unknownReferences(document, document),
];

function pathsOf(document: JsonRecord): readonly string[] {
  return Object.keys(record(document['paths']));
}

/** Every resource below the root, also those that only lead to others. */
function nodesOf(document: JsonRecord): readonly string[] {
  const nodes = pathsOf(document).flatMap((path) => {
    const segments = path === '/' ? [] : path.slice(1).split('/');
    return segments.map((_, at) => `/${segments.slice(0, at + 1).join('/')}`);
  });
  return [...new Set(nodes)];
}

function methodsOf(document: JsonRecord): readonly Method[] {
  return Object.entries(record(document['paths'])).flatMap(([path, item]) =>
    Object.entries(record(item)).map(([method, operation]) => ({
      where: `${method} ${path}`,
      path,
      operation: record(operation),
      integration: record(record(operation)['x-amazon-apigateway-integration']),
    })),
  );
}

/** What mappings and keys of the cache name must be declared, and so must the variables of the path. */
function undeclaredParameters({ integration, operation, path, where }: Method): readonly string[] {
  const places: Readonly<Record<string, string>> = { path: 'path', query: 'querystring', header: 'header' };
  const parameters = list(operation['parameters']).map(record);
  const declared = new Set(
    parameters.map((one) => `method.request.${places[String(one['in'])]}.${String(one['name'])}`),
  );
  const used = [
    ...Object.values(record(integration['requestParameters'])).map(String),
    ...list(integration['cacheKeyParameters']).map(String),
  ].filter((one) => /^method\.request\.(?:path|querystring|header)\./.test(one));
  const variables = [...path.matchAll(/\{([^{}]+?)\+?\}/g)].map(([, name = '']) => name);
  const foreign = parameters.filter(
    (one) => one['in'] === 'path' && !variables.includes(String(one['name'])),
  );
  return [
    ...used.filter((one) => !declared.has(one)).map((one) => `${where}: ${one} is not declared`),
    ...foreign.map((one) => `${where}: the path has no variable ${String(one['name'])}`),
  ];
}

/** Variables of a URI must be mapped; a mapping into a path must have its variable. */
function unfilledVariables({ integration, where }: Method): readonly string[] {
  const uri = String(integration['uri'] ?? '').replaceAll(/\$\{[^}]*\}/g, '');
  const variables = [...uri.matchAll(/\{([^{}]+?)\}/g)].map(([, name = '']) => name);
  const mapped = Object.keys(record(integration['requestParameters'])).flatMap(
    (key) => /^integration\.request\.path\.(.+)$/.exec(key)?.[1] ?? [],
  );
  if (!String(integration['type']).startsWith('http')) return [];
  return [
    ...variables
      .filter((one) => !mapped.includes(one))
      .map((one) => `${where}: {${one}} of the URI has no value`),
    ...mapped.filter((one) => !variables.includes(one)).map((one) => `${where}: the URI has no {${one}}`),
  ];
}

/** An answer of a mock must be one of the method's, with its headers; a mock needs templates on both sides. */
function undeclaredAnswers({ integration, operation, where }: Method): readonly string[] {
  if (integration['type'] !== 'mock') return [];
  const responses = Object.values(record(integration['responses'])).map(record);
  const templates = Object.values(record(integration['requestTemplates'])).map(String);
  const wrong = templates.some((one) => !/"statusCode":\s*\d{3}/.test(one)) || templates.length === 0;
  return [
    ...(responses.length === 0 ? [`${where}: the mock has no answer`] : []),
    ...(wrong ? [`${where}: a template of the mock has no status`] : []),
    ...responses.flatMap((response) => {
      const status = String(response['statusCode']);
      const declared = record(operation['responses'])[status];
      if (declared === undefined) return [`${where}: ${status} is not declared`];
      const headers = Object.keys(record(record(declared)['headers'])).map((one) => one.toLowerCase());
      return Object.keys(record(response['responseParameters']))
        .map((key) => key.replace('method.response.header.', ''))
        .filter((name) => !headers.includes(name.toLowerCase()))
        .map((name) => `${where}: the header ${name} of ${status} is not declared`);
    }),
  ];
}

/** One alternative of known schemes: of several API Gateway takes one, which is less than the document says. */
function wrongSecurity({ operation, where }: Method, document: JsonRecord): readonly string[] {
  const schemes = record(record(document['components'])['securitySchemes']);
  const alternatives = list(operation['security']).map(record);
  const names = alternatives.flatMap((one) => Object.keys(one));
  const authorizers = names.filter(
    (one) => record(schemes[one])['x-amazon-apigateway-authorizer'] !== undefined,
  );
  const iam = record(operation['x-amazon-apigateway-auth'])['type'] === 'AWS_IAM';
  return [
    ...(alternatives.length > 1 ? [`${where}: one of several alternatives is all that is checked`] : []),
    ...(authorizers.length > 1 ? [`${where}: one of several authorizers is all that is asked`] : []),
    ...names.filter((one) => schemes[one] === undefined).map((one) => `${where}: no scheme ${one}`),
    ...(iam && authorizers.length > 0 ? [`${where}: an authorizer and IAM`] : []),
  ];
}

function unknownValidator({ operation, where }: Method, document: JsonRecord): readonly string[] {
  const name = operation['x-amazon-apigateway-request-validator'];
  const known = record(document['x-amazon-apigateway-request-validators']);
  return name === undefined || known[String(name)] !== undefined
    ? []
    : [`${where}: no validator ${String(name)}`];
}

function unknownReferences(value: Json | undefined, document: JsonRecord): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((one) => unknownReferences(one, document));
  if (!isRecord(value)) return [];
  const reference = value['$ref'];
  const name = /^#\/components\/schemas\/(.+)$/.exec(String(reference))?.[1];
  const known = record(record(document['components'])['schemas']);
  const unknown = typeof reference === 'string' && (name === undefined || known[name] === undefined);
  return [
    ...(unknown ? [`nothing is at ${reference}`] : []),
    ...Object.values(value).flatMap((one) => unknownReferences(one, document)),
  ];
}

const record = (value: unknown): JsonRecord => (isRecord(value) ? value : {});
const list = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? listOf(value, 'a list') : [];
