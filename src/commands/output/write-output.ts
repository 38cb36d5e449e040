import { posix } from 'node:path';
import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Artifact } from '../../targets/target.ts';
import { recoveryOf } from './describe-interruption.ts';
import { interrupted, leftBehind, notUndone, pathRefused, writeFailed } from './diagnostics.ts';
import { type FileSystem, failureOf, nodeFileSystem } from './file-system.ts';
import { type Inspection, inspectFolder } from './inspect-folder.ts';
import { type ManifestFacts, printManifest, sha256 } from './manifest.ts';
import { manifestName, pathFlaws } from './output-path.ts';
import { replaceFolder } from './replace-folder.ts';

/**
 * Writes the files of one target to a folder, with a manifest, all or none of them: a sibling folder is filled and put
 * in place by renaming. What gwc did not write there (certificates, secrets, logs) is carried over untouched; files of
 * an earlier build that are no longer emitted go away. A folder that is up to date is not touched at all.
 * Returns why nothing was written, or warnings; empty when all went well.
 */
export function writeOutput(
  directory: string,
  artifacts: readonly Artifact[],
  facts: ManifestFacts,
  options: { readonly force: boolean },
  fs: FileSystem = nodeFileSystem,
): readonly Diagnostic[] {
  const folder = normalFolder(directory);
  const refused = refusedPaths(folder, artifacts);
  if (refused.length > 0) return refused;
  const files = withManifest(artifacts, facts);
  const staging = `${posix.dirname(folder)}/.${posix.basename(folder)}.gwc`;
  try {
    const before = inspectFolder(fs, folder, artifacts, options.force);
    if (before.problems.length > 0) return before.problems;
    if (fs.entry(staging) !== undefined) {
      const recovery = recoveryOf(fs, folder, staging, artifacts);
      return [diagnostic(interrupted, { file: folder }, { staging, recovery })];
    }
    if (before.exists && isUpToDate(before, files)) return [];
    return report(folder, staging, replaceFolder(fs, folder, staging, files, before));
  } catch (error) {
    return [diagnostic(writeFailed, { file: folder }, { folder, failure: failureOf(error) })];
  }
}

function report(
  folder: string,
  staging: string,
  outcome: ReturnType<typeof replaceFolder>,
): readonly Diagnostic[] {
  const at = { file: folder };
  switch (outcome.kind) {
    case 'done':
      return [];
    case 'leftBehind':
      return [diagnostic(leftBehind, at, { staging, failure: outcome.failure })];
    case 'undone':
      return [diagnostic(writeFailed, at, { folder, failure: outcome.failure })];
    case 'notUndone':
      return [diagnostic(notUndone, at, { folder, staging, failure: outcome.failure })];
  }
}

/** Forward slashes, no trailing one. */
export function normalFolder(directory: string): string {
  const folder = posix.normalize(directory.replaceAll('\\', '/'));
  return folder.length > 1 && folder.endsWith('/') ? folder.slice(0, -1) : folder;
}

/** Diagnostics for paths that no target should emit. */
export function refusedPaths(folder: string, artifacts: readonly Artifact[]): readonly Diagnostic[] {
  return pathFlaws(artifacts.map(({ path }) => path)).map((flaw) =>
    diagnostic(pathRefused, { file: folder }, flaw),
  );
}

/** The artifacts and the manifest that lists them. */
export function withManifest(artifacts: readonly Artifact[], facts: ManifestFacts): readonly Artifact[] {
  return [...artifacts, { path: manifestName, contents: printManifest(artifacts, facts) }];
}

function isUpToDate(before: Inspection, files: readonly Artifact[]): boolean {
  return (
    before.files.size === files.length &&
    files.every(({ path, contents }) => before.files.get(path) === sha256(contents))
  );
}
