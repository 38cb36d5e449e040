import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { CORE_SCHEMA, load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { extensions } from '../../src/commands/init/aws/extension-table.ts';
import { init } from '../../src/commands/init/init.ts';
import { loadDocuments } from '../../src/source/index.ts';
import { recordedTerminal } from './in-process.ts';
import { workFolder } from './program.ts';

const folder = workFolder();
let count = 0;

const NASTY = [
  'a\nx-evil: true',
  '\u2028x: 1',
  '\u001b[2J',
  '"]["x',
  '}: {',
  '# FILL IN: x',
  '\u202eevil',
  '${env.name}',
  '${stageVariables.a}',
  "'constant'",
  '__proto__',
  'constructor',
  'https://a.internal/{x}',
  'arn:aws:lambda:eu-west-1:210987654321:function:a',
  'x'.repeat(5000),
  'null',
];
const text = fc.oneof(fc.constantFrom(...NASTY), fc.string({ maxLength: 20 }));
const anything = fc.oneof(
  text,
  fc.jsonValue({ maxDepth: 2 }),
  fc.dictionary(text, fc.jsonValue({ maxDepth: 1 }), { maxKeys: 3, noNullPrototype: true }),
);

/** Values that are nearly right, in places where something is read. */
const integration = fc.record(
  {
    type: fc.oneof(fc.constantFrom('http', 'http_proxy', 'aws', 'aws_proxy', 'mock'), anything),
    uri: anything,
    httpMethod: anything,
    requestParameters: fc.oneof(
      anything,
      fc.dictionary(
        fc.oneof(
          text,
          text.map((name) => `integration.request.header.${name}`),
          text.map((name) => `overwrite:header.${name}`),
          fc.constant('overwrite:path'),
        ),
        text,
        { maxKeys: 3, noNullPrototype: true },
      ),
    ),
    responses: fc.oneof(
      anything,
      fc.dictionary(text, fc.record({ statusCode: anything, responseParameters: anything }), {
        maxKeys: 2,
        noNullPrototype: true,
      }),
    ),
    timeoutInMillis: anything,
    connectionType: fc.oneof(fc.constant('VPC_LINK'), anything),
    connectionId: anything,
    tlsConfig: anything,
    cacheKeyParameters: anything,
  },
  { requiredKeys: [] },
);
const authorizer = fc.record(
  {
    type: fc.oneof(fc.constantFrom('token', 'request', 'jwt', 'cognito_user_pools'), anything),
    identitySource: anything,
    providerARNs: anything,
    jwtConfiguration: anything,
    authorizerUri: anything,
  },
  { requiredKeys: [] },
);
const policy = fc.record(
  {
    Statement: fc.oneof(
      anything,
      fc.array(
        fc.record({
          Effect: fc.constantFrom('Allow', 'Deny', 'x'),
          Principal: fc.constantFrom('*', {}),
          Action: fc.constant('*'),
          Resource: fc.constant('*'),
          Condition: fc.oneof(anything, fc.record({ IpAddress: fc.record({ 'aws:SourceIp': anything }) })),
        }),
        { maxLength: 2 },
      ),
    ),
  },
  { requiredKeys: [] },
);
const shaped: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  'x-amazon-apigateway-integration': integration,
  'x-amazon-apigateway-any-method': fc.record({
    'x-amazon-apigateway-integration': integration,
    security: anything,
  }),
  'x-amazon-apigateway-authorizer': authorizer,
  'x-amazon-apigateway-policy': policy,
};

/** Some extensions with the values that they have, or with any. */
function extended(level: string): fc.Arbitrary<object> {
  const names = Object.keys(extensions).filter((name) => extensions[name]?.on.some((one) => one === level));
  return fc.record(
    Object.fromEntries(names.map((name) => [name, fc.oneof(shaped[name] ?? anything, anything)])),
    { requiredKeys: [] },
  );
}

const document = fc
  .record({
    root: extended('root'),
    path: extended('path'),
    operation: extended('operation'),
    scheme: extended('scheme'),
    name: fc.constantFrom('auth', '__proto__x', 'constructor'),
    template: text,
    security: fc.constantFrom('absent', 'one', 'both'),
  })
  .map(({ root, path, operation, scheme, name, template, security }) => {
    const alternatives = {
      absent: undefined,
      one: [{ [name]: ['a', 'b'] }],
      both: [{ [name]: [] }, { api_key: [] }],
    };
    return {
      openapi: '3.0.1',
      info: { title: 'x', version: '1' },
      ...root,
      paths: {
        [`/${template}`]: {
          ...path,
          get: { ...operation, security: alternatives[security], responses: {} },
          options: { ...operation, responses: {} },
        },
      },
      components: {
        securitySchemes: {
          [name]: { type: 'apiKey', in: 'header', name: 'Authorization', ...scheme },
          api_key: { type: 'apiKey', in: 'header', name: 'x-api-key' },
        },
      },
    };
  });

type Tree = { readonly [key: string]: Tree };

function write(value: unknown): string {
  count += 1;
  mkdirSync(join(folder, String(count)));
  const file = join(folder, String(count), 'openapi.json');
  writeFileSync(file, JSON.stringify(value));
  return file;
}

describe('no extension of a document becomes structure of a draft', () => {
  test('whatever it holds: there is a draft that an overlay can be, or a finding', async () => {
    await fc.assert(
      fc.asyncProperty(document, async (value) => {
        const file = write(value);
        const { terminal, out } = recordedTerminal();
        const code = await init(file, { stdout: true, from: 'aws' }, terminal);
        expect([0, 1, 3]).toContain(code);
        if (code === 3) return;
        expect(out()).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\ufeff]/);
        const draft = load(out(), { schema: CORE_SCHEMA }) as Tree;
        expect(Object.keys(draft)).toEqual(['overlay', 'extends', 'info', 'actions']);
        const [first, ...others] = draft['actions'] as unknown as readonly Tree[];
        const known = [
          'version',
          'backends',
          'authenticators',
          'consumers',
          'tls',
          'secrets',
          'defaults',
          'targets',
        ];
        expect(known).toEqual(expect.arrayContaining(Object.keys(first?.['update']?.['x-gateway'] ?? {})));
        for (const action of others) {
          const fields = Object.keys(action['update'] ?? {});
          expect(['x-gateway', 'security', 'components']).toEqual(expect.arrayContaining(fields));
          expect(action['update']?.['x-gateway']?.['public']).toBeUndefined();
        }
        const overlay = file.replace('openapi.json', 'o.yaml');
        writeFileSync(overlay, out());
        const errors = loadDocuments([file], { overlays: [overlay] }).diagnostics;
        expect(errors.filter((one) => one.code.startsWith('SRC03'))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test.each(Object.keys(extensions))(
    '%s of any wrong type ends in a finding or a note, not in a crash',
    async (name) => {
      for (const wrong of [5, true, null, 'text', [], [[]], [null], {}, { a: null }, { a: [{}] }]) {
        const value = {
          openapi: '3.0.1',
          info: { title: 'x', version: '1' },
          [name]: wrong,
          servers: [{ url: 'https://api.example.com', [name]: wrong }],
          paths: { '/a': { [name]: wrong, get: { [name]: wrong, responses: {} } } },
          components: {
            [name]: wrong,
            securitySchemes: { a: { type: 'apiKey', in: 'header', name: 'X-A', [name]: wrong } },
          },
        };
        const { terminal, out } = recordedTerminal();
        expect([0, 1]).toContain(await init(write(value), { stdout: true, from: 'aws' }, terminal));
        expect(out()).toContain('has no meaning in this place');
      }
    },
  );
});
