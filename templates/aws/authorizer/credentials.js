import { cookieValues } from './cookies.js';
import { unheardOf } from './unheard-of.js';

/*
 * Credentials of a request (RFC 6750 §2.1, RFC 7617 §2, and the headers, cookies, parameters and certificates that a
 * document names).
 */

/**
 * Every credential that a request presents in one of the places: {text, fromCookie}, {certificate}. The text is
 * undefined when what stands there cannot be a credential.
 */
export function presented(places, request) {
  return places.map((place) => at(place, request)).filter((one) => one !== undefined);
}

function at(place, request) {
  switch (place.kind) {
    case 'bearer':
    case 'basic':
      return withScheme(place.kind, request.header('authorization'));
    case 'header':
      return single(request.header(place.name));
    case 'cookie': {
      const found = single(cookieValues(request.header('cookie'), place.name));
      return found && { ...found, fromCookie: true };
    }
    case 'query':
      return single(request.query(place.name));
    case 'certificate': {
      const certificate = request.certificate();
      return certificate && { certificate };
    }
    default:
      return unheardOf(place.kind);
  }
}

function single(values) {
  const [only, ...others] = values;
  if (values.length === 0 || (only === '' && others.length === 0)) return undefined;
  return { text: others.length === 0 && isAscii(only) ? only : undefined };
}

/** Which bytes a character beyond ASCII was, API Gateway does not say. */
function isAscii(text) {
  return text !== undefined && !/[^\x00-\x7f]/.test(text);
}

/** RFC 9110 §11.4: the scheme in any case, one blank, the credentials. */
function withScheme(scheme, values) {
  const names = new RegExp(`^${scheme}(?![!#$%&'*+.^_\`|~0-9A-Za-z-])`, 'i');
  const [only, ...others] = values.filter((value) => value !== '');
  if (only === undefined || ![only, ...others].some((value) => names.test(value))) return undefined;
  const [, text] = new RegExp(`^${scheme} ([^ \\t,]+)$`, 'i').exec(only) ?? [];
  return { text: others.length === 0 && isAscii(text) ? text : undefined };
}
