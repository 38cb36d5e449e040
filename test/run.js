// `npm test`: the whole proof. Sets up what it needs, then checks types, style, dead exports, the tests and the package.
import { build, installDebianPackages, installPackages, run } from './set-up.js';

installPackages();
installDebianPackages(['nginx', 'libnginx-mod-http-js', 'openssl', 'ca-certificates']);
build();

const steps = [
  ['types', 'npx', ['tsc', '--noEmit']],
  ['format and lint', 'npx', ['biome', 'ci', '.']],
  ['dead exports and dependencies', 'npx', ['knip']],
  ['package', 'npx', ['publint', '--strict']],
  ['tests', 'npx', ['vitest', 'run', ...process.argv.slice(2)]],
];
for (const [title, program, args] of steps) {
  console.log(`> ${title}`);
  run(program, args);
}
