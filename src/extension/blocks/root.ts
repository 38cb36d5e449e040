import type { Node } from '../../source/node.ts';
import { map } from '../collections.ts';
import { substituteEnvironment } from '../environment.ts';
import { checkEnvironment } from '../patch.ts';
import { optional, type RecordOf, record } from '../record.ts';
import { constant } from '../scalars.ts';
import { type Read, type Shape, scalar } from '../shape.ts';
import { text } from '../text.ts';
import { gatewayFile } from '../values/file-path.ts';
import { name, nameFormat, schemeNameFormat } from '../values/names.ts';
import { confidential } from '../wrong-kind.ts';
import { authenticator } from './authenticator.ts';
import { aws } from './aws.ts';
import { backend } from './backend.ts';
import { consumer } from './consumer.ts';
import { expression } from './expression.ts';
import { defaults, facets } from './facets.ts';
import { edge, logging, tls } from './listener.ts';
import { nginx } from './nginx.ts';

const environmentVariable = text({
  label: 'name of an environment variable',
  pattern: '[A-Za-z_][A-Za-z0-9_]{0,127}',
  allows: 'letters, digits and underscores',
  example: 'GATEWAY_KEY',
  parse: (value) => ({ value }),
});

const storeKey = (example: string) =>
  text({
    label: 'name in a secret store',
    pattern: '[A-Za-z0-9/][A-Za-z0-9/_+=.@:-]{0,1023}(?:#[A-Za-z0-9_.-]{1,128})?',
    allows: 'letters, digits and / _ + = . @ : - with an optional #field',
    example,
    parse: (value) => ({ value }),
  });

const sources = {
  env: optional(environmentVariable, 'An environment variable.'),
  file: optional(gatewayFile, 'A file on the machine of the gateway.'),
  ssm: optional(storeKey('/prod/gateway/key'), 'A parameter of AWS Systems Manager.'),
  secretsManager: optional(storeKey('prod/gateway#key'), 'A secret of AWS Secrets Manager.'),
  vault: optional(storeKey('kv/gateway#key'), 'A secret of HashiCorp Vault.'),
};

const secret = confidential(
  record('secret', sources, { notEmpty: true }),
  'where the secret comes from (an object)',
  'Write one or more of env, file, ssm, secretsManager and vault; the secret itself never stands in a document.',
);

/**
 * An environment's merge patch, kept as it is: it is applied to the document before shapes read it. Its fields and
 * values are checked here, so that a mistake shows before the environment is first built.
 */
const patch: Shape<Node> = {
  label: 'patch',
  kinds: ['object'],
  form: scalar,
  schema: { type: 'object' },
  read: (node, report) => {
    const name = node.at.pointer.slice(node.at.pointer.lastIndexOf('/') + 1);
    return checkEnvironment(substituteEnvironment(node, name), root, facets, report) ? node : undefined;
  },
};

const rootFields = {
  version: optional(constant(1), 'Version of the language.', '`1`'),
  name: optional(
    name,
    'Name of the gateway: realm of challenges, folders, log lines.',
    'made of `info.title`',
  ),
  backends: optional(map(nameFormat, backend), 'The servers behind the gateway.'),
  authenticators: optional(
    map(schemeNameFormat, authenticator),
    'How credentials are verified, one entry for each security scheme that an operation uses.',
  ),
  policies: optional(
    map(nameFormat, expression),
    'Named rules for `authorize`: who may do what, in one place.',
  ),
  consumers: optional(
    map(nameFormat, consumer),
    'Who has API keys. Keys are known by their hashes, so nothing that opens a door stands in a document.',
  ),
  secrets: optional(map(nameFormat, secret), 'Where secrets come from; never the secrets themselves.'),
  defaults: optional(defaults, 'Facets that every operation inherits.'),
  tls: optional(tls, 'TLS of the front door.'),
  edge: optional(edge, 'What stands between clients and the gateway.'),
  logging: optional(logging, 'What is logged.'),
  environments: optional(
    map(nameFormat, patch),
    'Merge patches (RFC 7396) on this block; `operations.<operationId>` holds patches of single operations, `server` and `serverVariables` say where it is served.',
  ),
  targets: optional(
    record(
      'list of targets',
      { nginx: optional(nginx, 'NGINX.'), aws: optional(aws, 'Amazon API Gateway.') },
      { later: ['kong'] },
    ),
    'Settings of single targets, typed and closed.',
  ),
};

/** The `x-gateway` block at the root of a document. */
export const root: Shape<RecordOf<typeof rootFields>> = record('x-gateway block', rootFields, {
  later: ['plans', 'waf', 'tracing', 'metrics'],
});

export type RootBlock = Read<typeof root>;
