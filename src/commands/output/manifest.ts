import { createHash } from 'node:crypto';
import { portableName } from '../../model/origin.ts';
import type { Artifact } from '../../targets/target.ts';
import { pathFlaw } from './output-path.ts';

/** Version of the format below; a field is only ever added within a version. */
const FORMAT = 1;

/** What the manifest says besides the files themselves. */
export interface ManifestFacts {
  /** The documents that were read, with the SHA-256 (hex) of their bytes. */
  readonly sources: readonly { readonly file: string; readonly sha256: string }[];
  /** The version of gwc: the only place in the output where it appears. */
  readonly version: string;
}

export interface ManifestFile {
  readonly path: string;
  readonly sha256: string;
}

/**
 * The text of a manifest: `{ "format": 1, "gwc": "<version>", "sources": [{ "file", "sha256" }], "files": [{ "path",
 * "sha256" }] }`, both lists sorted by name, SHA-256 in hex. The manifest does not list itself.
 */
export function printManifest(artifacts: readonly Artifact[], facts: ManifestFacts): string {
  const files = artifacts.map(({ path, contents }) => ({ path, sha256: sha256(contents) }));
  const sources = facts.sources.map(({ file, sha256 }) => ({ file: portableName(file), sha256 }));
  const manifest = {
    format: FORMAT,
    gwc: facts.version,
    sources: sources.sort((a, b) => compare(a.file, b.file) || compare(a.sha256, b.sha256)),
    files: files.sort((a, b) => compare(a.path, b.path)),
  };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

/** The files that a manifest lists; a sentence when it is none, or names a path that gwc would never write. */
export function readManifest(bytes: Uint8Array): readonly ManifestFile[] | string {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return 'it is not JSON';
  }
  if (!isRecord(value) || value['format'] !== FORMAT) return `its format is not ${FORMAT}`;
  if (!Array.isArray(value['files'])) return 'it has no list of files';
  const files: ManifestFile[] = [];
  for (const file of value['files'] as readonly unknown[]) {
    if (!isRecord(file)) return 'an entry of its files is no object';
    const { path, sha256 } = file;
    if (typeof path !== 'string' || typeof sha256 !== 'string') return 'an entry has no path or no sha256';
    const flaw = pathFlaw(path);
    if (flaw !== undefined) return `it lists "${path}", which ${flaw}`;
    files.push({ path, sha256 });
  }
  return files;
}

export function sha256(contents: string | Uint8Array): string {
  return createHash('sha256').update(contents).digest('hex');
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
