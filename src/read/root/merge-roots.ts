import { diagnostic, type Report, related } from '../../diagnostics/diagnostic.ts';
import type { AuthenticatorBlock, RootBlock } from '../../extension/index.ts';
import type { Origin, Sourced } from '../../model/origin.ts';
import type { Documents } from '../../source/documents.ts';
import { byName } from '../by-name.ts';
import { contentsDiffer } from '../diagnostics.ts';
import { sameContents } from './same-contents.ts';

type Stated<Key extends keyof RootBlock> = NonNullable<RootBlock[Key]>;
type Entries<Key extends keyof RootBlock> =
  Stated<Key> extends Sourced<ReadonlyMap<string, infer Entry>> ? ReadonlyMap<string, Entry> : never;

/** What all documents of a gateway declare together. `defaults` are not here: they belong to one document. */
export interface MergedRoot {
  readonly name: RootBlock['name'];
  readonly backends: Entries<'backends'>;
  readonly authenticators: Entries<'authenticators'>;
  readonly policies: Entries<'policies'>;
  readonly consumers: Entries<'consumers'>;
  readonly secrets: Entries<'secrets'>;
  readonly tls: RootBlock['tls'];
  readonly edge: RootBlock['edge'];
  readonly logging: RootBlock['logging'];
  readonly targets: RootBlock['targets'];
}

/**
 * Merges by name, into maps in the order of names; the same name with different contents is reported with both places
 * (the first then holds).
 */
export function mergeRoots(blocks: readonly RootBlock[], documents: Documents, report: Report): MergedRoot {
  const one = <Key extends keyof RootBlock>(key: Key): RootBlock[Key] | undefined =>
    mergeOne(blocks, key, report);
  const entries = <T extends { readonly at: Origin }>(
    kind: string,
    maps: readonly (Sourced<ReadonlyMap<string, T>> | undefined)[],
  ): ReadonlyMap<string, T> => mergeEntries(kind, maps, report);
  reportOtherKeys(blocks, documents, report);
  return {
    name: one('name'),
    backends: entries(
      'back end',
      blocks.map((block) => block.backends),
    ),
    authenticators: entries(
      'authenticator',
      blocks.map((block) => block.authenticators),
    ),
    policies: entries(
      'policy',
      blocks.map((block) => block.policies),
    ),
    consumers: entries(
      'consumer',
      blocks.map((block) => block.consumers),
    ),
    secrets: entries(
      'secret',
      blocks.map((block) => block.secrets),
    ),
    tls: one('tls'),
    edge: one('edge'),
    logging: one('logging'),
    targets: one('targets'),
  };
}

function mergeOne<Key extends keyof RootBlock>(
  blocks: readonly RootBlock[],
  key: Key,
  report: Report,
): RootBlock[Key] | undefined {
  const [first, ...others] = blocks.flatMap((block) => block[key] ?? []);
  for (const other of others) {
    if (first !== undefined && !sameContents(first, other)) reportDifference(key, first.at, other.at, report);
  }
  return first as RootBlock[Key] | undefined;
}

function mergeEntries<T extends { readonly at: Origin }>(
  kind: string,
  maps: readonly (Sourced<ReadonlyMap<string, T>> | undefined)[],
  report: Report,
): ReadonlyMap<string, T> {
  const merged = new Map<string, T>();
  for (const map of maps) {
    for (const [name, entry] of map?.value ?? []) {
      const first = merged.get(name);
      if (first === undefined) merged.set(name, entry);
      else if (!sameContents(first, entry))
        reportDifference(`the ${kind} "${name}"`, first.at, entry.at, report);
    }
  }
  return new Map(byName(merged));
}

/**
 * Equal names of key files mean different files where documents stand in different folders: what they hold must be
 * equal, or one document's keys would verify the other's tokens. A file that cannot be read equals none.
 */
function reportOtherKeys(blocks: readonly RootBlock[], documents: Documents, report: Report): void {
  const silent = (): void => undefined;
  const seen = new Map<string, { readonly at: Origin; readonly keys: () => string | undefined }>();
  for (const [name, { value }] of blocks.flatMap((block) => [...(block.authenticators?.value ?? [])])) {
    for (const { file, issuer } of keyFiles(value)) {
      const keys = (): string | undefined => {
        const set = documents.load(file.value, file.at, silent);
        return set === undefined ? undefined : JSON.stringify(set.value);
      };
      const identity = JSON.stringify([name, issuer]);
      const first = seen.get(identity);
      if (first === undefined) seen.set(identity, { at: file.at, keys });
      else if (first.at.file !== file.at.file && (keys() === undefined || keys() !== first.keys()))
        reportDifference(`the keys of the authenticator "${name}"`, first.at, file.at, report);
    }
  }
}

/** Key sets that stand beside the document, each with the issuer that it belongs to. */
function keyFiles({ issuer, issuers, jwks }: AuthenticatorBlock) {
  const sets = [
    { issuer: issuer?.value.text, set: jwks },
    ...(issuers?.value ?? []).map(({ value }) => ({ issuer: value.issuer.value.text, set: value.jwks })),
  ];
  return sets.flatMap(({ issuer: of, set }) => {
    const file = set === undefined || 'scheme' in set.value ? undefined : set.value.file;
    return file === undefined ? [] : [{ issuer: of, file }];
  });
}

function reportDifference(what: string, first: Origin, other: Origin, report: Report): void {
  const options = { related: [related('The first declaration.', first)] };
  report(diagnostic(contentsDiffer, other, { what }, options));
}
