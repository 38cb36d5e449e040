import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Gateway } from '../../src/model/gateway.ts';
import type { Artifact } from '../../src/targets/target.ts';

const environment = process.env;
const version = environment['NGINX_VERSION'];
const modules = environment['NGINX_MODULES'];
const jsEngine = environment['NGINX_JS_ENGINE'];
const debianModules = '/usr/lib/nginx/modules';

/**
 * The nginx that tests run on: Debian's, or another one that environment variables choose.
 * - `NGINX_BIN`: the program; default `nginx` from the search path.
 * - `NGINX_VERSION`: its `targets.nginx.version`, such as `1.31`; every document is then emitted for it.
 * - `NGINX_MODULES`: its `targets.nginx.paths.modules`, the folder of its dynamic modules.
 * - `NGINX_JS_ENGINE`: `njs` or `qjs`, what runs the emitted JavaScript; default what the njs module takes by itself.
 */
export const testedNginx = {
  binary: environment['NGINX_BIN'] ?? 'nginx',
  jsEngine,
  /** The njs module to load; undefined for a program that has it built in. */
  jsModule: jsModule(),
} as const;

/** The gateway as if its document were written for the nginx under test. */
export function forTestedNginx(gateway: Gateway): Gateway {
  const { nginx } = gateway.targets;
  const { at } = nginx.version;
  const chosen = {
    version: version === undefined ? nginx.version : { value: version, at },
    paths: modules === undefined ? nginx.paths : { ...nginx.paths, modules: { value: modules, at } },
  };
  return { ...gateway, targets: { ...gateway.targets, nginx: { ...nginx, ...chosen } } };
}

/** The artifacts with the engine of `NGINX_JS_ENGINE` for the emitted JavaScript. */
export function withJsEngine(artifacts: readonly Artifact[]): readonly Artifact[] {
  const scripted = artifacts.some(
    ({ path, contents }) => path.endsWith('.conf') && /^js_import /m.test(contents),
  );
  if (jsEngine === undefined || !scripted) return artifacts;
  return artifacts.map((one) =>
    one.path === 'nginx.conf'
      ? { ...one, contents: one.contents.replace(/^http \{$/m, `http {\n  js_engine ${jsEngine};`) }
      : one,
  );
}

function jsModule(): string | undefined {
  const folder = modules ?? (environment['NGINX_BIN'] === undefined ? debianModules : undefined);
  const file = folder === undefined ? undefined : join(folder, 'ngx_http_js_module.so');
  return file !== undefined && existsSync(file) ? file : undefined;
}
