/** What was read back from an emitted file. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };

export function member(value: Value | undefined, name: string): Value | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, name))
    return undefined;
  return (value as { readonly [name: string]: Value })[name];
}
