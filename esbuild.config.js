// The build: generated code first (validators, templates), then one split ESM bundle, so that a command loads only what it needs.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { build } from 'esbuild';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));
const folder = new URL('.', import.meta.url).pathname;

const generators = [
  'src/openapi/compile-validators.js',
  'src/render/precompile-templates.js',
  'src/targets/aws/authorizer/bundle-authorizer.js',
];
for (const generator of generators) {
  execFileSync(process.execPath, [generator], { cwd: folder, stdio: 'inherit' });
}
rmSync(new URL('dist', import.meta.url), { recursive: true, force: true });

/** What `gwc build` needs is a bundle of its own: what it shares with other commands would be a file for every set of them. */
const buildApart = {
  name: 'build apart',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^\.\/commands\/build\.ts$/ }, () => ({ path: './build/build.js', external: true }));
  },
};

/** commander can start programs as commands. gwc has none, and loading what starts them is a tenth of `--help`. */
const lazyChildProcess = {
  name: 'lazy child process',
  setup: ({ onLoad }) => {
    onLoad({ filter: /commander[/\\]lib[/\\]command\.js$/ }, ({ path }) => {
      const eager = "const childProcess = require('node:child_process');";
      const contents = readFileSync(path, 'utf8');
      if (!contents.includes(eager)) throw new Error('commander loads node:child_process in another way');
      const lazy = "const childProcess = { spawn: (...all) => require('node:child_process').spawn(...all) };";
      return { contents: contents.replace(eager, lazy) };
    });
  },
};

const common = {
  absWorkingDir: folder,
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  // Names stay, and lines that a stack trace can point at: white space alone is what V8 need not read.
  minifySyntax: true,
  minifyWhitespace: true,
  lineLimit: 160,
  legalComments: 'none',
  write: false,
  define: { GWC_VERSION: JSON.stringify(version) },
  logLevel: 'warning',
};
const bundles = await Promise.all([
  build({ ...common, entryPoints: ['src/cli.ts'], plugins: [buildApart, lazyChildProcess] }),
  build({ ...common, entryPoints: ['src/commands/build.ts'], outdir: 'dist/build' }),
]);

// CommonJS packages inside an ESM bundle still ask for `require` of Node's own modules: through one helper of esbuild,
// so that only the file that has it needs the real one. Making one for every file is a part of each start.
const CREATE =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);\n";
for (const { path, text } of bundles.flatMap(({ outputFiles }) => outputFiles)) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, /\btypeof require\b/.test(text) ? CREATE + text : text);
}
