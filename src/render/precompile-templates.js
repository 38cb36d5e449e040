import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';
import { compileOptions } from './template-policy.js';

const project = fileURLToPath(new URL('../../', import.meta.url));

/**
 * The text of src/generated/templates.js: `export const templates = { '<path without .hbs>': <spec> }`, sorted by path.
 * It depends on nothing but the templates.
 * @param {string} folder the folder of the templates
 */
export function templatesModule(folder) {
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
  return `export const templates = {\n${entries.join('')}};\n`;
}

function write() {
  const output = join(project, 'src/generated/templates.js');
  mkdirSync(dirname(output), { recursive: true });
  writeFileSync(output, templatesModule(join(project, 'templates')));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) write();
