import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import { didYouMean } from '../../diagnostics/suggest.ts';
import type { Secret, SecretSource } from '../../model/gateway.ts';
import type { Sourced } from '../../model/origin.ts';
import { nameUnknown, nameUnused } from '../diagnostics.ts';
import type { MergedRoot } from '../root/merge-roots.ts';

const kinds: readonly SecretSource['kind'][] = ['env', 'file', 'ssm', 'secretsManager', 'vault'];

/** Declared secrets with their sources in the order of LANGUAGE.md §6. Values are never read. */
export function readSecrets(declared: MergedRoot['secrets']): readonly Secret[] {
  return [...declared].map(([name, { value, at }]) => ({
    name,
    sources: kinds.flatMap((kind): readonly SecretSource[] => {
      const source = value[kind];
      return source === undefined ? [] : [{ kind, value: source.value }];
    }),
    at,
  }));
}

/** Every reference names a declared secret, and every secret is referred to. */
export function checkSecrets(
  secrets: readonly Secret[],
  references: readonly Sourced<string>[],
  report: Report,
): void {
  const names = secrets.map(({ name }) => name);
  const used = new Set<string>();
  for (const { value: name, at } of references) {
    used.add(name);
    if (names.includes(name)) continue;
    report(diagnostic(nameUnknown, at, { kind: 'secret', name, suggestion: didYouMean(name, names) }));
  }
  for (const { name, at } of secrets) {
    if (!used.has(name)) report(diagnostic(nameUnused, at, { kind: 'secret', name }, { side: 'key' }));
  }
}
