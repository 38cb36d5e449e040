import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { CORE_SCHEMA, load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { keySet, signingKey } from '../support/tokens.ts';
import { contents, gwc, shopFiles, workFolder, write } from './program.ts';

const work = workFolder();
const program = fileURLToPath(new URL('../../bin/gwc.js', import.meta.url));
const law = readFileSync(new URL('../../fixtures/behaviour/law.openapi.yaml', import.meta.url), 'utf8');
const keys = JSON.stringify(keySet([signingKey('ES256', 'same')]));
const lawFiles = { 'openapi.yaml': law, 'user.jwks.json': keys, 'session.jwks.json': keys };

/** Builds in a shell of its own, so that the mask of new files can differ. */
function buildUnder(
  cwd: string,
  umask: string,
  environment: Readonly<Record<string, string>>,
): Promise<void> {
  const command = `umask ${umask} && exec "$0" "$1" build -t nginx openapi.yaml`;
  const env = { PATH: process.env['PATH'], ...environment };
  return new Promise((resolve, reject) => {
    execFile('sh', ['-c', command, process.execPath, program], { cwd, env }, (error) =>
      error === null ? resolve() : reject(error),
    );
  });
}

describe.each([
  ['the shop', shopFiles],
  ['the law', lawFiles],
])('%s', (name, files) => {
  const folder = (suffix: string): string => join(work, name.replace(' ', '-'), suffix);

  test('gives the same bytes in every folder, time zone, language, home and file mask', async () => {
    const one = write(folder('one'), files);
    const other = write(folder('another/place with blanks'), files);
    await buildUnder(one, '022', { TZ: 'UTC', LANG: 'C', HOME: '/root', USER: 'one' });
    const turkish = { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', TZ: 'Pacific/Kiritimati' };
    await buildUnder(other, '077', { ...turkish, HOME: '/tmp', USER: 'other', HOSTNAME: 'elsewhere' });
    const built = contents(join(one, 'dist'));
    expect(built.size).toBeGreaterThan(10);
    expect(contents(join(other, 'dist'))).toEqual(built);
  });

  test('gives the same output under an absolute name', async () => {
    const cwd = write(folder('absolute'), files);
    await gwc(['build', '-t', 'nginx', 'openapi.yaml', '-o', 'relative'], { cwd });
    const { code } = await gwc(
      ['build', '-t', 'nginx', join(cwd, 'openapi.yaml'), '-o', join(cwd, 'whole')],
      { cwd: work },
    );
    expect(code).toBe(0);
    const text = [...contents(join(cwd, 'whole')).values()].join('\n');
    expect(text).not.toContain(work);
  });

  test('building into an existing output changes nothing, not even times', async () => {
    const cwd = write(folder('again'), files);
    await gwc(['build', '-t', 'nginx', 'openapi.yaml'], { cwd });
    const built = contents(join(cwd, 'dist'));
    const times = (): readonly number[] =>
      [...built.keys()].map((file) => statSync(join(cwd, 'dist', file)).mtimeMs);
    const before = times();
    expect((await gwc(['build', '-t', 'nginx', 'openapi.yaml'], { cwd })).code).toBe(0);
    expect(contents(join(cwd, 'dist'))).toEqual(built);
    expect(times()).toEqual(before);
  });

  test('building over the output of another document leaves only its own files', async () => {
    const cwd = write(folder('over'), files);
    await gwc(['build', '-t', 'nginx', 'openapi.yaml'], { cwd });
    const built = contents(join(cwd, 'dist'));
    const other = write(folder('over-other'), files === lawFiles ? shopFiles : lawFiles);
    await gwc(['build', '-t', 'nginx', 'openapi.yaml'], { cwd: other });
    mkdirSync(join(cwd, 'mixed'));
    cpSync(join(other, 'dist/nginx'), join(cwd, 'mixed/nginx'), { recursive: true });
    expect((await gwc(['build', '-t', 'nginx', 'openapi.yaml', '-o', 'mixed'], { cwd })).code).toBe(0);
    expect(contents(join(cwd, 'mixed'))).toEqual(built);
  });

  test('names no folder, time or machine', async () => {
    const cwd = write(folder('plain'), files);
    await gwc(['build', '-t', 'nginx', 'openapi.yaml'], { cwd });
    const text = [...contents(join(cwd, 'dist'))].flat().join('\n');
    const year = String(new Date().getFullYear());
    for (const trace of [work, cwd, process.cwd(), fileURLToPath(new URL('../..', import.meta.url))]) {
      expect(text).not.toContain(trace.replace(/\/$/, ''));
    }
    expect(text).not.toMatch(new RegExp(`${year}-[01]\\d-[0-3]\\d`));
    if (hostname().length > 4) expect(text).not.toContain(hostname());
    if (userInfo().username !== 'root') expect(text).not.toContain(userInfo().username);
  });

  test('does not depend on the order of maps whose order means nothing', async () => {
    const tree = load(files['openapi.yaml'] ?? '', { schema: CORE_SCHEMA });
    const built = async (suffix: string, text: string): Promise<ReadonlyMap<string, string>> => {
      const cwd = write(folder(suffix), { ...files, 'openapi.yaml': text });
      const { code, stderr } = await gwc(['build', '-t', 'nginx', 'openapi.yaml'], { cwd });
      expect(code, stderr).toBe(0);
      const output = new Map(contents(join(cwd, 'dist/nginx')));
      const manifest = JSON.parse(output.get('.gwc-manifest.json') ?? '');
      return output.set('.gwc-manifest.json', JSON.stringify({ ...manifest, sources: [] }));
    };
    const plain = await built('ordered', JSON.stringify(tree));
    for (const seed of [1, 2, 3]) {
      const [order] = fc.sample(fc.infiniteStream(fc.nat({ max: 1_000_000 })), { numRuns: 1, seed });
      if (order === undefined) throw new Error('no order');
      const shuffled = JSON.stringify(shuffle(tree, order, ''));
      expect(shuffled).not.toBe(JSON.stringify(tree));
      expect(await built(`shuffled-${seed}`, shuffled)).toEqual(plain);
    }
  });
});

/** Reorders every map but those of requirements, whose first scheme names the caller. */
function shuffle(value: unknown, order: Iterator<number>, key: string): unknown {
  if (Array.isArray(value))
    return value.map((item) => (key === 'security' ? item : shuffle(item, order, '')));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, item]) => ({ name, item, rank: Number(order.next().value) }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ name, item }) => [name, shuffle(item, order, name)]),
  );
}
