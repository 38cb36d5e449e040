import type { Node } from '../../source/node.ts';
import { list, map } from '../collections.ts';
import { kindOf } from '../kind.ts';
import { optional, type RecordOf, record, required } from '../record.ts';
import { constant } from '../scalars.ts';
import { type Read, type Shape, scalar } from '../shape.ts';
import { text } from '../text.ts';
import { nameFormat } from '../values/names.ts';
import { reportWrongKind } from '../wrong-kind.ts';
import { root } from './root.ts';

const PATH_BYTE = '[A-Za-z0-9._@+~=, -]';

/** Forward slashes, no empty or `.` segment; `..` at the beginning only. */
function checkPath(value: string): { readonly value: string } | { readonly problem: string } {
  const segments = value.replace(/^(?:\.\.\/)+/, '').split('/');
  if (segments.includes('..')) return { problem: 'has ".." behind the name of a folder' };
  if (segments.includes('.') || segments.includes('')) return { problem: 'has an empty or "." segment' };
  return { value };
}

const file = text({
  label: 'file path',
  pattern: `(?! )${PATH_BYTE}(?:${PATH_BYTE}|/){0,511}`,
  allows: 'a path relative to the configuration, with forward slashes',
  example: 'overlays/gateway.yaml',
  parse: checkPath,
});

const pattern = text({
  label: 'path or pattern',
  pattern: `(?! )(?:${PATH_BYTE}|[*?])(?:${PATH_BYTE}|[/*?]){0,511}`,
  allows:
    'a path relative to the configuration, where * and ? stand for a part of one name and ** for any folders',
  example: 'services/*/openapi.yaml',
  parse: (value) => {
    const glued = value.split('/').find((segment) => segment.includes('**') && segment !== '**');
    return glued === undefined ? checkPath(value) : { problem: 'has "**" beside other characters' };
  },
});

/** The block itself or `{$ref: file}`, read later: an environment may have to complete it. */
const shared: Shape<Node> = {
  label: 'x-gateway block',
  kinds: ['object'],
  form: scalar,
  schema: {
    anyOf: [
      {
        type: 'object',
        additionalProperties: false,
        properties: { $ref: { type: 'string', description: 'A file that holds the block.' } },
        required: ['$ref'],
      },
      root.schema,
    ],
  },
  read: (node, report) =>
    kindOf(node.value) === 'object'
      ? node
      : reportWrongKind(node, 'an x-gateway block, or {$ref: <file>}', report),
};

const overlays = (description: string) => optional(list(file, { identity: (value) => value }), description);

const gateway = record('gateway of the configuration', {
  documents: required(
    list(pattern, { min: 1, identity: (value) => value }),
    'The OpenAPI documents, as paths or patterns relative to the configuration.',
  ),
  gateway: optional(
    shared,
    'What all documents share: an `x-gateway` root block, or `{$ref: file}`. Its `defaults` hold for all of them.',
  ),
  overlays: overlays('OpenAPI Overlays for the documents, in this order.'),
  environments: optional(
    map(
      nameFormat,
      record('environment of a gateway', {
        overlays: overlays('OpenAPI Overlays for this environment, behind those of the gateway.'),
      }),
    ),
    'What an environment needs besides its patch in the blocks.',
  ),
});

const fields = {
  version: optional(constant(1), 'Version of the language.', '`1`'),
  gateways: optional(map(nameFormat, gateway, { min: 1 }), 'Gateways by name.'),
};

/** `gwc.config.yaml`. */
export const configuration: Shape<RecordOf<typeof fields>> = record('configuration', fields);

export type ConfigurationBlock = Read<typeof configuration>;
