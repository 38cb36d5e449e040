import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';
import { compileOptions } from './template-policy.js';

/** Sources of what is emitted as one text: see src/targets/aws/authorizer/bundle-authorizer.js. */
const bundled = 'aws/authorizer/';

const project = fileURLToPath(new URL('../../', import.meta.url));

/**
 * The text of src/generated/templates.js: `export const templates = { '<path without .hbs>': <spec> }`, and
 * `export const constants = { '<path>': <text> }` for the other files that are emitted as they are. Sorted by path;
 * depends on nothing but the folder.
 * @param {string} folder the folder of the templates
 */
export function templatesModule(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
  const constants = files
    .filter((file) => !file.endsWith('.hbs') && !file.startsWith(bundled))
    .map(
      (file) => `  ${JSON.stringify(file)}: ${JSON.stringify(readFileSync(join(folder, file), 'utf8'))},\n`,
    );
  const specs = files
    .filter((file) => file.endsWith('.hbs'))
    .map((file) => {
      const spec = Handlebars.precompile(readFileSync(join(folder, file), 'utf8'), {
        ...compileOptions,
        knownHelpers: { ...compileOptions.knownHelpers },
      });
      return `  ${JSON.stringify(file.slice(0, -'.hbs'.length))}: ${spec},\n`;
    });
  return `export const templates = {\n${specs.join('')}};\nexport const constants = {\n${constants.join('')}};\n`;
}

function write() {
  const output = join(project, 'src/generated/templates.js');
  mkdirSync(dirname(output), { recursive: true });
  writeFileSync(output, templatesModule(join(project, 'templates')));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) write();
