// CloudFront function for viewer requests (runtime cloudfront-js-2.0). It lets no request through whose host or target
// is not canonical, and takes away what only gateways may say. `data` stands in front of this text.

// Printable ASCII without " # < > \ ^ ` { | }.
const otherByte = /[^!$-;=?-[\]_a-z~]/;
const badEscape = /%(?![0-9A-Fa-f]{2})/;
// Encoded control characters, and encoded characters that need no encoding (RFC 3986 section 2.3).
const needlessEscape =
  /%(?:[01][0-9A-Fa-f]|2[DdEe]|3[0-9]|4[1-9A-Fa-f]|5[0-9AaFf]|6[1-9A-Fa-f]|7[0-9AaEeFf])/;
// RFC 3629 section 4, row by row.
const character =
  /%(?:[Cc][2-9A-Fa-f]|[Dd][0-9A-Fa-f]|[Ee](?:0%[ABab]|[1-9A-Ca-cEeFf]%[89ABab]|[Dd]%[89])[0-9A-Fa-f]|[Ff](?:0%[9ABab]|[1-3]%[89ABab]|4%8)[0-9A-Fa-f]%[89ABab][0-9A-Fa-f])%[89ABab][0-9A-Fa-f]/g;
const dotSegment = /(?:\/|%2[Ff]|%5[Cc])\.\.?(?=\/|;|%2[Ff]|%5[Cc]|%3[Bb]|$)/;

// Names that CGI and its heirs confuse with others, and those that this gateway and its front end set themselves.
const removedName = /[^a-z0-9-]|^(?:x-gwc|x-forwarded|cloudfront|x-ssl-client|x-kong|x-amzn)-/;

// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it.
function handler(event) {
  const request = event.request;
  const headers = request.headers;
  const site = siteOf(headers.host);
  if (site === -1) return problem(event, 421, 'Misdirected Request', 'misdirected-request');
  if (!isCanonical(request, site)) return problem(event, 400, 'Bad Request', 'bad-request-target');
  if (!isServed(request.uri, site)) return problem(event, 404, 'Not Found', 'not-found');
  if (linesOf(headers.authorization).length > 1) return problem(event, 400, 'Bad Request', 'bad-request');
  Object.keys(headers).forEach((name) => {
    if (removedName.test(name) || data.removed.indexOf(name) !== -1) delete headers[name];
  });
  headers['x-gwc-request'] = { value: event.context.requestId };
  headers['x-gwc-viewer-address'] = { value: event.viewer.ip };
  return request;
}

function linesOf(field) {
  return field ? field.multiValue || [field] : [];
}

// Number of the site of a Host field: hosts are compared without case, port and trailing dot; -1 for none.
function siteOf(host) {
  if (linesOf(host).length !== 1) return -1;
  const name = host.value
    .toLowerCase()
    .replace(/:[0-9]*$/, '')
    .replace(/\.$/, '');
  return own(data.hosts, name, -1);
}

function own(table, key, otherwise) {
  // biome-ignore lint/suspicious/noPrototypeBuiltins: the runtime has no Object.hasOwn.
  return Object.prototype.hasOwnProperty.call(table, key) ? table[key] : otherwise;
}

function isCanonical(request, site) {
  const path = request.uri;
  const query = request.rawQueryString();
  if (path.charAt(0) !== '/' || otherByte.test(path) || path.indexOf('?') !== -1) return false;
  if (query && otherByte.test(query)) return false;
  if (path.indexOf('//') !== -1 || badEscape.test(path) || needlessEscape.test(path)) return false;
  if (dotSegment.test(path) || /%[89A-Fa-f]/.test(path.replace(character, ''))) return false;
  const unusual = path.match(/;|%(?:3[Bb]|2[Ff]|5[Cc]|25)/g);
  return unusual === null || allows(data.relaxed[site], request.method, path, unusual);
}

// API Gateway serves a path that ends with a slash like one that does not; a template that does so is another.
function isServed(path, site) {
  return path.slice(-1) !== '/' || data.slashes[site].some((template) => new RegExp(template).test(path));
}

// Whether the operation that serves a path allows characters that no other path has. The first template that matches
// decides, as it does in the gateway.
function allows(templates, method, path, unusual) {
  const first = templates.find((one) => new RegExp(one[0]).test(path));
  const allowed = first ? own(first[1], method, []) : [];
  return unusual.every((text) => allowed.indexOf(text.toUpperCase()) !== -1);
}

// RFC 9457. `instance` is made of the request id of CloudFront, so that it can be found again: a UUID of version 8.
function problem(event, status, title, slug) {
  // biome-ignore lint/style/useNodejsImportProtocol: the runtime knows the module by this name only.
  const hash = require('crypto').createHash('sha256').update(event.context.requestId).digest('hex');
  const uuid = [hash.slice(0, 8), hash.slice(8, 12), `8${hash.slice(13, 16)}`, `8${hash.slice(17, 20)}`];
  const instance = `urn:uuid:${uuid.join('-')}-${hash.slice(20, 32)}`;
  return {
    statusCode: status,
    statusDescription: title,
    headers: {
      'content-type': { value: 'application/problem+json' },
      'cache-control': { value: 'no-store' },
      'strict-transport-security': { value: `max-age=${data.hsts}` },
    },
    body: JSON.stringify({ type: `urn:gwc:${slug}`, title: title, status: status, instance: instance }),
  };
}
