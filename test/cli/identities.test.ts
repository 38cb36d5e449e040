import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { gwc, workFolder, write } from './program.ts';

const page = readFileSync(new URL('../../docs/identities.md', import.meta.url), 'utf8');
const [, document = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];

test('the document with every identity builds as the page shows it, and nginx takes it without any name resolved', async () => {
  const cwd = workFolder();
  write(cwd, { 'openapi.yaml': document });
  expect(await gwc(['build', 'openapi.yaml', '--verify'], { cwd })).toEqual({
    code: 0,
    stdout: '',
    stderr: 'wrote dist/nginx\n',
  });
});
