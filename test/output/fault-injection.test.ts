import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type FileSystem, nodeFileSystem } from '../../src/commands/output/file-system.ts';
import { writeOutput } from '../../src/commands/output/write-output.ts';
import { artifacts, codes, facts, later, snapshot, temporaryFolder } from './output-folder.ts';

const once = { force: false };

/** How the disk fails at the k-th call (from 1): that call alone, that call twice, or every call from there on. */
type Fault = 'once' | 'twice' | 'forEver';

/** A file system that fails, after half of a file was written where the call writes one. Counts its calls. */
const failingAt = (k: number, fault: Fault): FileSystem & { readonly calls: () => number } => {
  let calls = 0;
  const counted = <Args extends readonly unknown[], R>(
    call: (...args: Args) => R,
    half: (...args: Args) => void = () => undefined,
  ) => {
    return (...args: Args): R => {
      calls += 1;
      const fails = fault === 'forEver' ? calls >= k : calls === k || (fault === 'twice' && calls === k + 1);
      if (!fails) return call(...args);
      half(...args);
      throw Object.assign(new Error('injected'), { code: calls % 2 === 0 ? 'EIO' : 'ENOSPC' });
    };
  };
  return {
    entry: counted(nodeFileSystem.entry),
    list: counted(nodeFileSystem.list),
    read: counted(nodeFileSystem.read),
    makeFolder: counted(nodeFileSystem.makeFolder),
    writeFile: counted(nodeFileSystem.writeFile, (path, contents, mode) =>
      nodeFileSystem.writeFile(path, contents.slice(0, contents.length / 2), mode),
    ),
    setMode: counted(nodeFileSystem.setMode),
    setOwner: counted(nodeFileSystem.setOwner),
    rename: counted(nodeFileSystem.rename),
    removeFile: counted(nodeFileSystem.removeFile),
    removeFolder: counted(nodeFileSystem.removeFolder),
    // Waiting for a real disk hundreds of times would prove nothing more.
    syncFolder: counted(() => undefined),
    calls: () => calls,
  };
};

interface Scene {
  readonly title: string;
  readonly prepare: (out: string) => void;
}
const scenes: readonly Scene[] = [
  { title: 'a folder that does not exist', prepare: () => undefined },
  { title: 'an empty folder', prepare: (out) => void mkdirSync(out, { recursive: true }) },
  {
    title: 'an earlier build with files of others',
    prepare: (out) => {
      writeOutput(out, artifacts, facts, once);
      mkdirSync(join(out, 'logs'));
      writeFileSync(join(out, 'logs/access.log'), 'log');
      writeFileSync(join(out, 'tls/site.key'), 'key', { mode: 0o600 });
      writeFileSync(join(out, 'conf/mine.conf'), 'mine');
      symlinkSync('/nowhere', join(out, 'tls/site.crt'));
    },
  },
];

/** The scene built afresh, and what it looks like before and after an undisturbed build. */
const stage = ({ prepare }: Scene): { readonly base: string; readonly out: string } => {
  const base = temporaryFolder();
  const out = join(base, 'dist/nginx');
  prepare(out);
  return { base, out };
};
const undisturbed = (scene: Scene) => {
  const { base, out } = stage(scene);
  const before = snapshot(base);
  const counting = failingAt(Number.POSITIVE_INFINITY, 'once');
  expect(writeOutput(out, later, facts, once, counting)).toEqual([]);
  const every = Array.from({ length: counting.calls() }, (_, index) => index + 1);
  return { before, after: snapshot(base), every };
};
const filesOf = (tree: Readonly<Record<string, string>>): readonly string[] =>
  Object.values(tree).filter((entry) => !entry.startsWith('folder'));

describe.each(scenes)('writing over $title', (scene) => {
  test('a call that fails once leaves the old tree or the complete new one, and nothing temporary', () => {
    const { before, after, every } = undisturbed(scene);
    expect(every.length).toBeGreaterThan(20);
    const outcomes = every.map((k) => {
      const { base, out } = stage(scene);
      const found = writeOutput(out, later, facts, once, failingAt(k, 'once'));
      const now = snapshot(base);
      if (found.length === 0) expect(now, `call ${k}`).toEqual(after);
      else {
        expect(codes(found), `call ${k}`).toEqual(['OUT008']);
        expect(now, `call ${k}`).toEqual(before);
      }
      return found.length;
    });
    expect(outcomes).toContain(1);
  });

  test('a call that fails twice, while things are put back too, leaves one tree or the other', () => {
    const { before, after, every } = undisturbed(scene);
    for (const k of every) {
      const { base, out } = stage(scene);
      const found = writeOutput(out, later, facts, once, failingAt(k, 'twice'));
      const now = snapshot(base);
      expect(['', 'OUT008', 'OUT010'], `call ${k}`).toContain(codes(found).join());
      const left = Object.keys(now).filter((name) => name.includes('.gwc') && !name.includes('manifest'));
      if (codes(found)[0] === 'OUT010') expect(left.length).toBeGreaterThan(0);
      else expect(now, `call ${k}`).toEqual(found.length === 0 ? after : before);
    }
  });

  test('a disk that fails for ever, or a crash, loses no file', () => {
    const { before, after, every } = undisturbed(scene);
    for (const k of every) {
      const { base, out } = stage(scene);
      const found = writeOutput(out, later, facts, once, failingAt(k, 'forEver'));
      const now = filesOf(snapshot(base));
      const kept = found.some((one) => one.severity === 'error') ? filesOf(before) : filesOf(after);
      for (const file of kept) expect(now, `call ${k}`).toContain(file);
      // What remains is named, and the next build does not walk over it.
      const next = codes(writeOutput(out, later, facts, once));
      const staged = existsSync(join(base, 'dist/.nginx.gwc'));
      expect(next, `call ${k}`).toEqual(staged ? ['OUT007'] : []);
    }
  });
});
