import { authorizer } from './authorizer.js';
import { decoded } from './path.js';
import { requestFrom } from './request.js';

/*
 * HTTP APIs: what a Lambda authorizer is told, and how it answers in the simple format (API Gateway Developer Guide,
 * "Control access to HTTP APIs with AWS Lambda authorizers", payload format version 2.0).
 */

/** What is known of a request. API Gateway has decoded the path; it is written again as its route has it. */
function requestOf(event) {
  const { requestContext, routeKey } = event;
  const headers = Object.entries(event.headers ?? {}).map(([name, value]) => [name, linesOf(value)]);
  return requestFrom({
    operation: routeKey,
    path: pathOf(routeKey, event.pathParameters ?? {}),
    variables: event.pathParameters,
    headers: Object.fromEntries([...headers, ['cookie', event.cookies ?? []]]),
    query: (name) => queryValues(event.rawQueryString ?? '', name),
    rawQuery: event.rawQueryString,
    peer: requestContext.http.sourceIp,
    certificate: requestContext.authentication?.clientCert?.clientCertPem,
  });
}

/** Lines of one name have been joined by commas: a value with one counts as several, whether it was or not. */
function linesOf(value) {
  return value.includes(',') ? [value, ...value.split(',')] : [value];
}

function pathOf(routeKey, variables) {
  return routeKey.slice(routeKey.indexOf(' ') + 1).replace(/\{([^{}+]+)(\+?)\}/g, (_, name, greedy) => {
    const value = variables[name] ?? '';
    return greedy === '' ? encoded(value) : value.split('/').map(encoded).join('/');
  });
}

/** Percent-encodes what must not stand in a segment (RFC 3986 §3.3), and semicolons. */
function encoded(text) {
  return encodeURIComponent(text).replace(/%(?:2[46BC]|3[AD]|40)/g, decodeURIComponent);
}

/** Values of a parameter, each decoded once; undefined where that cannot be done. A plus sign stays one. */
function queryValues(query, name) {
  return query.split('&').flatMap((pair) => {
    const [, key, value = ''] = /^([^=]*)(?:=(.*))?$/s.exec(pair);
    return pair !== '' && decoded(key) === name ? [decoded(value)] : [];
  });
}

/** The answer to an event. */
function answer({ outcome, context }) {
  if (outcome === 'unauthenticated') throw new Error('Unauthorized');
  if (outcome !== 'allow' && outcome !== 'deny') throw new Error('Unavailable');
  return { isAuthorized: outcome === 'allow', context };
}

/** What Lambda calls. `GATEWAY`, the data, and `PARTS`, what only some gateways need, stand in front of this text. */
exports.handler = authorizer(GATEWAY, { requestOf, answer });
