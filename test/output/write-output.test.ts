import {
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkOutput } from '../../src/commands/output/check-output.ts';
import { writeOutput } from '../../src/commands/output/write-output.ts';
import { artifacts, codes, facts, later, snapshot, temporaryFolder } from './output-folder.ts';

const once = { force: false };
const written = (): { readonly base: string; readonly out: string } => {
  const base = temporaryFolder();
  const out = join(base, 'dist/nginx');
  expect(writeOutput(out, artifacts, facts, once)).toEqual([]);
  return { base, out };
};

describe('a new folder', () => {
  test('holds the files, their permissions and a manifest, whatever the umask', () => {
    const before = process.umask(0o077);
    try {
      const { base } = written();
      const { 'dist/nginx/.gwc-manifest.json': manifest, ...rest } = snapshot(base);
      expect(rest).toEqual({
        dist: 'folder 755',
        'dist/nginx': 'folder 755',
        'dist/nginx/conf': 'folder 755',
        'dist/nginx/conf/site.conf': 'file 644 server {}\n',
        'dist/nginx/nginx.conf': 'file 644 events {}\n',
        'dist/nginx/start.sh': 'file 755 #!/bin/sh\n',
        'dist/nginx/tls': 'folder 755',
        'dist/nginx/tls/.keep': 'file 644 ',
      });
      expect(JSON.parse(manifest?.slice('file 644 '.length) ?? '')).toEqual({
        format: 1,
        gwc: '1.2.3',
        sources: [
          { file: 'a.yaml', sha256: 'aa' },
          { file: 'b.yaml', sha256: 'bb' },
        ],
        files: ['conf/site.conf', 'nginx.conf', 'start.sh', 'tls/.keep'].map((path) => ({
          path,
          sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        })),
      });
    } finally {
      process.umask(before);
    }
  });
  test('is the same bytes wherever it is and in whatever order the files come', () => {
    const one = written().out;
    const two = join(temporaryFolder(), 'elsewhere');
    mkdirSync(two);
    const shuffled = { ...facts, sources: [...facts.sources].reverse() };
    expect(writeOutput(`${two}/`, [...artifacts].reverse(), shuffled, once)).toEqual([]);
    expect(snapshot(two)).toEqual(snapshot(one));
  });
});

describe('a rebuild', () => {
  test('replaces, adds and removes what gwc wrote, and keeps what others put there', () => {
    const { base, out } = written();
    mkdirSync(join(out, 'logs/old'), { recursive: true });
    writeFileSync(join(out, 'logs/old/access.log'), 'log');
    writeFileSync(join(out, 'tls/site.key'), 'key', { mode: 0o600 });
    writeFileSync(join(out, 'conf/mine.conf'), 'mine');
    symlinkSync('/etc/hostname', join(out, 'tls/site.crt'));
    chmodSync(join(out, 'tls'), 0o700);
    expect(writeOutput(out, later, facts, once)).toEqual([]);
    const { 'dist/nginx/.gwc-manifest.json': manifest, ...rest } = snapshot(base);
    expect(rest).toEqual({
      dist: 'folder 755',
      'dist/nginx': 'folder 755',
      'dist/nginx/conf': 'folder 755',
      'dist/nginx/conf/mine.conf': 'file 644 mine',
      'dist/nginx/data': 'folder 755',
      'dist/nginx/data/routes.json': 'file 644 {}\n',
      'dist/nginx/logs': 'folder 755',
      'dist/nginx/logs/old': 'folder 755',
      'dist/nginx/logs/old/access.log': 'file 644 log',
      'dist/nginx/nginx.conf': 'file 644 events { }\n',
      'dist/nginx/tls': 'folder 700',
      'dist/nginx/tls/.keep': 'file 644 ',
      'dist/nginx/tls/site.crt': 'link /etc/hostname',
      'dist/nginx/tls/site.key': 'file 600 key',
    });
    expect(manifest).not.toContain('site.conf');
  });
  test('of the same input touches nothing', () => {
    const { out } = written();
    const before = statSync(join(out, 'nginx.conf'));
    expect(writeOutput(out, artifacts, facts, once)).toEqual([]);
    expect(statSync(join(out, 'nginx.conf')).ino).toBe(before.ino);
  });
  test('of an edited file loses the edit when forced', () => {
    const { base, out } = written();
    const before = snapshot(base);
    writeFileSync(join(out, 'nginx.conf'), 'edited');
    expect(writeOutput(out, artifacts, facts, { force: true })).toEqual([]);
    expect(snapshot(base)).toEqual(before);
  });
});

describe('a refusal changes nothing', () => {
  type Prepare = (out: string, base: string) => void;
  test.each<[string, Prepare, readonly string[]]>([
    ['an edited file', (out) => writeFileSync(join(out, 'nginx.conf'), 'edited'), ['OUT003']],
    [
      'an edited file that is no longer emitted',
      (out) => writeFileSync(join(out, 'start.sh'), 'x'),
      ['OUT003'],
    ],
    ['a file of others in the way', (out) => writeBelow(out, 'data/routes.json', '[]'), ['OUT006']],
    ['a file of others where a folder goes', (out) => writeFileSync(join(out, 'data'), 'x'), ['OUT006']],
    ['a link where a folder goes', (out) => symlinkSync('/tmp', join(out, 'data')), ['OUT004']],
    [
      'a link where a file was',
      (out, base) => replaceByLink(join(out, 'nginx.conf'), join(base, 'victim')),
      ['OUT004'],
    ],
    [
      'a manifest that names a file elsewhere',
      (out) => editManifest(out, 'nginx.conf', '../../victim'),
      ['OUT002'],
    ],
    ['a manifest of another format', (out) => editManifest(out, '"format": 1', '"format": 2'), ['OUT002']],
    ['no JSON', (out) => writeFileSync(join(out, '.gwc-manifest.json'), '{'), ['OUT002']],
    ['an interrupted build', (_out, base) => mkdirSync(join(base, 'dist/.nginx.gwc')), ['OUT007']],
  ])('%s', (_title, prepare, expected) => {
    const { base, out } = written();
    prepare(out, base);
    const before = snapshot(base);
    expect(codes(writeOutput(out, later, facts, once))).toEqual(expected);
    expect(snapshot(base)).toEqual(before);
  });
  test('a folder with files of others', () => {
    const out = temporaryFolder();
    writeFileSync(join(out, 'thesis.txt'), 'x');
    expect(codes(writeOutput(out, artifacts, facts, { force: true }))).toEqual(['OUT001']);
    expect(snapshot(out)).toEqual({ 'thesis.txt': 'file 644 x' });
  });
  test('a file as the folder, a link as the folder', () => {
    const base = temporaryFolder();
    writeFileSync(join(base, 'file'), 'x');
    symlinkSync(base, join(base, 'link'));
    expect(codes(writeOutput(join(base, 'file'), artifacts, facts, once))).toEqual(['OUT006']);
    expect(codes(writeOutput(join(base, 'link'), artifacts, facts, once))).toEqual(['OUT004']);
  });
  test('a link on the way to a relative folder', () => {
    const base = temporaryFolder();
    const here = process.cwd();
    symlinkSync(temporaryFolder(), join(base, 'dist'));
    // A worker's own folder cannot be changed, so the way there is spelled out.
    const up = here
      .split('/')
      .slice(1)
      .map(() => '..')
      .join('/');
    expect(codes(writeOutput(`${up}${base}/dist/nginx`, artifacts, facts, once))).toEqual(['OUT004']);
  });
  test.each([
    ['/etc/passwd', 'is absolute'],
    ['C:x', 'is absolute'],
    ['a/../../b', '".." segment'],
    ['./a', '"." or ".."'],
    ['a//b', 'empty segment'],
    ['a/', 'empty segment'],
    ['', 'empty segment'],
    ['a\\b', 'other characters'],
    ['a\nb', 'other characters'],
    ['é', 'other characters'],
    ['aux.conf', 'on every system'],
    ['a.', 'on every system'],
    ['NGINX.conf', 'where case does not count'],
    ['Conf/other.conf', 'where case does not count'],
    ['nginx.conf/x', 'is a file and a folder'],
    ['.GWC-manifest.json', 'the place of the manifest'],
    ['x'.repeat(201), 'longer'],
  ])('the output path %j', (path, flaw) => {
    const out = join(temporaryFolder(), 'out');
    const found = writeOutput(out, [...artifacts, { path, contents: '' }], facts, once);
    expect(codes(found)).toEqual(['OUT005']);
    expect(found[0]?.message).toContain(flaw);
  });
});

describe('gwc build --check', () => {
  test('says nothing of a folder that is up to date, whatever others put there', () => {
    const { out } = written();
    writeFileSync(join(out, 'tls/site.key'), 'key');
    expect(checkOutput(out, artifacts, facts)).toEqual([]);
  });
  test('lists what is stale, missing and extra, and changes nothing', () => {
    const { base, out } = written();
    const before = snapshot(base);
    expect(checkOutput(out, later, facts).map((one) => one.message)).toEqual([
      `In "${out}" files are stale: ".gwc-manifest.json", "nginx.conf".`,
      `In "${out}" a file is missing: "data/routes.json".`,
      `In "${out}" files are extra: "conf/site.conf", "start.sh".`,
    ]);
    expect(codes(checkOutput(out, artifacts, { ...facts, version: '2.0.0' }))).toEqual(['OUT011']);
    expect(snapshot(base)).toEqual(before);
  });
  test('finds an edit, an absent folder and a folder of others', () => {
    const { base, out } = written();
    writeFileSync(join(out, 'nginx.conf'), 'edited');
    expect(codes(checkOutput(out, artifacts, facts))).toEqual(['OUT011']);
    expect(codes(checkOutput(join(base, 'absent'), artifacts, facts))).toEqual(['OUT011']);
    expect(codes(checkOutput(base, artifacts, facts))).toEqual(['OUT001']);
  });
});

const writeBelow = (out: string, path: string, contents: string): void => {
  mkdirSync(join(out, path, '..'), { recursive: true });
  writeFileSync(join(out, path), contents);
};
const replaceByLink = (path: string, victim: string): void => {
  writeFileSync(victim, 'victim');
  symlinkSync(victim, `${path}.link`);
  renameSync(`${path}.link`, path);
};
const editManifest = (out: string, from: string, to: string): void => {
  const path = join(out, '.gwc-manifest.json');
  writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
};
