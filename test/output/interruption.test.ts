import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type FileSystem, nodeFileSystem } from '../../src/commands/output/file-system.ts';
import { writeOutput } from '../../src/commands/output/write-output.ts';
import { artifacts, codes, facts, later, snapshot, temporaryFolder } from './output-folder.ts';

const once = { force: false };

/** A file system of a process that is killed at the k-th call that changes something (from 1): nothing happens after it. */
function killedAt(k: number): FileSystem & { readonly isAlive: () => boolean } {
  let calls = 0;
  const changing = <Args extends readonly unknown[], R>(call: (...args: Args) => R) => {
    return (...args: Args): R => {
      calls += 1;
      if (calls < k) return call(...args);
      throw Object.assign(new Error('killed'), { code: 'EIO' });
    };
  };
  const { makeFolder, writeFile, setMode, setOwner, rename, removeFile, removeFolder } = nodeFileSystem;
  return {
    ...nodeFileSystem,
    makeFolder: changing(makeFolder),
    writeFile: changing(writeFile),
    setMode: changing(setMode),
    setOwner: changing(setOwner),
    rename: changing(rename),
    removeFile: changing(removeFile),
    removeFolder: changing(removeFolder),
    syncFolder: () => undefined,
    isAlive: () => calls < k,
  };
}

test('wherever a build is killed, the advice of OUT007 brings every file of others back and a build through', () => {
  let interruptions = 0;
  for (let k = 1; ; k += 1) {
    const base = temporaryFolder();
    const out = join(base, "it's dist/nginx");
    mkdirSync(join(base, "it's dist"));
    writeOutput(out, artifacts, facts, once);
    mkdirSync(join(out, 'logs'));
    writeFileSync(join(out, 'logs/access.log'), 'log');
    writeFileSync(join(out, 'tls/site.key'), 'key', { mode: 0o600 });
    const fs = killedAt(k);
    writeOutput(out, later, facts, once, fs);
    const found = writeOutput(out, later, facts, once);
    if (codes(found).includes('OUT007')) {
      interruptions += 1;
      const command = /build again: (.*)$/.exec(found[0]?.fix ?? '')?.[1] ?? 'false';
      execFileSync('/bin/sh', ['-c', command]);
      expect(codes(writeOutput(out, later, facts, once)), `call ${k}: ${command}`).toEqual([]);
    }
    expect(readFileSync(join(out, 'nginx.conf'), 'utf8')).toBe('events { }\n');
    expect(snapshot(out)).toMatchObject({
      'logs/access.log': 'file 644 log',
      'tls/site.key': 'file 600 key',
      'data/routes.json': expect.stringContaining('{}'),
    });
    expect(snapshot(join(base, "it's dist"))).not.toHaveProperty('.nginx.gwc');
    if (fs.isAlive()) break;
  }
  expect(interruptions).toBeGreaterThan(5);
});
