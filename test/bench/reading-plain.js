// The cheapest thing that reads a tree of documents at all: bundled by reading.js and run in a process of its own.
import { readdirSync, readFileSync } from 'node:fs';
import { CORE_SCHEMA, load } from 'js-yaml';

const [, , folder] = process.argv;
const read = [];
for (const name of readdirSync(folder, { recursive: true })) {
  if (!/\.(?:ya?ml|json)$/.test(name)) continue;
  const text = readFileSync(`${folder}/${name}`, 'utf8');
  read.push(name.endsWith('.json') ? JSON.parse(text) : load(text, { schema: CORE_SCHEMA }));
}
