import { configuration } from './blocks/configuration.ts';
import { expressionDefinition } from './blocks/expression.ts';
import { defaults, facets } from './blocks/facets.ts';
import { root } from './blocks/root.ts';
import type { JsonSchema } from './shape.ts';

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';

/** JSON Schema (2020-12) of the `x-gateway` block at the root of a document, for editors. */
export function rootSchema(): JsonSchema {
  return document('x-gateway-root', root.schema, {
    expression: expressionDefinition(),
    defaults: defaults.definition.schema,
  });
}

/** JSON Schema (2020-12) of the `x-gateway` block of a path item or an operation. */
export function facetsSchema(): JsonSchema {
  return document('x-gateway-facets', facets.schema, { expression: expressionDefinition() });
}

/** JSON Schema (2020-12) of `gwc.config.yaml`. */
export function configurationSchema(): JsonSchema {
  return document('gwc-config', configuration.schema, {
    expression: expressionDefinition(),
    defaults: defaults.definition.schema,
  });
}

function document(
  id: string,
  schema: JsonSchema,
  definitions: { readonly [name: string]: JsonSchema },
): JsonSchema {
  return { $schema: DIALECT, $id: id, ...schema, $defs: definitions };
}
