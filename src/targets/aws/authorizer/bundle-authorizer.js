import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const project = fileURLToPath(new URL('../../../../', import.meta.url));
const folder = join(project, 'templates/aws/authorizer');

/** The authorizer for each kind of API. */
const handlers = ['http', 'rest'];
/** What only some gateways need; each puts itself into `PARTS`. */
const parts = ['addresses', 'certificates', 'passwords', 'secrets', 'services'];

/**
 * One text of a module and all that it imports. Names are short: the whole function shall fit into a template beside the
 * API. What the names were is in templates/aws/authorizer.
 * @param {string} source a path below the folder, or a text that imports from it
 * @param {import('esbuild').BuildOptions} options
 */
export function bundled(source, options) {
  const entry = source.includes('\n')
    ? { stdin: { contents: source, resolveDir: folder } }
    : { entryPoints: [join(folder, source)] };
  const { outputFiles } = buildSync({
    ...entry,
    ...options,
    absWorkingDir: project,
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20.19',
    minify: true,
    charset: 'ascii',
    legalComments: 'none',
    external: ['@aws-sdk/*'],
    logLevel: 'warning',
    logOverride: { 'commonjs-variable-in-esm': 'silent' },
  });
  return outputFiles[0].text;
}

/** The text of src/generated/authorizer.js. */
export function authorizerModule() {
  const texts = [
    ...handlers.map((name) => [name, bundled(`${name}.js`, { format: 'cjs' })]),
    ...parts.map((name) => [name, bundled(`${name}.js`, { format: 'iife' })]),
  ];
  const members = texts.map(([name, text]) => `  ${name}: ${JSON.stringify(text)},\n`);
  return `export const authorizerTexts = {\n${members.join('')}};\n`;
}

function write() {
  const output = join(project, 'src/generated/authorizer.js');
  mkdirSync(dirname(output), { recursive: true });
  writeFileSync(output, authorizerModule());
}

if (process.argv[1] === fileURLToPath(import.meta.url)) write();
