import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Artifact } from '../../targets/target.ts';
import { outOfDate, writeFailed } from './diagnostics.ts';
import { type FileSystem, failureOf, nodeFileSystem } from './file-system.ts';
import { inspectFolder } from './inspect-folder.ts';
import { compare, type ManifestFacts, sha256 } from './manifest.ts';
import { normalFolder, refusedPaths, withManifest } from './write-output.ts';

/**
 * Compares a folder with what `writeOutput` would write there, without changing anything: files that differ are stale,
 * files that are absent missing, files of an earlier build that are no longer emitted extra. Entries of others do not
 * count. Empty when the folder is up to date.
 */
export function checkOutput(
  directory: string,
  artifacts: readonly Artifact[],
  facts: ManifestFacts,
  fs: FileSystem = nodeFileSystem,
): readonly Diagnostic[] {
  const folder = normalFolder(directory);
  const refused = refusedPaths(folder, artifacts);
  if (refused.length > 0) return refused;
  try {
    const { files, problems } = inspectFolder(fs, folder, artifacts, true);
    if (problems.length > 0) return problems;
    const wanted = new Map(
      withManifest(artifacts, facts).map(({ path, contents }) => [path, sha256(contents)]),
    );
    const paths = [...new Set([...wanted.keys(), ...files.keys()])].sort(compare);
    const groups = {
      stale: paths.filter(
        (path) => wanted.has(path) && files.has(path) && wanted.get(path) !== files.get(path),
      ),
      missing: paths.filter((path) => !files.has(path)),
      extra: paths.filter((path) => !wanted.has(path)),
    };
    return (['stale', 'missing', 'extra'] as const)
      .filter((how) => groups[how].length > 0)
      .map((how) => diagnostic(outOfDate, { file: folder }, { folder, how, paths: groups[how] }));
  } catch (error) {
    return [diagnostic(writeFailed, { file: folder }, { folder, failure: failureOf(error) })];
  }
}
