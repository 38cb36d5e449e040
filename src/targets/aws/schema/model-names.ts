import { createHash } from 'node:crypto';

/** No limit is documented; long enough for people, short enough for a path of the API of AWS. */
const longest = 100;

/**
 * Names of models, which are letters and digits only (API Gateway Developer Guide, "Amazon API Gateway important
 * notes"), by the names of schemas. A name that is one already stays; others lose what may not be in them, and those that
 * would then be the same get a piece of a hash of what they were, so that no name depends on the order of the schemas.
 */
export function modelNames(names: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set(names.filter(isModelName));
  const result = new Map([...taken].map((name) => [name, name]));
  const rest = [...new Set(names)].filter((name) => !taken.has(name)).sort();
  const wanted = new Map<string, number>();
  for (const name of rest) wanted.set(stripped(name), (wanted.get(stripped(name)) ?? 0) + 1);
  for (const name of rest) {
    const plain = stripped(name);
    const isFree = wanted.get(plain) === 1 && !taken.has(plain);
    if (isFree) result.set(name, plain);
  }
  for (const free of result.values()) taken.add(free);
  for (const name of rest.filter((one) => !result.has(one))) {
    const hash = createHash('sha256').update(name).digest('hex');
    let length = 8;
    while (taken.has(stripped(name) + hash.slice(0, length))) length += 1;
    const found = stripped(name) + hash.slice(0, length);
    taken.add(found);
    result.set(name, found);
  }
  return result;
}

const isModelName = (name: string): boolean => /^[A-Za-z0-9]+$/.test(name) && name.length <= longest;

/** `foo-bar` is `fooBar`; a name without any letter or digit is `Model`. */
function stripped(name: string): string {
  const joined = name.replace(/[^A-Za-z0-9]+([A-Za-z0-9]?)/g, (_, next: string, at: number) =>
    at === 0 ? next : next.toUpperCase(),
  );
  return joined.slice(0, longest) || 'Model';
}
