import strict from './strict.js';

/*
 * Credentials of a request (RFC 6750 §2.1, RFC 7617 §2, and the headers, cookies, parameters and certificates that a
 * document names).
 */

const none = { kind: 'absent' };
const malformed = { kind: 'malformed' };

/**
 * What a request presents to one authenticator: {kind: 'absent'}, {kind: 'ambiguous'} for more than one place,
 * {kind: 'malformed'} or {kind: 'presented', text, bytes, fromCookie}. bytes(): what text is made of.
 */
function present(places, request) {
  const found = [];
  places.forEach((place) => {
    const credential = at(place, request);
    if (credential.kind !== 'absent') found.push(credential);
  });
  if (found.length > 1) return { kind: 'ambiguous' };
  return found.length === 0 ? none : found[0];
}

function at(place, request) {
  switch (place.kind) {
    case 'bearer':
      return withScheme('bearer', request.value(place.input));
    case 'basic':
      return withScheme('basic', request.value(place.input));
    case 'header':
    case 'cookie':
      return whole(request, place.input, place.kind === 'cookie');
    case 'query':
      return inQuery(request.credentials(place.input, place.name));
    case 'certificate':
      return certificate(request.value(place.input));
    default:
      throw new Error(`no place is called ${place.kind}`);
  }
}

/** RFC 9110 §11.4: the scheme in any case, one blank, the credentials. */
function withScheme(scheme, value) {
  if (value.slice(0, scheme.length).toLowerCase() !== scheme) return none;
  if (/[!#$%&'*+\-.^_`|~0-9A-Za-z]/.test(value.charAt(scheme.length))) return none;
  const rest = value.slice(scheme.length);
  if (!strict.matches(/^ [^ \t,]+/, rest)) return malformed;
  return presented(rest.slice(1), false);
}

/** `,` stands for a header or a cookie that came more than once. */
function whole(request, input, fromCookie) {
  const value = request.value(input);
  if (value === '') return none;
  if (value === ',') return malformed;
  return {
    kind: 'presented',
    text: value,
    bytes: () => request.bytes(input),
    fromCookie: fromCookie,
  };
}

/** values: those of the parameter, raw. */
function inQuery(values) {
  if (values.length === 0 || (values.length === 1 && values[0] === '')) return none;
  if (values.length > 1) return malformed;
  try {
    return presented(decodeURIComponent(values[0]), false);
  } catch (_error) {
    return malformed;
  }
}

/** `$ssl_client_verify`, a blank and the subject. Nothing, or NONE, where the connection has no certificate. */
function certificate(value) {
  if (value === '' || value === 'NONE') return none;
  const blank = value.indexOf(' ');
  if (blank === -1 || value.slice(0, blank) !== 'SUCCESS') return malformed;
  return presented(value.slice(blank + 1), false);
}

function presented(text, fromCookie) {
  return { kind: 'presented', text: text, bytes: () => Buffer.from(text), fromCookie: fromCookie };
}

export default { present };
