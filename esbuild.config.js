// The build: generated code first (validators, templates), then one split ESM bundle, so that a command loads only what it needs.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));
const folder = new URL('.', import.meta.url).pathname;

for (const generator of ['src/openapi/compile-validators.js', 'src/render/precompile-templates.js']) {
  execFileSync(process.execPath, [generator], { cwd: folder, stdio: 'inherit' });
}
rmSync(new URL('dist', import.meta.url), { recursive: true, force: true });
await build({
  absWorkingDir: folder,
  entryPoints: ['src/cli.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minifySyntax: true,
  legalComments: 'none',
  // CommonJS packages inside an ESM bundle still ask for `require` of Node's own modules.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  define: { GWC_VERSION: JSON.stringify(version) },
  logLevel: 'warning',
});
