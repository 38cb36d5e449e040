import type { JsonSchema, SchemaDialect } from '../../../model/inspection.ts';
import type { InstanceType } from './instance-types.ts';
import type { JsonObject } from './json-schema.ts';

/** What some keywords of a schema become. */
export interface Part {
  /** Keywords that go beside `type`, whose instances alone they look at. */
  readonly facets: JsonObject;
  /** Schemas that must hold besides, whatever the type of the instance. */
  readonly conjuncts: readonly JsonObject[];
  /** False when more is accepted than the keywords say. */
  readonly isExact: boolean;
}

export const noPart: Part = { facets: {}, conjuncts: [], isExact: true };

export function together(parts: readonly Part[]): Part {
  return {
    facets: Object.assign({}, ...parts.map(({ facets }) => facets)) as JsonObject,
    conjuncts: parts.flatMap(({ conjuncts }) => conjuncts),
    isExact: parts.every(({ isExact }) => isExact),
  };
}

export interface LoweredSchema {
  readonly schema: JsonObject;
  readonly isExact: boolean;
}

/** One schema that is being lowered, and what its keywords need to know of the world. */
export interface Site {
  /** The keywords that count in the dialect. */
  readonly schema: JsonObject;
  readonly dialect: SchemaDialect;
  /** JSON pointer of the schema. */
  readonly at: string;
  /** Lowers a part of this schema that looks at a part of the instance (`properties`). */
  readonly below: (schema: JsonSchema, ...names: readonly (string | number)[]) => LoweredSchema;
  /** Lowers a part of this schema that looks at the same instance (`allOf`). */
  readonly beside: (schema: JsonSchema, ...names: readonly (string | number)[]) => LoweredSchema;
  /** As `beside`, where only the exact translation is of use: weaker inside is stronger outside. */
  readonly exactly: (schema: JsonSchema, ...names: readonly (string | number)[]) => JsonObject | undefined;
  /** Reports that a keyword accepts more than it says; returns the part of a keyword that is left out. */
  readonly weaken: (keyword: string, reason: string, instead?: string) => Part;
  readonly typesOf: (schema: JsonSchema) => ReadonlySet<InstanceType>;
  /** Whether it is `readOnly`, or refers to a schema that is. */
  readonly isReadOnly: (schema: JsonSchema) => boolean;
}
