import { hasPlainReferences, roleOf } from './dialect.ts';
import type { JsonObject } from './json-schema.ts';
import { step } from './json-schema.ts';
import type { World } from './lower-schema.ts';

const annotations: { readonly [keyword: string]: readonly [reason: string, instead: string | undefined] } = {
  format: [
    'a format describes; which ones API Gateway checks is not documented',
    'Write a pattern, or minimum and maximum.',
  ],
  discriminator: [
    'it picks a schema for tools and checks nothing',
    'Give the property an enum in each schema.',
  ],
  readOnly: ['a request may carry the property', 'Leave the property out of the schema of the request.'],
  nullable: ['it has an effect beside type in OpenAPI 3.0 only', undefined],
};

/** Reports the keywords of a schema that are not checked, and those whose author may believe that they are. */
export function remarkOn(schema: JsonObject, world: World, at: string): void {
  const isReplaced = schema['$ref'] !== undefined && hasPlainReferences(world.dialect);
  if (
    isReplaced &&
    Object.keys(schema).some((name) => name !== '$ref' && roleOf(name, world.dialect) === 'assertion')
  ) {
    world.annotate(
      '$ref',
      step(at, '$ref'),
      'what stands beside it has no effect before OpenAPI 3.1',
      'Use allOf.',
    );
  }
  if (isReplaced) return;
  for (const keyword of Object.keys(schema).sort()) {
    const pointer = step(at, keyword);
    const role = roleOf(keyword, world.dialect);
    if (role === 'foreign') {
      world.weaken(keyword, pointer, `it is no keyword of ${titles[world.dialect]}`, undefined);
    }
    const isVoid = keyword === 'nullable' && schema['nullable'] === true && schema['type'] === undefined;
    if (role === 'annotation' || isVoid) {
      const known = Object.hasOwn(annotations, keyword) ? annotations[keyword] : undefined;
      const [reason, instead] = known ?? ['it is no keyword that anything checks', undefined];
      if (schema[keyword] !== false) world.annotate(keyword, pointer, reason, instead);
    }
  }
}

const titles = {
  'openapi-2.0': 'OpenAPI 2.0',
  'openapi-3.0': 'OpenAPI 3.0',
  'json-schema-2020-12': 'JSON Schema 2020-12',
} as const;
