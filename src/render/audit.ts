import { isToken, type Language } from './token.ts';

/**
 * Throws a TypeError that names the first value of a view that is no token of the language, boolean, safe integer,
 * array or plain record (`view.servers[2].name: a string is not a token`). Types say the same at compile time; this
 * holds where a cast or untyped data went around them.
 */
export function auditView(view: unknown, language: Language): void {
  if (!isPlainRecord(view)) throw new TypeError('view: a view is a plain record');
  audit(view, language, 'view', []);
}

function audit(value: unknown, language: Language, path: string, ancestors: readonly object[]): void {
  if (isToken(value)) {
    if (value.language === language) return;
    throw new TypeError(`${path}: a token of ${value.language} cannot be printed in ${language}`);
  }
  if (typeof value === 'boolean' || Number.isSafeInteger(value)) return;
  if (typeof value !== 'object' || value === null) throw new TypeError(`${path}: ${kindOf(value)}`);
  if (ancestors.includes(value)) throw new TypeError(`${path}: a view cannot contain itself`);
  const below = [...ancestors, value];
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) audit(value[i], language, `${path}[${i}]`, below);
    return;
  }
  if (!isPlainRecord(value))
    throw new TypeError(`${path}: an object that is neither a token nor a plain record`);
  for (const key of Object.keys(value)) audit(value[key], language, `${path}.${key}`, below);
}

function kindOf(value: unknown): string {
  if (typeof value === 'string') return 'a string is not a token';
  if (typeof value === 'number') return `the number ${value} is not a safe integer`;
  if (value === null || value === undefined) return `${value} is not a value of a view`;
  return `a ${typeof value} is not a value of a view`;
}

function isPlainRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || isToken(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  return Object.values(Object.getOwnPropertyDescriptors(value)).every((one) => 'value' in one);
}
