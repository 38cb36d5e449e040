import { clientAuthorities } from '../front/client-certificates.ts';
import type { Plan } from '../plan.ts';
import { inputCookies, inputCookiesView } from '../policy/verifier-inputs.ts';
import { limitsHeaderCount, resolvesAtRunTime } from '../settings.ts';
import { range } from '../token/address.ts';
import { argument, filePath, number, word } from '../token.ts';
import { showsCredentials } from './backends-view.ts';
import { frontFile } from './front-view.ts';

/** The view of nginx.conf: process, limits of the connection, and what it includes. */
export function mainView(plan: Plan) {
  const { settings, parts } = plan;
  const tls13 = parts.tls.minVersion.value === '1.3';
  return {
    withUser: settings.user !== undefined,
    user: word(settings.user ?? 'none'),
    workers: word(String(settings.workers)),
    errorLevel: word(settings.errorLevel),
    withModule: plan.guards.length > 0 || showsCredentials(plan),
    module: argument(`${settings.modules}/ngx_http_js_module.so`),
    hash: hashView(plan),
    limitsHeaderCount: limitsHeaderCount(settings),
    resolves: resolvesAtRunTime(settings),
    resolvers: settings.resolver.map((one) => ({ address: argument(one) })),
    proxies: parts.trustedProxies.map(({ text }) => ({ range: range(text) })),
    behindProxies: parts.trustedProxies.length > 0,
    tls: plan.fronts.some(({ listener }) => listener.tls),
    tls13Only: tls13,
    resumes: clientAuthorities(plan.gateway) === undefined,
    guarded: plan.guards.length > 0,
    cache: cacheView(plan),
    sites: plan.gateway.sites.map((_, index) => ({ file: argument(routesFile(index)) })),
    fronts: plan.fronts.map((_, index) => ({ file: argument(frontFile(index)) })),
  };
}

/** File of the maps that find the routes of a site. */
export function routesFile(site: number): string {
  return `conf/routes-${site}.conf`;
}

function cacheView({ settings }: Plan) {
  return { path: settings.cache === 'run/cache' ? filePath(settings.cache) : argument(settings.cache) };
}

/** nginx refuses a hash whose longest key does not fit one bucket. */
function hashView({ gateway }: Plan) {
  const routes = gateway.sites.flatMap((site) => site.routes);
  const longest = routes.reduce((most, { template, id, segments }) => {
    const literal = segments.flatMap((segment) => (segment.kind === 'plain' ? segment.pieces : []));
    const length = literal.reduce(
      (sum, piece) => sum + (piece.kind === 'literal' ? piece.text.length + 1 : 1),
      0,
    );
    return Math.max(most, length, template.length, id.length);
  }, 0);
  const hosts = gateway.sites.flatMap((site) => site.hosts.map(({ name }) => name.length));
  return {
    mapBucket: number(powerOfTwo(Math.max(128, longest + 64))),
    mapSize: number(powerOfTwo(Math.max(2048, routes.length * 8))),
    nameBucket: number(powerOfTwo(Math.max(128, ...hosts.map((length) => length + 32)))),
  };
}

function powerOfTwo(atLeast: number): number {
  return 2 ** Math.ceil(Math.log2(atLeast));
}

/** Cookies that guards read. */
export function cookiesView(plan: Plan) {
  return inputCookiesView(inputCookies(plan.guards.flatMap(({ inputs }) => inputs)));
}

export type MainView = ReturnType<typeof mainView>;
