import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadGateway } from '../src/commands/load.ts';
import { orderDiagnostics } from '../src/diagnostics/order.ts';
import { printPretty } from '../src/diagnostics/print-pretty.ts';
import { targets } from '../src/targets/index.ts';

/**
 * A few documents with everything that is made of them: findings, model, files. `UPDATE=1` writes what is there now and
 * removes what is stale; it is refused in CI. The verifier's code is constant and not repeated here.
 */
const fixtures = new URL('../fixtures/build', import.meta.url).pathname;
const update = process.env['UPDATE'] === '1';

describe.each(readdirSync(fixtures).sort())('%s', (name) => {
  test('gives exactly the expected findings, model and files', async () => {
    expect(update && process.env['CI'] !== undefined, 'expectations are not rewritten in CI').toBe(false);
    const folder = join(fixtures, name);
    const made = await make(folder);
    const expected = join(folder, 'expected');
    if (update) rewrite(expected, made);
    expect(filesBelow(expected)).toEqual([...made.keys()].sort());
    for (const [path, contents] of made)
      expect(contents, path).toBe(readFileSync(join(expected, path), 'utf8'));
  });
});

async function make(folder: string): Promise<ReadonlyMap<string, string>> {
  const loaded = await loadGateway([join(folder, 'openapi.yaml')], { format: 'pretty', root: folder });
  const plain = (text: string): string => text.replaceAll(`${folder}/`, '');
  const made = new Map<string, string>();
  const found = [...loaded.diagnostics];
  if (loaded.gateway !== undefined) {
    made.set('model.json', plain(`${JSON.stringify(loaded.gateway, undefined, 2)}\n`));
    const { namedTargets } = loaded.gateway;
    for (const { name, compile } of targets) {
      if (!(namedTargets.length === 0 ? name === 'nginx' : namedTargets.includes(name))) continue;
      const { artifacts, diagnostics } = compile(loaded.gateway);
      found.push(...diagnostics);
      for (const { path, contents } of artifacts)
        if (!/^(?:njs|authorizer)\//.test(path)) made.set(`${name}/${path}`, plain(contents));
    }
  }
  const { locate } = loaded.documents;
  made.set('findings.txt', plain(printPretty(orderDiagnostics(found, locate), locate, false)));
  return made;
}

function filesBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return (readdirSync(folder, { recursive: true }) as string[])
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort();
}

function rewrite(folder: string, files: ReadonlyMap<string, string>): void {
  rmSync(folder, { recursive: true, force: true });
  for (const [path, contents] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), contents);
  }
}
