import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { gwc, workFolder } from './program.ts';

const cwd = workFolder();
const shared = new URL('../../../shared/', import.meta.url);
const available = existsSync(shared);

/** Every n-th file of a folder of the shared data. */
function sample(folder: string, every: number): readonly URL[] {
  if (!available) return [];
  return (readdirSync(new URL(folder, shared), { recursive: true }) as string[])
    .filter((name) => /\.(ya?ml|json)$/.test(name))
    .sort()
    .filter((_, index) => index % every === 0)
    .map((name) => new URL(folder + encodeURIComponent(name).replaceAll('%2F', '/'), shared));
}

const files = [
  ...sample('corpus/broken/', 6),
  ...sample('vectors/json-test-suite/test_parsing/', 40),
  ...sample('vectors/yaml-test-suite/src/', 40),
].map((url) => ({ name: decodeURIComponent(url.pathname.slice(shared.pathname.length)), url }));

describe.skipIf(!available)('bad documents end in findings (skipped without the shared data)', () => {
  test.each(files)('$name', async ({ name, url }) => {
    const document = name.endsWith('.json') ? 'document.json' : 'document.yaml';
    writeFileSync(join(cwd, document), readFileSync(url));
    const { code, stdout, stderr } = await gwc(['build', document, '--format', 'json'], { cwd });
    rmSync(join(cwd, document));
    expect([1, 3]).toContain(code);
    expect(stderr).toBe('');
    const { diagnostics } = JSON.parse(stdout);
    expect(diagnostics.some(({ severity }: { severity: string }) => severity === 'error')).toBe(true);
    for (const { file } of diagnostics) expect(file).toBe(document);
    expect(existsSync(join(cwd, 'dist'))).toBe(false);
  });
});
