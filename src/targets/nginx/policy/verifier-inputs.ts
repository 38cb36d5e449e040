import { onlyPair, otherPairs } from '../token/cookie-pairs.ts';
import { choice, end, literal, mapRegex, start } from '../token/regex.ts';
import { interpolated, type Piece, requestHeader, text, variable, variableName } from '../token.ts';
import type { VerifierInput } from '../verifier/guard.ts';

/** Cookies that some guard reads, each by a map of its own. */
export function inputCookies(inputs: readonly VerifierInput[]): readonly string[] {
  return [...new Set(inputs.flatMap((input) => (input.kind === 'cookie' ? [input.name] : [])))].sort();
}

/** Headers that some guard reads, lower case, each by a map of its own. */
export function inputHeaders(inputs: readonly VerifierInput[]): readonly string[] {
  const names = inputs.flatMap((input) => (input.kind === 'header' ? [input.name.toLowerCase()] : []));
  return [...new Set(names)].sort();
}

/** What guards read by maps of their own. */
export interface MappedInputs {
  readonly cookies: readonly string[];
  readonly headers: readonly string[];
}

/**
 * The value of an input. The same goes to the verifier and into the key of the cached decision, so no decision can
 * depend on anything that the key does not hold. In a subrequest, `$args` would be its own.
 */
export function inputPieces(input: VerifierInput, mapped: MappedInputs): readonly Piece[] {
  if (input.kind !== 'certificate') return [inputVariable(input, mapped)];
  return [variable('ssl_client_verify'), text(' '), variable('ssl_client_s_dn')];
}

type SingleInput = Exclude<VerifierInput, { readonly kind: 'certificate' }>;

function inputVariable(input: SingleInput, { cookies, headers }: MappedInputs): Piece {
  switch (input.kind) {
    case 'authorization':
      return variable('http_authorization');
    case 'header':
      return variable(headerVariable(headers.indexOf(input.name.toLowerCase())));
    case 'cookie':
      return variable(cookieVariable(cookies.indexOf(input.name)));
    case 'path':
      return variable('gw_path');
    case 'query':
      return variable('gw_args');
    case 'method':
      return variable('request_method');
    case 'address':
      return variable('remote_addr');
    case 'origin':
      return variable('http_origin');
    case 'fetchSite':
      return variable('http_sec_fetch_site');
    case 'process':
      return variable('gw_instance');
  }
}

function cookieVariable(index: number): string {
  return `gw_cookie_${index}`;
}

function headerVariable(index: number): string {
  return `gw_header_${index}`;
}

/**
 * One map for each header: its value, or `,` when it comes more than once. The variables of nginx hold the first of
 * several lines before 1.23, and what follows would pass unseen.
 */
export function inputHeadersView(headers: readonly string[]) {
  return headers.map((name, index) => ({
    variable: variableName(headerVariable(index)),
    repeated: mapRegex(choice([start], [literal('\n')]), literal(name), choice([end], [literal('\n')])),
    once: interpolated(requestHeader(name)),
    many: interpolated(text(',')),
  }));
}

/**
 * One map for each cookie: empty when it does not come, its value when it comes once, else `,`, which no token is. What
 * matches nothing is no credential that can be ignored, so `,` is the default.
 */
export function inputCookiesView(cookies: readonly string[]) {
  return cookies.map((name, index) => {
    const taken = `gw_c${index}`;
    return {
      variable: variableName(cookieVariable(index)),
      absent: mapRegex(start, ...otherPairs(name), end),
      once: mapRegex(start, ...onlyPair(name, taken), end),
      value: interpolated(variable(taken)),
      many: interpolated(text(',')),
    };
  });
}
