import { lstatSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import type { Artifact } from '../../src/targets/target.ts';

/** A folder of the test's own, removed when it ends. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'gwc-output-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

/** Everything below a folder, links not followed: path → kind, permission bits and contents. */
export const snapshot = (folder: string): Readonly<Record<string, string>> => {
  const found: Record<string, string> = {};
  const visit = (name: string): void => {
    const path = join(folder, name);
    const entry = lstatSync(path);
    const mode = (entry.mode & 0o777).toString(8);
    if (entry.isSymbolicLink()) found[name] = `link ${readlinkSync(path)}`;
    else if (entry.isDirectory()) {
      found[name] = `folder ${mode}`;
      for (const inner of readdirSync(path).sort()) visit(`${name}/${inner}`);
    } else found[name] = `file ${mode} ${readFileSync(path, 'utf8')}`;
  };
  for (const name of readdirSync(folder).sort()) visit(name);
  return found;
};

export const facts = {
  sources: [
    { file: 'b.yaml', sha256: 'bb' },
    { file: '/checkout/a.yaml', sha256: 'aa' },
  ],
  version: '1.2.3',
};

export const artifacts: readonly Artifact[] = [
  { path: 'nginx.conf', contents: 'events {}\n' },
  { path: 'conf/site.conf', contents: 'server {}\n' },
  { path: 'tls/.keep', contents: '' },
  { path: 'start.sh', contents: '#!/bin/sh\n', executable: true },
];

export const later: readonly Artifact[] = [
  { path: 'nginx.conf', contents: 'events { }\n' },
  { path: 'data/routes.json', contents: '{}\n' },
  { path: 'tls/.keep', contents: '' },
];

export const codes = (found: readonly Diagnostic[]): readonly string[] => found.map((one) => one.code);
