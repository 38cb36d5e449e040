import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CORE_SCHEMA, load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { init } from '../../src/commands/init/init.ts';
import { loadGateway } from '../../src/commands/load.ts';
import { blanksOf, fillBlanks, takeDecisions } from './filled-draft.ts';
import { recordedTerminal } from './in-process.ts';
import { gwc, workFolder, write } from './program.ts';

/**
 * Documents as they are exported from API Gateway or written for it, each with the draft that an import makes of it.
 * `UPDATE=1` writes the drafts that are made now; it is refused in CI.
 */
const fixtures = new URL('../../fixtures/import-aws/', import.meta.url).pathname;
const update = process.env['UPDATE'] === '1';
const cases = readdirSync(fixtures).sort();

const documentOf = (name: string): string =>
  ['openapi.yaml', 'openapi.json'].map((file) => join(fixtures, name, file)).find(existsSync) ?? '';

async function draftOf(document: string): Promise<string> {
  const { terminal, out } = recordedTerminal();
  await init(document, { stdout: true, from: 'aws' }, terminal);
  return out();
}

/** The language has the field, and this version cannot build it yet. */
const LATER = 'XGW002';

describe.each(cases)('an import of %s', (name) => {
  test('gives exactly the expected draft, every time', async () => {
    expect(update && process.env['CI'] !== undefined, 'expectations are not rewritten in CI').toBe(false);
    const expected = join(fixtures, name, 'expected.overlay.yaml');
    const draft = await draftOf(documentOf(name));
    if (update) writeFileSync(expected, draft);
    expect(draft).toBe(readFileSync(expected, 'utf8'));
    expect(await draftOf(documentOf(name))).toBe(draft);
  });

  test('has an error of a build for each blank, at its line', async () => {
    const draft = await draftOf(documentOf(name));
    const { diagnostics, locate } = await build(documentOf(name), draft);
    const lines = draft.split('\n');
    const blanks = lines.flatMap((line, index) => (line.includes('# FILL IN') ? [index + 1] : []));
    const nothing = diagnostics.filter(({ message }) => message.includes(' is nothing'));
    expect(nothing.map(locate).sort((a, b) => a - b)).toEqual(blanks);
  });

  test('is a gateway once its blanks are filled in and its decisions are taken', async () => {
    const draft = await draftOf(documentOf(name));
    const scheme = /\n {8}authenticators:\n(?: *#.*\n)*? {10}("?[\w.-]+"?):/.exec(draft)?.[1] ?? '';
    const { diagnostics, gateway } = await build(documentOf(name), takeDecisions(fillBlanks(draft), scheme));
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors.filter(({ code }) => code !== LATER)).toEqual([]);
    expect(gateway === undefined).toBe(errors.length > 0);
  });
});

const folder = workFolder();

async function build(document: string, overlayText: string) {
  const overlay = join(folder, 'draft.yaml');
  writeFileSync(overlay, overlayText.replace(/^extends: /m, '# of '));
  const server = 'https://api.example.com';
  const loaded = await loadGateway([document], { format: 'pretty', overlay: [overlay], root: '/', server });
  const locate = ({ at }: (typeof loaded.diagnostics)[number]): number =>
    at === undefined ? 0 : (loaded.documents.locate(at)?.line ?? 0);
  return { ...loaded, locate };
}

type Tree = { readonly [key: string]: Tree };
const parse = (text: string): Tree => load(text, { schema: CORE_SCHEMA }) as Tree;

/** What the draft for a document of one operation, with some more fields, says. */
async function importOf(parts: {
  readonly operation?: object;
  readonly root?: object;
  readonly schemes?: object;
  readonly path?: string;
  readonly item?: object;
}) {
  const document = {
    openapi: '3.0.1',
    info: { title: 'x', version: '1' },
    servers: [{ url: 'https://api.example.com' }],
    paths: {
      [parts.path ?? '/a']: {
        ...(parts.operation === undefined ? {} : { get: { responses: {}, ...parts.operation } }),
        ...parts.item,
      },
    },
    components: { securitySchemes: parts.schemes ?? {} },
    ...parts.root,
  };
  const cwd = write(workFolder(), { 'openapi.json': JSON.stringify(document, null, 1) });
  const { terminal, out, err } = recordedTerminal();
  const code = await init(join(cwd, 'openapi.json'), { stdout: true, from: 'aws' }, terminal);
  const actions = parse(out())['actions'] as unknown as readonly Tree[];
  const own = actions.filter((one) => String(one['target']).endsWith('["get"]'));
  return {
    code,
    text: out(),
    err: err(),
    block: actions[0]?.['update']?.['x-gateway'],
    operation: own[0]?.['update'],
    targets: actions.map((one) => one['target'] as unknown as string),
  };
}

const http = (fields: object) => ({
  'x-amazon-apigateway-integration': { type: 'http_proxy', httpMethod: 'GET', ...fields },
});
const authorizer = (fields: object, scheme: object = { name: 'Authorization' }) => ({
  auth: { type: 'apiKey', in: 'header', ...scheme, 'x-amazon-apigateway-authorizer': fields },
});
const key = { api_key: { type: 'apiKey', in: 'header', name: 'x-api-key' } };

describe('an import never opens what API Gateway guards', () => {
  test('an authorizer and a key are both demanded, although OpenAPI lets either pass', async () => {
    const schemes = { ...key, ...authorizer({ type: 'token', authorizerUri: 'arn:x' }) };
    const operation = { ...http({ uri: 'https://a.internal/a' }), security: [{ auth: [] }, { api_key: [] }] };
    const draft = await importOf({ schemes, operation });
    expect(draft.operation?.['security']).toEqual([{ auth: [], api_key: [] }]);
    expect(draft.targets).toContain('$["paths"]["/a"]["get"]["security"]');
    const inherited = await importOf({
      schemes,
      operation: http({ uri: 'https://a.internal/a' }),
      root: { security: [{ api_key: [] }, { auth: [] }] },
    });
    expect(inherited.targets).toContain('$["security"]');
    expect(inherited.text).toContain('security: [{api_key: [], auth: []}]');
  });

  test('two authorizers are two ways in, which is said loudly', async () => {
    const second = { ...authorizer({ type: 'token', authorizerUri: 'arn:x' }).auth, name: 'X-Other' };
    const schemes = { ...authorizer({ type: 'token', authorizerUri: 'arn:x' }), second };
    const operation = { ...http({ uri: 'https://a.internal/a' }), security: [{ auth: [] }, { second: [] }] };
    const draft = await importOf({ schemes, operation });
    expect(draft.err).toContain('INI006');
    expect(draft.text).toContain('A GUARD THAT IS NOT CARRIED OVER');
  });

  test('any one of several scopes becomes a policy that says so', async () => {
    const schemes = authorizer({ type: 'cognito_user_pools', providerARNs: [] });
    const operation = { ...http({ uri: 'https://a.internal/a' }), security: [{ auth: ['read', 'write'] }] };
    const draft = await importOf({ schemes, operation });
    expect(draft.operation).toMatchObject({
      security: [{ auth: [] }],
      'x-gateway': { authorize: { any: [{ scope: 'read' }, { scope: 'write' }] } },
    });
  });

  test.each([
    ['no authorizer', {}],
    ['x-amazon-apigateway-auth: NONE', { 'x-amazon-apigateway-auth': { type: 'NONE' } }],
  ])('%s is a decision, not a public operation', async (_, auth) => {
    const draft = await importOf({ operation: { ...http({ uri: 'https://a.internal/a' }), ...auth } });
    expect(draft.text).toContain('# DECIDE who may call these.');
    expect(draft.text).toContain('#   GET /a');
    expect(draft.text.replace(/#.*$/gm, '')).not.toMatch(/public|security/);
  });

  test('a certificate that nobody checks stays checked, with a warning', async () => {
    const uri = 'https://a.internal/a';
    const draft = await importOf({ operation: http({ uri, tlsConfig: { insecureSkipVerification: true } }) });
    expect(draft.err).toContain('insecureSkipVerification');
    expect(draft.text).not.toContain('verify:');
  });

  test('cross-origin credentials for everybody are a blank', async () => {
    const cors = { allowOrigins: ['*'], allowCredentials: true };
    const draft = await importOf({ root: { 'x-amazon-apigateway-cors': cors } });
    expect(draft.block?.['defaults']?.['cors']?.['origins']).toBeNull();
  });

  test('cors of one path opens no other', async () => {
    const responseParameters = { 'method.response.header.Access-Control-Allow-Origin': "'*'" };
    const preflight = { type: 'mock', responses: { default: { statusCode: '200', responseParameters } } };
    const get = { responses: {}, ...http({ uri: 'https://a.internal/a' }) };
    const paths = {
      '/a': { get, options: { responses: {}, 'x-amazon-apigateway-integration': preflight } },
      '/b': { get },
    };
    const draft = await importOf({ root: { paths } });
    expect(draft.block?.['defaults']?.['cors']).toBeUndefined();
    expect(draft.targets).toContain('$["paths"]["/a"]');
    expect(draft.targets).not.toContain('$["paths"]["/b"]');
    expect(draft.text).toContain('expose: none');
    expect(draft.text).not.toContain('#   OPTIONS /a');
  });
});

describe('a resource policy', () => {
  const statement = (Effect: string, Condition?: object, more: object = {}) => ({
    Effect,
    Principal: '*',
    Action: 'execute-api:Invoke',
    Resource: 'execute-api:/*',
    ...(Condition === undefined ? {} : { Condition }),
    ...more,
  });
  const ip = (...addresses: readonly string[]) => ({ IpAddress: { 'aws:SourceIp': addresses } });
  const notIp = (...addresses: readonly string[]) => ({ NotIpAddress: { 'aws:SourceIp': addresses } });
  const policy = async (...Statement: readonly object[]) => {
    const draft = await importOf({ root: { 'x-amazon-apigateway-policy': { Statement } } });
    return { ip: draft.block?.['defaults']?.['ip'], ...draft };
  };

  test.each([
    ['allows some', [statement('Allow', ip('10.0.0.0/8'))], { allow: ['10.0.0.0/8'] }],
    [
      'denies all others',
      [statement('Allow'), statement('Deny', notIp('192.0.2.1'))],
      { allow: ['192.0.2.1'] },
    ],
    ['denies some', [statement('Allow'), statement('Deny', ip('192.0.2.0/24'))], { deny: ['192.0.2.0/24'] }],
    ['allows everybody', [statement('Allow')], undefined],
    ['allows every address', [statement('Allow', ip('0.0.0.0/0'))], undefined],
  ])('that %s becomes the same lists', async (_, statements, expected) => {
    expect((await policy(...statements)).ip).toEqual(expected);
  });

  test.each([
    ['names callers', [statement('Allow', undefined, { Principal: { AWS: '210987654321' } })]],
    ['is about one method', [statement('Allow', undefined, { Resource: 'execute-api:/*/GET/admin' })]],
    ['has another condition', [statement('Allow', { StringEquals: { 'aws:SourceVpc': 'vpc-1' } })]],
    [
      'has two conditions',
      [statement('Allow', { ...ip('10.0.0.0/8'), Bool: { 'aws:SecureTransport': 'true' } })],
    ],
    [
      'allows two lists at once',
      [statement('Allow', ip('10.0.0.0/8')), statement('Deny', notIp('10.1.0.0/16'))],
    ],
    ['allows all but some', [statement('Allow', notIp('10.0.0.0/8'))]],
    ['allows nobody', [statement('Deny')]],
    ['has no address in its list', [statement('Allow', ip('somewhere'))]],
  ])('that %s is a blank, so that a build fails until somebody decides', async (_, statements) => {
    const draft = await policy(...statements);
    expect(draft.ip).toBeNull();
    expect(draft.err).toContain('INI006');
  });

  test('for endpoints of a VPC makes the endpoint private', async () => {
    const draft = await policy(statement('Deny', { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } }));
    expect(draft.block?.['targets']).toEqual({ aws: { endpoint: 'private' } });
  });
});

describe('a back end', () => {
  test.each([
    ['the path of the operation', '/a/{id}', 'https://h.internal/a/{id}', 'https://h.internal', undefined],
    ['a base path', '/a/{id}', 'https://h.internal/v2/a/{id}', 'https://h.internal/v2', undefined],
    ['a greedy path', '/a/{id+}', 'http://h.internal:81/a/{id}', 'http://h.internal:81', undefined],
    ['another path', '/a/{id}', 'https://h.internal/b/{id}/c', 'https://h.internal', '/b/{id}/c'],
    ['no path', '/a/{id}', 'https://h.internal', 'https://h.internal', '/'],
    [
      'a variable in its path',
      '/a/{id}',
      'https://h.internal/${stageVariables.v}/a',
      'https://h.internal',
      null,
    ],
    ['a parameter that nobody has', '/a/{id}', 'https://h.internal/a/{other}', 'https://h.internal', null],
    ['a variable for a host', '/a/{id}', 'https://${stageVariables.h}/a/{id}', null, undefined],
    ['a name and password', '/a/{id}', 'https://u:p@h.internal/a/{id}', null, undefined],
  ])('of %s is named, never guessed', async (_, path, uri, url, rewrite) => {
    const draft = await importOf({ path, operation: http({ uri }) });
    const [backend] = Object.values(draft.block?.['backends'] ?? {});
    expect(backend?.['url']).toEqual(url);
    const facets = draft.operation?.['x-gateway'];
    expect(facets?.['rewrite']).toEqual(
      url === null && rewrite === undefined ? facets?.['rewrite'] : rewrite,
    );
  });

  test('whose path parameters have other names gets those of the operation', async () => {
    const requestParameters = { 'integration.request.path.key': 'method.request.path.id' };
    const uri = 'https://h.internal/b/{key}';
    const draft = await importOf({ path: '/a/{id}', operation: http({ uri, requestParameters }) });
    expect(draft.operation?.['x-gateway']?.['rewrite']).toBe('/b/{id}');
  });

  test.each([
    [
      'a function in a template',
      {
        'Fn::Sub':
          'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Orders.Arn}/invocations',
      },
      'orders',
    ],
    [
      'a function of a stage',
      'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:210987654321:function:${stageVariables.fn}/invocations',
      'fn',
    ],
  ])('that is %s is a blank with a name', async (_, uri, name) => {
    const operation = { 'x-amazon-apigateway-integration': { type: 'aws_proxy', httpMethod: 'POST', uri } };
    const draft = await importOf({ operation });
    expect(draft.block?.['backends']).toEqual({ [name]: { lambda: null } });
  });

  test('that is a service of AWS, or missing, is a blank of the operation', async () => {
    const uri = 'arn:aws:apigateway:eu-west-1:dynamodb:action/GetItem';
    const service = { 'x-amazon-apigateway-integration': { type: 'aws', httpMethod: 'POST', uri } };
    const draft = await importOf({
      operation: service,
      item: { post: { responses: {} }, put: { responses: {}, ...http({ uri: 'https://h.internal/a' }) } },
    });
    expect(draft.operation).toEqual({ 'x-gateway': { backend: null } });
    expect(draft.text).toContain('dynamodb:action/GetItem');
    expect(blanksOf(draft.text).filter((field) => field === 'backend')).toHaveLength(2);
  });

  test('gets no credential that stands in the document, and the draft does not repeat it', async () => {
    const requestParameters = { 'integration.request.header.Authorization': "'Basic c2VjcmV0'" };
    const draft = await importOf({ operation: http({ uri: 'https://h.internal/a', requestParameters }) });
    expect(draft.text).toContain('credential in clear');
    expect(draft.text).not.toContain('c2VjcmV0');
  });
});

describe('the model of an imported document', () => {
  test('sends a request where API Gateway sent it, under the same guards', async () => {
    const cwd = write(workFolder(), {
      'openapi.yaml': `openapi: 3.0.1
info: {title: Notes, version: '1'}
servers: [{url: 'https://notes.example.com'}]
x-amazon-apigateway-policy:
  Statement:
    - {Effect: Allow, Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*', Condition: {IpAddress: {'aws:SourceIp': 203.0.113.0/24}}}
paths:
  /notes/{note}:
    get:
      operationId: note
      security: [{people: [notes.read, notes.all]}]
      parameters: [{name: note, in: path, required: true, schema: {type: string}}]
      responses: {default: {description: the note}}
      x-amazon-apigateway-integration:
        type: http_proxy
        httpMethod: GET
        uri: https://store.example.com/v3/docs/{id}
        timeoutInMillis: 1500
        requestParameters:
          integration.request.path.id: method.request.path.note
          integration.request.header.X-Person: context.authorizer.claims.sub
          integration.request.header.X-Kind: "'note'"
components:
  securitySchemes:
    people:
      type: apiKey
      name: Authorization
      in: header
      x-amazon-apigateway-authorizer:
        type: cognito_user_pools
        providerARNs: ['arn:aws:cognito-idp:eu-west-1:210987654321:userpool/eu-west-1_aB3dE5fG7']
`,
    });
    const document = join(cwd, 'openapi.yaml');
    const { gateway, diagnostics } = await build(document, fillBlanks(await draftOf(document)));
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(gateway?.backends).toMatchObject([{ name: 'store', scheme: 'https', basePath: '' }]);
    expect(gateway?.authenticators).toMatchObject([
      {
        name: 'people',
        kind: 'jwt',
        issuers: {
          value: [{ issuer: { value: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_aB3dE5fG7' } }],
        },
        forward: [{ header: 'X-Person' }],
      },
    ]);
    const [route] = gateway?.sites[0]?.routes ?? [];
    const features = route?.operations[0]?.features;
    expect(features).toMatchObject({
      timeout: { value: 1500 },
      ipAccess: { value: { allow: [[{ text: '203.0.113.0/24' }]] } },
      requestHeaders: { value: { set: [{ name: 'X-Kind', value: 'note' }] } },
      authentication: { value: { kind: 'required', anyOf: [[{ authenticator: 'people', scopes: [] }]] } },
    });
    expect(JSON.stringify(features?.backend.value.target)).toContain('/v3/docs/');
    expect(JSON.stringify(features?.authorization)).toContain('notes.all');
  });
});

describe('what an import finds and does not know', () => {
  test('is a note with its place, wherever it stands', async () => {
    const draft = await importOf({
      operation: { ...http({ uri: 'https://h.internal/a', shard: 3 }), 'x-amazon-apigateway-future': 1 },
      root: {
        'x-amazon-apigateway-documentation': { version: '1' },
        tags: [{ name: 'a', 'x-amazon-apigateway-policy': {} }],
      },
    });
    const notes = draft.text.slice(draft.text.indexOf('FOUND AND NOT CARRIED OVER'));
    expect(notes).toMatch(/shard is no field of an integration.*\n *# {3}GET \/a \(line \d+\)/);
    expect(notes).toMatch(/x-amazon-apigateway-future is no extension.*\n *# {3}GET \/a \(line \d+\)/);
    expect(notes).toMatch(/Documentation parts.*\n *# {3}x-amazon-apigateway-documentation \(line \d+\)/);
    expect(notes).toMatch(/x-amazon-apigateway-policy has no meaning in this place.*\n *# {3}tags 0/);
  });

  test('in another file is to be written there, with a warning for each place', async () => {
    const files = {
      'openapi.yaml': `openapi: 3.0.1
info: {title: Split, version: '1'}
servers: [{url: 'https://a.example.com'}]
security: [{k: []}]
paths: {/a: {$ref: a.yaml}}
components: {securitySchemes: {k: {type: apiKey, in: header, name: x-api-key}}}
`,
      'a.yaml': `get:
  responses: {default: {description: ok}}
  x-amazon-apigateway-integration: {type: http_proxy, httpMethod: GET, uri: 'https://b.internal/x', odd: 1}
`,
    };
    const { terminal, out, err } = recordedTerminal();
    const document = join(write(workFolder(), files), 'openapi.yaml');
    expect(await init(document, { stdout: true, from: 'aws' }, terminal)).toBe(0);
    expect(out()).toMatch(
      /# WRITE THESE YOURSELF[\s\S]*a\.yaml, GET \/a:\n *# *x-gateway:\n *# *rewrite: \/x\n/,
    );
    expect(out()).toMatch(/odd is no field.*\n.*a\.yaml, line 3/);
    expect(err()).toMatch(/INI006 What the draft says about GET \/a belongs/);
  });

  test('without any extension is a warning', async () => {
    const draft = await importOf({ operation: {} });
    expect([draft.code, draft.err.includes('INI007')]).toEqual([0, true]);
  });
});

describe('gwc init --from aws', () => {
  test('is mentioned where it would find something', async () => {
    const { terminal, err } = recordedTerminal();
    await init(documentOf('lambda-proxy'), { stdout: true }, terminal);
    expect(err()).toContain('gwc init --from aws reads them');
  });

  test('writes an overlay beside the document', async () => {
    const cwd = write(workFolder(), { 'api.yaml': readFileSync(documentOf('cognito-http'), 'utf8') });
    const { code, stderr } = await gwc(['init', 'api.yaml', '--from', 'aws'], { cwd });
    expect(code).toBe(0);
    expect(stderr).toContain('wrote api.gateway.overlay.yaml: 1 blank to fill in\n');
    expect(stderr).toContain('INI006');
  });

  test.each([
    [['--from', 'azure'], /Allowed choices are aws/],
    [['--from', 'aws', '--in-place'], /leave it out/],
  ])('refuses %j', async (args, message) => {
    const cwd = write(workFolder(), { 'api.yaml': readFileSync(documentOf('cognito-http'), 'utf8') });
    const { code, stderr } = await gwc(['init', 'api.yaml', ...args], { cwd });
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});
