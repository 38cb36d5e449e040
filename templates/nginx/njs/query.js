/*
 * Queries without the parameters that carry credentials. The variable with their names, percent-encoded and joined by
 * `&`, is set by the operation; where it is not set, nothing is taken away.
 */

/** js_set: the query for the back end, with its question mark, without its credentials. */
function kept(r) {
  return without(r.variables.gw_query, r.variables.gw_query_credentials);
}

/** js_set: the raw request target without its credentials, as a component of another address. */
function encodedTarget(r) {
  const target = r.variables.request_uri;
  const mark = target.indexOf('?');
  if (mark === -1) return encodeURIComponent(target);
  const query = without(target.slice(mark), r.variables.gw_query_credentials);
  return encodeURIComponent(target.slice(0, mark) + query);
}

/** What is left of `?a=1&b=2` without the pairs of these names, however they are written; '' when nothing is. */
function without(query, encodedNames) {
  if (encodedNames === undefined || encodedNames === '') return query;
  const names = encodedNames.split('&').map((name) => decodeURIComponent(name));
  const pairs = query.slice(1).split('&');
  const left = pairs.filter((pair) => names.indexOf(nameOf(pair)) === -1);
  if (left.length === pairs.length) return query;
  return left.length === 0 ? '' : `?${left.join('&')}`;
}

/** A back end may take `+` for a space: the name of a parameter holds neither. */
function nameOf(pair) {
  const equals = pair.indexOf('=');
  const raw = equals === -1 ? pair : pair.slice(0, equals);
  try {
    return decodeURIComponent(raw);
  } catch (_error) {
    return raw;
  }
}

export default { kept, encodedTarget };
