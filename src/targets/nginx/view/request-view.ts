import { forwardVariable, type HeaderLine, sentHeader } from '../forward/request-header-lines.ts';
import type { Plan } from '../plan.ts';
import { addressListsView } from '../policy/address-lists.ts';
import { bucketVariables, limitZonesView } from '../policy/limit-zones.ts';
import { loginPagesView, navigationView } from '../policy/login-pages.ts';
import { inputHeaders, inputHeadersView } from '../policy/verifier-inputs.ts';
import { range } from '../token/address.ts';
import { cookieBlank, cookieStart, cookieText, otherPairs, otherPairsAhead } from '../token/cookie-pairs.ts';
import {
  ahead,
  anyCase,
  anyOf,
  capture,
  choice,
  end,
  literal,
  mapRegex,
  noneOf,
  notAhead,
  reference,
  repeat,
  start,
} from '../token/regex.ts';
import { interpolated, type Piece, text, variable, variableName } from '../token.ts';
import { cookiesView } from './main-view.ts';

/** The view of what is computed from a request for policies: who it is, where it comes from, what is kept of it. */
export function requestView(plan: Plan) {
  const { gateway, headerVariables, limits, pages, parts } = plan;
  const secure = parts.tls.termination.value === 'upstream';
  const headers = inputHeaders(plan.guards.flatMap(({ inputs }) => inputs));
  return {
    unset: unsetVariables(plan).map((name) => ({ variable: variableName(name) })),
    requestId: requestIdView,
    lists: addressListsView(plan.addresses),
    zones: limitZonesView(limits),
    cookies: cookiesView(plan),
    readsHeaders: headers.length > 0,
    headers: inputHeadersView(headers),
    added: headerVariables.added.map(addedView),
    strips: plan.tables.some(({ operations }) =>
      operations.some(({ forwarded }) => forwarded.forward.stripped.length > 0),
    ),
    basic: mapRegex(start, ...anyCase('basic'), notAhead(tokenCharacter)),
    readsSecrets: plan.guards.some(({ inputs }) => inputs.some(({ kind }) => kind === 'process')),
    stripsQuery: plan.tables.some(({ operations }) =>
      operations.some(({ forwarded }) => forwarded.forward.parameters.length > 0),
    ),
    bearer: mapRegex(start, ...anyCase('bearer'), notAhead(tokenCharacter)),
    kept: headerVariables.cookies.flatMap((names, index) => keptViews(names, index)),
    logins: pages.length > 0,
    navigation: navigationView,
    pages: loginPagesView(pages),
    misdirection: misdirectionView(plan),
    hstsHere: !secure && gateway.sites.some((site) => site.hosts.some(({ scheme }) => scheme === 'https')),
    hstsBehindProxy: secure,
    hsts: interpolated(text(`max-age=${parts.tls.hstsSeconds.value}`)),
    secureProtocol: mapRegex(start, literal('1 '), ...anyCase('https'), end),
    trusted: secure ? parts.trustedProxies.map((one) => ({ range: range(one.text) })) : [],
  };
}

/** Variables that an operation may set; here they get a value for every other request. */
function unsetVariables({ gateway, limits }: Plan): readonly string[] {
  return [
    'gw_operation',
    'gw_problem',
    'gw_guarded',
    'gw_requires_certificate',
    'gw_login_trigger',
    'gw_login_page',
    'gw_retry_after',
    'gw_target',
    'gw_query_credentials',
    'gw_subject',
    'gw_consumer',
    'gw_decision',
    'gw_challenge',
    'gw_decided_status',
    ...bucketVariables(limits),
    ...gateway.ownedHeaders.map((_, index) => forwardVariable(index)),
  ];
}

const hex = anyOf(['0', '9'], ['a', 'f']);
const digits = (name: string, count: number) => capture(name, ...Array.from({ length: count }, () => hex));

/** The request id as RFC 9562 writes it: the same text in logs, for back ends and in problems. */
const requestIdView = {
  parts: mapRegex(
    start,
    digits('gw_i1', 8),
    digits('gw_i2', 4),
    digits('gw_i3', 4),
    digits('gw_i4', 4),
    digits('gw_i5', 12),
    end,
  ),
  value: interpolated(
    ...['gw_i1', 'gw_i2', 'gw_i3', 'gw_i4', 'gw_i5'].flatMap((name, index): readonly Piece[] =>
      index === 0 ? [variable(name)] : [text('-'), variable(name)],
    ),
  ),
};

const tokenCharacter = anyOf("!#$%&'*+-.^_`|~", ['0', '9'], ['A', 'Z'], ['a', 'z']);

function addedView({ name, value }: HeaderLine, index: number) {
  return {
    source: interpolated(sentHeader(name)),
    variable: variableName(`gw_added_${index}`),
    alone: interpolated(...value),
    joined: interpolated(sentHeader(name), text(', '), ...value),
  };
}

/**
 * The Cookie header without some cookies, one after the other. A cookie that comes several times takes all with it, and
 * so does whatever is none of the forms: a credential never slips through.
 */
function keptViews(names: readonly string[], index: number) {
  return names.map((name, step) => {
    const source = step === 0 ? 'http_cookie' : `gw_cookies_${index}_${step - 1}`;
    const isLast = step === names.length - 1;
    const [before, after] = [`gw_kb${index}_${step}`, `gw_ka${index}_${step}`];
    const separators = repeat(anyOf('; \t'), 'anyPossessive');
    const pair = [cookieStart(name), cookieText];
    const earlier = choice([...otherPairs(name), ahead(literal(';'))]);
    return {
      source: interpolated(variable(source)),
      variable: variableName(isLast ? `gw_cookies_${index}` : `gw_cookies_${index}_${step}`),
      absent: mapRegex(start, ...otherPairs(name), end),
      behind: mapRegex(
        start,
        capture(before, repeat(earlier, 'optional')),
        repeat(literal(';'), 'optional'),
        cookieBlank,
        ...pair,
        separators,
        end,
      ),
      ahead: mapRegex(
        start,
        capture(before, otherPairsAhead(name), cookieBlank),
        ...pair,
        literal(';'),
        separators,
        capture(after, ...otherPairs(name)),
        end,
      ),
      aheadKept: interpolated(variable(before), variable(after)),
      behindKept: interpolated(variable(before)),
    };
  });
}

/** The server name of the handshake must be the host that is asked for; addresses are never sent in it (RFC 6066 §3). */
function misdirectionView({ fronts }: Plan) {
  const addresses = fronts
    .filter(({ listener, host }) => listener.tls && isAddress(host.name))
    .map(({ host }) => [literal(host.name)]);
  return {
    tls: fronts.some(({ listener }) => listener.tls),
    same: mapRegex(
      start,
      capture(
        'gw_sni',
        repeat(noneOf('.\n'), 'some'),
        repeat(choice([literal('.'), repeat(noneOf('.\n'), 'some')]), 'any'),
      ),
      repeat(literal('.'), 'optional'),
      literal('\n'),
      reference('gw_sni', true),
      end,
    ),
    addresses:
      addresses.length === 0 ? [] : [{ host: mapRegex(start, literal('\n'), choice(...addresses), end) }],
  };
}

export function isAddress(name: string): boolean {
  return name.startsWith('[') || /^[0-9.]+$/.test(name);
}

export type RequestView = ReturnType<typeof requestView>;
