import { onlyPair, otherPairs } from '../token/cookie-pairs.ts';
import { end, mapRegex, start } from '../token/regex.ts';
import { interpolated, type Piece, requestHeader, text, variable, variableName } from '../token.ts';
import type { VerifierInput } from '../verifier/guard.ts';

/** Cookies that some guard reads, each by a map of its own. */
export function inputCookies(inputs: readonly VerifierInput[]): readonly string[] {
  return [...new Set(inputs.flatMap((input) => (input.kind === 'cookie' ? [input.name] : [])))].sort();
}

/**
 * The variable of an input. The same goes to the verifier and into the key of the cached decision, so no decision can
 * depend on anything that the key does not hold. In a subrequest, `$args` would be its own.
 */
export function inputVariable(input: VerifierInput, cookies: readonly string[]): Piece {
  switch (input.kind) {
    case 'authorization':
      return variable('http_authorization');
    case 'header':
      return requestHeader(input.name);
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
  }
}

function cookieVariable(index: number): string {
  return `gw_cookie_${index}`;
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
