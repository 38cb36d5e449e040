/** A place of a document where text may vary: a string, or the name of a member. */
export interface Leaf {
  readonly path: readonly (string | number)[];
  readonly kind: 'value' | 'key';
  readonly text: string;
}

/** Every string and every member name of a document, in document order. */
export function leavesOf(value: unknown, path: readonly (string | number)[] = []): readonly Leaf[] {
  if (typeof value === 'string') return [{ path, kind: 'value', text: value }];
  if (Array.isArray(value)) return value.flatMap((one, index) => leavesOf(one, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => [
    { path: [...path, name], kind: 'key', text: name } as const,
    ...leavesOf(member, [...path, name]),
  ]);
}

/** The document with another text in one place. */
export function withLeaf(value: unknown, leaf: Leaf, text: string): unknown {
  const [step, ...rest] = leaf.path;
  if (step === undefined) return text;
  const inner = { ...leaf, path: rest };
  if (Array.isArray(value)) {
    return value.map((one, index) => (index === step ? withLeaf(one, inner, text) : one));
  }
  const renames = rest.length === 0 && leaf.kind === 'key';
  return Object.fromEntries(
    Object.entries(value as Record<string, unknown>).map(([name, member]) => {
      if (name !== step) return [name, member];
      return renames ? [text, member] : [name, withLeaf(member, inner, text)];
    }),
  );
}

/** The document with another text wherever a text stands: as a value, a name, or a parameter of a path. */
export function withText(value: unknown, before: string, after: string): unknown {
  const changed = (text: string): string =>
    text === before ? after : text.replaceAll(`{${before}}`, () => `{${after}}`);
  if (typeof value === 'string') return changed(value);
  if (Array.isArray(value)) return value.map((one) => withText(one, before, after));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [changed(name), withText(member, before, after)]),
  );
}
