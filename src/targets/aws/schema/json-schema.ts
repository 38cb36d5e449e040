import type { JsonSchema, JsonValue } from '../../../model/inspection.ts';

export type JsonObject = { readonly [name: string]: JsonValue };

/** Accepts every instance. */
export const anything: JsonObject = {};
/** Accepts no instance: draft 4 has no boolean schemas. */
export const nothing: JsonObject = { not: {} };

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isSchema(value: JsonValue | undefined): value is JsonSchema {
  return typeof value === 'boolean' || isObject(value);
}

export function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** A step of a JSON pointer (RFC 6901). */
export function step(pointer: string, ...names: readonly (string | number)[]): string {
  return names.reduce<string>(
    (at, name) => `${at}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`,
    pointer,
  );
}

/** The name in `#/schemas/<name>`, which is a JSON pointer in a URI fragment. */
export function referredName(reference: JsonValue | undefined): string | undefined {
  if (typeof reference !== 'string' || !reference.startsWith('#/schemas/')) return undefined;
  const name = reference.slice('#/schemas/'.length);
  return name.includes('/') ? undefined : name.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** Text that is equal for equal JSON values, whatever the order of their members. */
export function canonical(value: JsonValue): string {
  if (isList(value)) return `[${value.map(canonical).join()}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name] ?? null)}`).join()}}`;
}

/** How an emitted document refers to a model, in operations and in other models. */
export const modelReference = (model: string): JsonObject => ({ $ref: `#/components/schemas/${model}` });
