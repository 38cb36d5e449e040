import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeIssuer } from '../../fixtures/shop/stand-ins.js';
import { project } from '../set-up.js';
import { childrenOf, cpuOfProcess } from './cpu.js';

const ROUNDS = 5;
const SECONDS = 3;
// The same variables choose another nginx as for the tests.
const {
  NGINX_BIN: nginx = 'nginx',
  NGINX_VERSION: version,
  NGINX_MODULES: modules,
  NGINX_JS_ENGINE: jsEngine,
} = process.env;

/** CPU of the nginx worker per request, by the scheduler's account: emitted gateways against plain proxying, on the same nginx. */
export async function benchGateway() {
  const folder = mkdtempSync(join(tmpdir(), 'gwc-bench-'));
  chmodSync(folder, 0o755);
  const running = [];
  try {
    const backend = await freePort();
    running.push(await start(folder, 'backend', backendConfiguration(backend), backend));
    const issuer = makeIssuer('https://id.example.com/', 'bench');
    const gateways = {};
    const plainPort = await freePort();
    gateways.plain = {
      ...(await start(folder, 'plain', plainConfiguration(plainPort, backend), plainPort)),
      paths: ['/things/1'],
    };
    for (const [name, shape] of Object.entries(shapes()))
      gateways[name] = await emitted(folder, name, shape, backend, issuer);
    running.push(...Object.values(gateways));
    const bearer = `Authorization: Bearer ${issuer.mint({ sub: 'alice', scope: 'read', roles: ['a', 'b', 'c'], name: 'x'.repeat(200) })}`;
    const cost = {};
    for (let round = 0; round < ROUNDS; round++) {
      for (const [name, gateway] of Object.entries(gateways))
        cost[name] = [...(cost[name] ?? []), measure(folder, name, gateway, bearer)];
    }
    const ratio = (a, b) => cost[a].map((value, i) => value / cost[b][i]);
    return [
      { what: 'bare proxied route / plain proxying', ratios: ratio('bare', 'plain'), bar: 'at most 1.5' },
      {
        what: 'route with a verified token / plain proxying',
        ratios: ratio('token', 'plain'),
        bar: 'at most 3',
      },
      { what: '5,000 templates / 10 templates', ratios: ratio('static5000', 'static10'), bar: 'at most 1.3' },
      {
        what: '5,000 / 10 templates that begin with a parameter',
        ratios: ratio('tenant5000', 'tenant10'),
        bar: 'at most 1.3',
      },
    ];
  } finally {
    for (const one of running) one.process.kill('SIGTERM');
    await Promise.all(running.map((one) => one.ended));
    rmSync(folder, { recursive: true, force: true });
  }
}

function shapes() {
  const many = (count, prefix) =>
    Array.from(
      { length: count },
      (_, i) => `${prefix}/resource${i}/{id}${i % 3 === 0 ? '/items/{item}' : ''}`,
    );
  return {
    bare: { templates: ['/things/{id}'], open: true },
    token: { templates: ['/things/{id}'], open: false },
    static10: { templates: many(10, ''), open: true },
    static5000: { templates: many(5000, ''), open: true },
    tenant10: { templates: many(10, '/{tenant}'), open: true },
    tenant5000: { templates: many(5000, '/{tenant}'), open: true },
  };
}

async function emitted(folder, name, { templates, open }, backend, issuer) {
  const [port, verifier] = [await freePort(), await freePort()];
  const source = join(folder, `${name}-document`);
  mkdirSync(source);
  writeFileSync(join(source, 'keys.json'), JSON.stringify(issuer.jwks));
  writeFileSync(
    join(source, 'openapi.json'),
    JSON.stringify(documentOf(name, templates, open, port, verifier, backend)),
  );
  const built = spawnSync(
    process.execPath,
    [`${project}bin/gwc.js`, 'build', 'openapi.json', '-t', 'nginx', '-o', `${folder}/${name}`],
    {
      cwd: source,
      encoding: 'utf8',
    },
  );
  if (built.status !== 0) throw new Error(`gwc build failed:\n${built.stderr}`);
  if (jsEngine !== undefined) chooseEngine(join(folder, name, 'nginx/conf/verifier.conf'));
  const paths = templates
    .map((template) => template.replace(/\{[^}]+\}/g, 'abc123'))
    .filter((_, i) => i % Math.ceil(templates.length / 500) === 0);
  return { ...(await launch(join(folder, name, 'nginx'), port)), paths };
}

function chooseEngine(file) {
  if (existsSync(file)) writeFileSync(file, `js_engine ${jsEngine};\n${readFileSync(file, 'utf8')}`);
}

function documentOf(name, templates, open, port, verifier, backend) {
  const paths = {};
  for (const template of templates) {
    const parameters = [...template.matchAll(/\{([^}]+)\}/g)].map(([, id]) => ({
      name: id,
      in: 'path',
      required: true,
      schema: { type: 'string' },
    }));
    paths[template] = {
      parameters,
      get: { ...(open ? { security: [] } : {}), responses: { 200: { description: 'ok' } } },
    };
  }
  return {
    openapi: '3.0.3',
    info: { title: name, version: '1' },
    servers: [{ url: `http://127.0.0.1:${port}` }],
    security: [{ user: [] }],
    'x-gateway': {
      name: name.toLowerCase(),
      backends: { things: { url: `http://127.0.0.1:${backend}` } },
      authenticators: {
        user: {
          issuer: 'https://id.example.com/',
          audiences: ['bench'],
          jwks: { file: 'keys.json' },
          forward: { 'X-User': 'claims.sub' },
        },
      },
      defaults: { backend: 'things' },
      targets: {
        nginx: {
          workers: 1,
          listen: { verifier },
          ...(version === undefined ? {} : { version }),
          ...(modules === undefined ? {} : { paths: { modules } }),
        },
      },
    },
    paths,
    components: { securitySchemes: { user: { type: 'http', scheme: 'bearer' } } },
  };
}

const FRAME = 'worker_processes 1; pid nginx.pid; error_log stderr crit; events { worker_connections 1024; }';
const TEMPORARY = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  .map((one) => `${one}_temp_path ${one};`)
  .join(' ');

function backendConfiguration(port) {
  return `${FRAME} http { ${TEMPORARY} access_log off; keepalive_requests 1000000; server { listen 127.0.0.1:${port}; return 200 "hello"; } }`;
}

function plainConfiguration(port, backend) {
  return `${FRAME} http { ${TEMPORARY} access_log off; keepalive_requests 1000000; upstream things { server 127.0.0.1:${backend}; keepalive 64; }
    server { listen 127.0.0.1:${port}; location / { proxy_http_version 1.1; proxy_set_header Connection ""; proxy_pass http://things; } } }`;
}

async function start(folder, name, configuration, port) {
  const home = join(folder, name);
  mkdirSync(home);
  writeFileSync(join(home, 'nginx.conf'), configuration);
  return launch(home, port);
}

async function launch(home, port) {
  const child = spawn(nginx, ['-p', home, '-c', 'nginx.conf', '-g', 'daemon off;'], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  for (let attempt = 0; ; attempt++) {
    if (await answers(port)) break;
    if (attempt > 200 || child.exitCode !== null) throw new Error(`nginx in ${home} does not answer`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { process: child, ended, port };
}

/** Nanoseconds of worker CPU per request under a keep-alive load that walks over the paths. */
function measure(folder, name, { process: master, port, paths }, bearer) {
  const script = join(folder, `${name}.lua`);
  writeFileSync(
    script,
    `local paths = { ${paths.map((path) => JSON.stringify(path)).join(', ')} }\nlocal i = 0\nrequest = function() i = i % #paths + 1 return wrk.format("GET", paths[i]) end\n`,
  );
  const headers = name === 'plain' || name === 'token' ? ['-H', bearer] : ['-H', 'X-Padding: none'];
  const load = (seconds) => {
    const { stdout } = spawnSync(
      'wrk',
      ['-t1', '-c8', `-d${seconds}s`, '-s', script, ...headers, `http://127.0.0.1:${port}`],
      { encoding: 'utf8' },
    );
    const bad = /Non-2xx or 3xx responses: (\d+)/.exec(stdout);
    if (bad !== null) throw new Error(`${name}: ${bad[1]} answers were not 2xx`);
    return Number(/(\d+) requests in/.exec(stdout)[1]);
  };
  load(1);
  const workers = childrenOf(master.pid).filter(isWorker);
  const before = workers.map(cpuOfProcess).reduce((a, b) => a + b, 0);
  const requests = load(SECONDS);
  return (workers.map(cpuOfProcess).reduce((a, b) => a + b, 0) - before) / requests;
}

/** Others load and prune the cache, and one of them ends after a minute. */
function isWorker(pid) {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('worker process');
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function answers(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
