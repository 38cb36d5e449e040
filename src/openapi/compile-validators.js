// Build step: writes src/generated/validate-<version>.js, one self-contained module for each OpenAPI version.
import { mkdirSync, writeFileSync } from 'node:fs';
import Ajv from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { transformSync } from 'esbuild';
import { collectFindings } from './meta-schema/collect-findings.js';
import { definitionsOf } from './meta-schema/correct.js';
import { keywords } from './meta-schema/keywords.js';

const FOLDER = new URL('../generated/', import.meta.url);

/** The parts that can be checked on their own, because a gateway meets them behind a reference. */
const ENTRIES = {
  document: 'document',
  pathItem: 'path-item',
  operation: 'operation',
  parameter: 'parameter',
  securityScheme: 'security-scheme',
};

const TYPES = `import type { StructureError } from '../openapi/validators.ts';
type Check = (value: unknown) => { readonly errors: readonly StructureError[]; readonly complete: boolean };
${Object.keys(ENTRIES)
  .map((name) => `export const ${name}: Check;\n`)
  .join('')}/** Known fields of each object, by definition. */
export const fields: { readonly [definition: string]: readonly string[] };
`;

/** Names for messages: the known fields of every object that refuses unknown ones. */
function knownFields(definitions) {
  const fields = {};
  const visit = (path, schema) => {
    if (typeof schema !== 'object' || schema === null) return;
    if (schema.closed) fields[path] = Object.keys(schema.fields);
    for (const keyword of ['then', 'else']) visit(`${path}/${keyword}`, schema[keyword]);
  };
  for (const [name, schema] of Object.entries(definitions)) visit(`${name}#`, schema);
  return fields;
}

function compile(version) {
  const definitions = definitionsOf(version);
  const ajv = new Ajv.default({
    allErrors: true,
    strict: false,
    validateFormats: false,
    validateSchema: false,
    messages: false,
    inlineRefs: false,
    unicodeRegExp: false,
    keywords,
    code: { source: true, esm: true, lines: true },
  });
  for (const [name, schema] of Object.entries(definitions)) ajv.addSchema({ $id: name, ...schema });
  const code = collectFindings(standalone.default(ajv, ENTRIES), Object.keys(ENTRIES));
  const source = `${code}\nexport const fields = ${JSON.stringify(knownFields(definitions))};\n`;
  return transformSync(source, { format: 'esm', minifySyntax: true, minifyWhitespace: true }).code;
}

mkdirSync(FOLDER, { recursive: true });
for (const version of ['2.0', '3.0', '3.1', '3.2']) {
  writeFileSync(new URL(`validate-${version}.js`, FOLDER), compile(version));
  writeFileSync(new URL(`validate-${version}.d.ts`, FOLDER), TYPES);
}
