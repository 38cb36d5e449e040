/** Any JSON, as a template or a document holds it. */
export type Json = string | number | boolean | null | readonly Json[] | JsonRecord;

export interface JsonRecord {
  readonly [name: string]: Json | undefined;
}

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member that must be an object. `where` names its holder in the error. */
export function recordOf(value: unknown, where: string): JsonRecord {
  if (!isRecord(value)) throw new Error(`${where} is no object`);
  return value;
}

/** An object that may be left out. */
export function optionalRecord(value: unknown, where: string): JsonRecord {
  return value === undefined ? {} : recordOf(value, where);
}

export function listOf(value: unknown, where: string): readonly Json[] {
  if (!Array.isArray(value)) throw new Error(`${where} is no list`);
  return value as readonly Json[];
}

export function textOf(value: unknown, where: string): string {
  if (typeof value !== 'string') throw new Error(`${where} is no text: ${JSON.stringify(value)}`);
  return value;
}

export function optionalText(value: unknown, where: string): string | undefined {
  return value === undefined ? undefined : textOf(value, where);
}

/** Members of an object that are text, the others being an error. */
export function textMembers(value: unknown, where: string): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(optionalRecord(value, where)).map(([name, text]) => [
      name,
      textOf(text, `${where}.${name}`),
    ]),
  );
}
