import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { project } from '../set-up.js';
import { cpuOf } from './cpu.js';

const ROUNDS = 7;
const RUNS = 5;

/** One decision, as a cold start of the function makes it; it must be that the request may pass. */
const ONCE = `const { handler } = require('./index.cjs');
handler(require('./event.json')).then(({ policyDocument: { Statement: [{ Effect }] } }) => {
  if (Effect !== 'Allow') process.exit(1);
});`;

/** Milliseconds of CPU for one of many decisions after the first. */
const OFTEN = `const { handler } = require('./index.cjs');
const event = require('./event.json');
const often = async (times) => { for (let i = 0; i < times; i += 1) await handler(event); };
often(200).then(async () => {
  const start = process.cpuUsage();
  await often(2000);
  const { user, system } = process.cpuUsage(start);
  console.log((user + system) / 1000 / 2000);
  process.exit(0);
});`;

/** CPU of the Lambda authorizer: what a cold start adds to bare node, and a decision with known keys. */
export async function benchAuthorizer() {
  const folder = mkdtempSync(join(tmpdir(), 'gwc-bench-'));
  try {
    const maker = join(folder, 'maker.mjs');
    const entryPoints = [`${project}test/bench/authorizer-text.js`];
    await build({ entryPoints, bundle: true, platform: 'node', format: 'esm', outfile: maker });
    execFileSync(process.execPath, [maker, folder]);
    for (const [name, text] of Object.entries({ empty: '', once: ONCE, often: OFTEN }))
      writeFileSync(join(folder, `${name}.cjs`), text);
    return measured(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function measured(folder) {
  const node = JSON.stringify(process.execPath);
  const added = [];
  const known = [];
  for (let round = 0; round < ROUNDS; round++) {
    const bare = cpuOf(`${node} empty.cjs`, RUNS, folder);
    added.push(1000 * (cpuOf(`${node} once.cjs`, RUNS, folder) - bare));
    const often = spawnSync(process.execPath, ['often.cjs'], { cwd: folder, encoding: 'utf8' });
    known.push(Number(often.stdout));
  }
  return [
    { what: 'Lambda authorizer, cold start above bare node, ms of CPU', ratios: added, bar: 'at most 15' },
    { what: 'Lambda authorizer, decision with known keys, ms of CPU', ratios: known, bar: 'below 1' },
  ];
}
