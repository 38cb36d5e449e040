import { existsSync } from 'node:fs';
import { project } from '../set-up.js';
import { cpuOf } from './cpu.js';

const ROUNDS = 3;

/** What gwc needs to read big documents, against the cheapest thing that reads them at all. */
export function benchReading() {
  const github = `${project}../shared/corpus/github/api.github.com.json`;
  if (!existsSync(github)) {
    console.log('reading: skipped, the corpus of real documents is not beside the project');
    return [];
  }
  const node = JSON.stringify(process.execPath);
  const parse = `${node} -e "JSON.parse(require('node:fs').readFileSync('${github}', 'utf8'))"`;
  // It has no x-gateway, so the build ends with findings after all of reading, positions and structure; that is what is measured.
  const read = `(${node} ${project}bin/gwc.js build ${github} --format json || test $? = 1)`;
  const ratios = [];
  for (let round = 0; round < ROUNDS; round++) {
    const floor = cpuOf(parse, 1);
    ratios.push(cpuOf(read, 1) / floor);
  }
  return [
    {
      what: 'gwc reading and checking 12.7 MB of JSON / JSON.parse alone, CPU',
      ratios,
      bar: 'for information',
    },
  ];
}
