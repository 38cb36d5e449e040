import type { Template } from './cloudformation.ts';

/** What one concern adds to the template. */
export type Fragment = Partial<Pick<Template, 'Parameters' | 'Conditions' | 'Resources' | 'Outputs'>>;

/** All fragments as one. A name that two of them give different contents is a mistake in gwc. */
export function mergeFragments(fragments: readonly Fragment[]): Fragment {
  return {
    Parameters: mergeSection('parameter', fragments, ({ Parameters }) => Parameters),
    Conditions: mergeSection('condition', fragments, ({ Conditions }) => Conditions),
    Resources: mergeSection('resource', fragments, ({ Resources }) => Resources),
    Outputs: mergeSection('output', fragments, ({ Outputs }) => Outputs),
  };
}

type Section<Entry> = { readonly [name: string]: Entry };

function mergeSection<Entry>(
  kind: string,
  fragments: readonly Fragment[],
  sectionOf: (fragment: Fragment) => Section<Entry> | undefined,
): Section<Entry> {
  const merged = new Map<string, Entry>();
  for (const [name, entry] of fragments.flatMap((one) => Object.entries(sectionOf(one) ?? {}))) {
    const known = merged.get(name);
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(entry))
      throw new Error(`two concerns give the ${kind} ${name} different contents`);
    merged.set(name, entry);
  }
  return Object.fromEntries([...merged].sort(([a], [b]) => (a < b ? -1 : 1)));
}
