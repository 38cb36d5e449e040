// What gwc does before a gateway is made, without the rest: bundled by reading.js and run in a process of its own.
import { compileLess } from '../../src/commands/compile-less.ts';
import { loadValidators, readOpenApi } from '../../src/openapi/index.ts';
import { loadDocuments } from '../../src/source/index.ts';

const [, , part, file] = process.argv;
compileLess();
const { documents, diagnostics } = loadDocuments([file]);
const validators = await loadValidators(documents);
const [root] = documents.roots;
if (root === undefined) throw new Error(diagnostics[0]?.message);
if (part === 'floor') {
  for (const validator of validators.values()) validator.document(root.value);
  documents.locate({ file: root.at.file, pointer: '/info/title', side: 'value' });
} else {
  const found = [...diagnostics, ...readOpenApi(documents, validators).diagnostics];
  for (const { at } of found) if (at !== undefined) documents.locate({ side: 'value', ...at });
}
