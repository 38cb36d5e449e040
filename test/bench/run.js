// `npm run bench`: every figure is a ratio between two things measured in the same run, in interleaved rounds.
import { build, installDebianPackages, installPackages } from '../set-up.js';

installPackages();
installDebianPackages(['nginx', 'libnginx-mod-http-js', 'openssl', 'ca-certificates', 'wrk']);
build();

const { benchStartUp } = await import('./start-up.js');
const { benchReading } = await import('./reading.js');
const { benchGateway } = await import('./gateway.js');
const { benchAuthorizer } = await import('./authorizer.js');
const chosen = process.argv[2];
const suites = {
  'start-up': benchStartUp,
  reading: benchReading,
  gateway: benchGateway,
  authorizer: benchAuthorizer,
};
const rows = [];
for (const [name, suite] of Object.entries(suites)) {
  if (chosen === undefined || chosen === name) rows.push(...(await suite()));
}
const width = Math.max(...rows.map((row) => row.what.length));
console.log(`\n${'what'.padEnd(width)}  ratio  (rounds: lowest to highest)  bar`);
for (const { what, ratios, bar } of rows) {
  const sorted = [...ratios].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)];
  const spread = `${sorted[0].toFixed(2)} to ${sorted.at(-1).toFixed(2)}`;
  console.log(`${what.padEnd(width)}  ${median.toFixed(2).padStart(5)}  ${spread.padEnd(29)}  ${bar}`);
}
