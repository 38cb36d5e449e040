import type { JsonValue } from '../../../model/inspection.ts';
import { isList, isObject } from './json-schema.ts';

/** "The maximum size of the model is 400 KB" (Amazon API Gateway API Reference, CreateModel). */
export const modelBytes = 400_000;

/**
 * Bytes of a value as JSON in UTF-8. A part that stands in many places is measured once: printed, a few conditions inside
 * conditions would not fit into memory.
 */
export function jsonBytes(value: JsonValue, known = new Map<object, number>()): number {
  if (!isList(value) && !isObject(value)) return textBytes(JSON.stringify(value));
  const measured = known.get(value);
  if (measured !== undefined) return measured;
  const parts = isList(value)
    ? value.map((item) => jsonBytes(item, known))
    : Object.entries(value).map(
        ([name, item]) => textBytes(JSON.stringify(name)) + 1 + jsonBytes(item, known),
      );
  const bytes = parts.reduce((sum, part) => sum + part, 2 + Math.max(0, parts.length - 1));
  known.set(value, bytes);
  return bytes;
}

const textBytes = (text: string): number => new TextEncoder().encode(text).length;
