import { posix } from 'node:path';
import type { Loaded, ReadingOptions } from './load.ts';
import { LOCK_NAME } from './resolve/lock-file.ts';

/**
 * The files that a gateway is made from. What a configuration holds about other gateways leaves this one as it is: their
 * shared blocks, the configuration itself where it only lists files, and the lock file, whose pins show in what is
 * written.
 */
export function sourceFiles(loaded: Loaded, options: ReadingOptions): Loaded['documents']['files'] {
  const { documents, shared } = loaded;
  const { configured } = options;
  if (configured === undefined) return documents.files;
  const configuration = documents.beside[0]?.at.file ?? configured.file;
  const left = new Set([configuration, ...blocksOfOthers(loaded, configured.gateway)]);
  for (const file of ownFiles(loaded, options)) left.delete(file);
  if (shared?.at.file !== configuration) left.add(configuration);
  left.add(posix.join(posix.dirname(configuration), LOCK_NAME));
  return documents.files.filter(({ file }) => !left.has(file));
}

function ownFiles({ documents, apis, shared }: Loaded, { overlay }: ReadingOptions): readonly string[] {
  const blocks = [shared, ...apis.map(({ gateway }) => gateway), ...documents.roots];
  return [...blocks.flatMap((node) => node?.at.file ?? []), ...(overlay ?? [])];
}

function blocksOfOthers({ documents }: Loaded, own: string): readonly string[] {
  const gateways = documents.beside[0]?.child('gateways')?.entries() ?? [];
  return [...gateways].flatMap(([name, entry]) => {
    const block = name === own ? undefined : entry.child('gateway');
    return (block === undefined ? undefined : documents.follow(block, () => undefined))?.at.file ?? [];
  });
}
