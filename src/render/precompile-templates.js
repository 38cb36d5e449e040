import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';
import { compileOptions } from './template-policy.js';

const project = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Writes src/generated/templates.js from templates/: `export const templates = { '<path without .hbs>': <spec> }`,
 * sorted by path. The output depends on nothing but the templates.
 * @param {string} root the project's folder
 * @returns {string} the path of the written file
 */
export function precompileTemplates(root = project) {
  const folder = join(root, 'templates');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.hbs'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
  const entries = files.map((file) => {
    const spec = Handlebars.precompile(readFileSync(join(folder, file), 'utf8'), {
      ...compileOptions,
      knownHelpers: { ...compileOptions.knownHelpers },
    });
    return `  ${JSON.stringify(file.slice(0, -'.hbs'.length))}: ${spec},\n`;
  });
  const output = join(root, 'src/generated/templates.js');
  mkdirSync(dirname(output), { recursive: true });
  writeFileSync(output, `export const templates = {\n${entries.join('')}};\n`);
  return output;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) precompileTemplates();
