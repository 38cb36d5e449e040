import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { makeIssuer } from '../../fixtures/shop/stand-ins.js';
import { project } from '../set-up.js';

const ROUNDS = 7;
const corpus = new URL('../../../shared/corpus/', import.meta.url).pathname;
const github = `${corpus}github/api.github.com.json`;
const digitalOcean = `${corpus}digitalocean/specification`;
const tree = `${digitalOcean}/DigitalOcean-public.v2.yaml`;

/** What gwc needs for big documents, in CPU time and memory, against what reading them costs in any case. */
export async function benchReading() {
  if (!existsSync(github)) {
    console.log('reading: skipped, the corpus of real documents is not beside the project');
    return [];
  }
  const folder = mkdtempSync(join(tmpdir(), 'gwc-bench-'));
  try {
    await bundle(folder);
    writeFileSync(
      join(folder, 'keys.json'),
      JSON.stringify(makeIssuer('https://id.example.com/', 'api').jwks),
    );
    writeFileSync(join(folder, 'github.yaml'), JSON.stringify(githubOverlay()));
    writeFileSync(join(folder, 'tree.yaml'), JSON.stringify(treeOverlay()));
    return rows(measureAll(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measureAll(folder) {
  const gwc = (document, overlay) => [
    `${project}bin/gwc.js`,
    ...['build', document, '-t', 'nginx', '--root', '/'],
    ...['--overlay', join(folder, overlay), '-o', join(folder, 'out')],
  ];
  const commands = {
    floor: [join(folder, 'reading-gwc.mjs'), 'floor', github],
    github: gwc(github, 'github.yaml'),
    parse: [join(folder, 'reading-plain.mjs'), digitalOcean],
    check: [join(folder, 'reading-gwc.mjs'), 'check', tree],
    tree: gwc(tree, 'tree.yaml'),
  };
  const measured = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, command] of Object.entries(commands)) measured[name].push(measure(command, folder));
  }
  return measured;
}

function rows(measured) {
  const all = (name, key) => measured[name].map((one) => one[key]);
  const ratio = (a, b) => all(a, 'cpu').map((value, round) => value / all(b, 'cpu')[round]);
  const information = 'for information';
  return [
    {
      what: 'GitHub, 12.7 MB: the floor (reading, positions, structure), CPU s',
      ratios: all('floor', 'cpu'),
      bar: information,
    },
    {
      what: 'GitHub: building NGINX, all 1,223 operations guarded, CPU s',
      ratios: all('github', 'cpu'),
      bar: information,
    },
    { what: 'GitHub: building NGINX / the floor, CPU', ratios: ratio('github', 'floor'), bar: 'at most 2' },
    { what: 'GitHub: peak memory of building NGINX, MB', ratios: all('github', 'memory'), bar: 'under 400' },
    {
      what: 'DigitalOcean, 2,907 files: reading and parsing every file, CPU s',
      ratios: all('parse', 'cpu'),
      bar: information,
    },
    {
      what: 'DigitalOcean: gwc reading and checking / reading and parsing, CPU',
      ratios: ratio('check', 'parse'),
      bar: 'at most 1.5',
    },
    {
      what: 'DigitalOcean: building NGINX / reading and parsing, CPU',
      ratios: ratio('tree', 'parse'),
      bar: information,
    },
    {
      what: 'DigitalOcean: peak memory of building NGINX, MB',
      ratios: all('tree', 'memory'),
      bar: 'under 400',
    },
  ];
}

async function bundle(folder) {
  await build({
    absWorkingDir: project,
    entryPoints: ['test/bench/reading-gwc.js', 'test/bench/reading-plain.js'],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    logLevel: 'warning',
  });
}

/** Prints what the process has used when it ends: CPU of all its threads, and its largest resident set. */
const REPORT = `data:text/javascript,${encodeURIComponent(`process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  process.stderr.write('\\nused ' + (userCPUTime + systemCPUTime) / 1e6 + ' ' + maxRSS / 1024 + '\\n');
});`)}`;

function measure(command, cwd) {
  const { status, stderr } = spawnSync(process.execPath, ['--import', REPORT, ...command], {
    encoding: 'utf8',
    cwd,
    maxBuffer: 64 * 1024 * 1024,
  });
  const used = /\nused (\S+) (\S+)\n$/.exec(stderr);
  if (status !== 0 || used === null) throw new Error(`${command.join(' ')} failed:\n${stderr}`);
  return { cpu: Number(used[1]), memory: Number(used[2]) };
}

/** GitHub's document declares no security at all: here every operation asks for a token. */
function githubOverlay() {
  const scheme = { type: 'http', scheme: 'bearer' };
  return overlay([
    { target: '$', update: { security: [{ user: [] }], 'x-gateway': gateway('user') } },
    { target: '$.components', update: { securitySchemes: { user: scheme } } },
  ]);
}

/** Two of DigitalOcean's operations are at servers without a name, which no gateway can serve. */
function treeOverlay() {
  return overlay([
    { target: '$', update: { 'x-gateway': gateway('bearer_auth', 'inference_bearer_auth') } },
    { target: "$.paths['/<upload_url>', '/api/v1/chat/completions']", remove: true },
  ]);
}

function overlay(actions) {
  return { overlay: '1.1.0', info: { title: 'Behind a gateway', version: '1.0.0' }, actions };
}

function gateway(...schemes) {
  const authenticator = {
    issuer: 'https://id.example.com/',
    audiences: ['api'],
    jwks: { file: 'keys.json' },
    from: [{ header: 'Authorization' }],
  };
  return {
    name: 'real',
    backends: { main: { url: 'http://main.internal:8080' } },
    authenticators: Object.fromEntries(schemes.map((scheme) => [scheme, authenticator])),
    defaults: { backend: 'main', public: { reason: 'as the vendor wrote it' } },
  };
}
