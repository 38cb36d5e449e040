import { isToken, type Language } from './token.ts';

/**
 * Throws a TypeError that names the first value of a view that is no token of the language, boolean, safe integer,
 * array or plain record (`view.servers[2].name: a string is not a token`). Types say the same at compile time; this
 * holds where a cast or untyped data went around them.
 */
export function auditView(view: unknown, language: Language): void {
  if (!isPlainRecord(view)) throw new TypeError('view: a view is a plain record');
  audit(view, language, { keys: [], ancestors: [] });
}

/** The way from the view to a value: text is made of it only where something is wrong. */
interface Way {
  readonly keys: (string | number)[];
  readonly ancestors: object[];
}

function audit(value: unknown, language: Language, way: Way): void {
  if (typeof value === 'boolean') return;
  if (isToken(value)) {
    if (value.language === language) return;
    throw flaw(way, `a token of ${value.language} cannot be printed in ${language}`);
  }
  if (Number.isSafeInteger(value)) return;
  if (typeof value !== 'object' || value === null) throw flaw(way, kindOf(value));
  if (way.ancestors.includes(value)) throw flaw(way, 'a view cannot contain itself');
  way.ancestors.push(value);
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) auditBelow(value[i], i, language, way);
  } else {
    if (!isPlainRecord(value)) throw flaw(way, 'an object that is neither a token nor a plain record');
    for (const key of Object.keys(value)) auditBelow(value[key], key, language, way);
  }
  way.ancestors.pop();
}

function auditBelow(value: unknown, key: string | number, language: Language, way: Way): void {
  way.keys.push(key);
  audit(value, language, way);
  way.keys.pop();
}

function flaw({ keys }: Way, problem: string): TypeError {
  const path = keys.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
  return new TypeError(`view${path}: ${problem}`);
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
  return !Reflect.ownKeys(value).some((key) => isAccessor(value, key));
}

function isAccessor(value: object, key: string | symbol): boolean {
  const property = Object.getOwnPropertyDescriptor(value, key);
  return property === undefined || !('value' in property);
}
