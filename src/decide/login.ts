import type { Authentication, Authenticator, Login } from '../model/authentication.ts';
import type { LoginTrigger, Site } from '../model/gateway.ts';
import { originOf } from './choose-site.ts';
import { type FieldLine, fieldValues } from './parse-head.ts';

/** Longer return addresses are left out (BEHAVIOUR.md R3). */
const maximumReturnAddress = 1024;

/** Where the answer would be 401, the login page that this caller is sent to instead; undefined for none. */
export function loginFor(
  trigger: LoginTrigger | undefined,
  authentication: Authentication,
  authenticators: readonly Authenticator[],
  method: string,
  fields: readonly FieldLine[],
): Login | undefined {
  if (trigger === undefined || trigger === 'never' || authentication.kind === 'public') return undefined;
  const wanted = trigger === 'always' ? !isPreflight(method, fields) : isNavigation(method, fields);
  return wanted ? firstLogin(authentication, authenticators) : undefined;
}

/** The login of the first authenticator, in the order of alternatives, that has one. */
export function firstLogin(
  authentication: Authentication,
  authenticators: readonly Authenticator[],
): Login | undefined {
  if (authentication.kind === 'public') return undefined;
  return authentication.anyOf
    .flat()
    .map((requirement) => authenticators.find(({ name }) => name === requirement.authenticator)?.login?.value)
    .find((login) => login !== undefined);
}

/**
 * Value of `Location`: built from constants of the document and the raw request target, nothing else of the request.
 * `returned` is the target without credentials; what counts for the length is the target as sent.
 */
export function loginLocation(login: Login, site: Site, sent: string, returned: string): string {
  const [first] = site.hosts;
  if (login.returnParam === undefined || first === undefined) return login.url;
  const origin = originOf(first);
  if (origin.length + sent.length > maximumReturnAddress) return login.url;
  const address = `${origin}${returned}`;
  const separator = login.url.includes('?') ? '&' : '?';
  return `${login.url}${separator}${login.returnParam}=${encodeURIComponent(address)}`;
}

/** A CORS preflight (Fetch standard) is never answered by a redirect. */
function isPreflight(method: string, fields: readonly FieldLine[]): boolean {
  return method === 'OPTIONS' && has(fields, 'origin') && has(fields, 'access-control-request-method');
}

/** A person who goes to a page, not a program (LANGUAGE.md §4, BEHAVIOUR.md §2.6). */
function isNavigation(method: string, fields: readonly FieldLine[]): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  if (has(fields, 'authorization') || has(fields, 'x-requested-with')) return false;
  if (!has(fields, 'sec-fetch-mode')) return acceptsHtml(fieldValues(fields, 'accept').join(','));
  return fieldValues(fields, 'sec-fetch-mode').join(',') === 'navigate';
}

function has(fields: readonly FieldLine[], name: string): boolean {
  return fieldValues(fields, name).some((value) => value !== '');
}

/** Names text/html with a weight (RFC 9110 §12.4.2) above zero; `*` ranges do not count. */
function acceptsHtml(accept: string): boolean {
  return accept.split(',').some((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const weight = parameters.find((parameter) => parameter.startsWith('q='));
    return (
      type === 'text/html' &&
      (weight === undefined || /^q=(?:1(?:\.0{0,3})?|0\.(?!0{1,3}$)[0-9]{1,3})$/.test(weight))
    );
  });
}
