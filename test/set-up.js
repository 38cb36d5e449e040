// What both README commands need before they can start: npm packages, the build, and Debian packages. Plain JavaScript on
// Node's own modules, because it runs before anything is installed.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const project = fileURLToPath(new URL('..', import.meta.url));

/** Runs a program with its output shown; exits with its code when it fails. */
export function run(program, args, options = {}) {
  const { status, error } = spawnSync(program, args, { cwd: project, stdio: 'inherit', ...options });
  if (error !== undefined) fail(`${program} cannot be started: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

export function fail(message) {
  console.error(message);
  process.exit(1);
}

/** Installs the locked npm packages when they are missing or older than the lock file. */
export function installPackages() {
  const marker = `${project}/node_modules/.package-lock.json`;
  if (existsSync(marker) && statSync(marker).mtimeMs >= statSync(`${project}/package-lock.json`).mtimeMs)
    return;
  console.log('> installing npm packages (npm ci --ignore-scripts)');
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
}

export function build() {
  console.log('> building gwc');
  run(process.execPath, ['esbuild.config.js']);
}

/** Debian packages by the file that shows that one is there. */
const DEBIAN = {
  nginx: ['/usr/sbin/nginx'],
  'libnginx-mod-http-js': ['/usr/lib/nginx/modules/ngx_http_js_module.so'],
  openssl: ['/usr/bin/openssl'],
  'ca-certificates': ['/etc/ssl/certs/ca-certificates.crt'],
  curl: ['/usr/bin/curl'],
  wrk: ['/usr/bin/wrk'],
};

/** Installs missing Debian packages when this is Debian (or a child of it) and the user may; otherwise says what to install and fails. */
export function installDebianPackages(names) {
  const missing = names.filter((name) => !DEBIAN[name].every((file) => existsSync(file)));
  if (missing.length === 0) return;
  const asRoot = process.getuid?.() === 0;
  const sudo = !asRoot && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0;
  if (!isDebian() || !(asRoot || sudo)) {
    fail(
      `These Debian packages are missing and cannot be installed from here: ${missing.join(' ')}\nInstall them first: apt-get install ${missing.join(' ')}`,
    );
  }
  console.log(`> installing Debian packages: ${missing.join(' ')}`);
  const apt = (args) => {
    // Run level 1 keeps the packages from starting a server of their own on port 80.
    const environment = ['env', 'DEBIAN_FRONTEND=noninteractive', 'RUNLEVEL=1', 'apt-get', ...args];
    execFileSync(asRoot ? environment[0] : 'sudo', asRoot ? environment.slice(1) : ['-n', ...environment], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  };
  apt(['update', '-qq']);
  apt(['install', '-y', '-qq', '--no-install-recommends', ...missing]);
}

function isDebian() {
  if (!existsSync('/etc/os-release') || !existsSync('/usr/bin/apt-get')) return false;
  return /^(ID|ID_LIKE)=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'));
}
