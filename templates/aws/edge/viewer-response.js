// CloudFront function for viewer responses (runtime cloudfront-js-2.0), which sees answers below 400 only. API Gateway
// answers callers whom it does not know with 302 and the id of the request; this turns it into the redirect of a person
// to a login page, or into 401. `data` stands in front of this text, `withChanges` behind it.

// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it.
function handler(event) {
  const response = event.response;
  const headers = response.headers;
  const told = headers['x-gwc-unauthenticated'];
  const resource = textOf(headers['x-gwc-api']) + textOf(headers['x-gwc-resource']);
  const id = textOf(headers['x-gwc-id']);
  Object.keys(headers).forEach((name) => {
    if (name.indexOf('x-gwc-') === 0) delete headers[name];
  });
  // No back end knows the id of the request that it answers, so none can say this in the gateway's name.
  if (response.statusCode !== 302 || !told || told.value !== event.context.requestId)
    return withChanges(event.request, response, true);
  return withChanges(event.request, unauthenticated(event.request, response, resource, id), false);
}

function unauthenticated(request, response, resource, id) {
  const site = data.sites[own(data.hosts, nameOfHost(request.headers.host), -1)];
  const answer = data.answers[site ? own(site.operations, `${request.method} ${resource}`, site.usual) : 0];
  const query = request.rawQueryString();
  const presented = answer.credentials.map((one) => countPresented(one.places, request, query));
  if (presented.some((count) => count > 1)) {
    const body = {
      type: 'urn:gwc:bad-request',
      title: 'Bad Request',
      status: 400,
      instance: `urn:uuid:${id}`,
    };
    return refuse(response, 400, 'Bad Request', JSON.stringify(body));
  }
  if (site && answer.login && isWanted(answer.login, request)) {
    response.headers.location = { value: locationOf(answer, site.origin, request.uri, query) };
    response.headers.vary = { value: 'Accept, Sec-Fetch-Mode, Cookie' };
    delete response.headers['content-type'];
    return refuse(response, 302, 'Found', '');
  }
  const token = answer.credentials.some((one, index) => one.token && presented[index] > 0);
  response.headers['www-authenticate'] = { value: token ? answer.invalidToken : answer.challenge };
  return refuse(response, 401, 'Unauthorized', undefined);
}

function textOf(field) {
  return field ? field.value : '';
}

// Without a body the one of API Gateway stays.
function refuse(response, status, description, body) {
  response.statusCode = status;
  response.statusDescription = description;
  response.headers['cache-control'] = { value: 'no-store' };
  if (body !== undefined) {
    response.body = { encoding: 'text', data: body };
    delete response.headers['content-length'];
    delete response.headers['content-encoding'];
  }
  return response;
}

// Hosts are compared without case, port and trailing dot.
function nameOfHost(host) {
  return host
    ? host.value
        .toLowerCase()
        .replace(/:[0-9]*$/, '')
        .replace(/\.$/, '')
    : '';
}

function own(table, key, otherwise) {
  // biome-ignore lint/suspicious/noPrototypeBuiltins: the runtime has no Object.hasOwn.
  return Object.prototype.hasOwnProperty.call(table, key) ? table[key] : otherwise;
}

// People who go to a page, not programs; a preflight (Fetch standard) is never answered by a redirect.
function isWanted(login, request) {
  const method = request.method;
  if (login.always) {
    return !(method === 'OPTIONS' && has(request, 'origin') && has(request, 'access-control-request-method'));
  }
  if (method !== 'GET' && method !== 'HEAD') return false;
  if (has(request, 'authorization') || has(request, 'x-requested-with')) return false;
  if (has(request, 'sec-fetch-mode')) return valuesOf(request, 'sec-fetch-mode').join() === 'navigate';
  return acceptsHtml(valuesOf(request, 'accept').join());
}

function valuesOf(message, name) {
  const field = own(message.headers, name, undefined);
  if (!field) return [];
  return (field.multiValue || [field]).map((one) => one.value);
}

function has(request, name) {
  return valuesOf(request, name).some((value) => value !== '');
}

// Names text/html with a weight (RFC 9110 section 12.4.2) above zero.
function acceptsHtml(accept) {
  return accept.split(',').some((range) => {
    const parts = range.split(';').map((part) => part.trim().toLowerCase());
    const weight = parts.slice(1).find((part) => part.indexOf('q=') === 0);
    return (
      parts[0] === 'text/html' &&
      (weight === undefined || /^q=(?:1(?:\.0{0,3})?|0\.(?!0{1,3}$)[0-9]{1,3})$/.test(weight))
    );
  });
}

// The return address: an origin of the document and the raw target, without credentials, up to 1 KB.
function locationOf(answer, origin, path, query) {
  const login = answer.login;
  const sent = query === undefined ? path : `${path}?${query}`;
  if (!login.parameter || origin.length + sent.length > 1024) return login.url;
  const kept = query === undefined ? undefined : without(query, answer.parameters);
  const address = origin + (kept === undefined ? path : `${path}?${kept}`);
  const separator = login.url.indexOf('?') === -1 ? '?' : '&';
  return `${login.url}${separator}${login.parameter}=${encodeURIComponent(address)}`;
}

function without(query, names) {
  if (names.length === 0) return query;
  const kept = query.split('&').filter((pair) => names.indexOf(nameOf(pair)) === -1);
  return kept.length === 0 ? undefined : kept.join('&');
}

function nameOf(pair) {
  const equals = pair.indexOf('=');
  try {
    return decodeURIComponent(equals === -1 ? pair : pair.slice(0, equals));
  } catch (_error) {
    return undefined;
  }
}

// In how many of an authenticator's places a request presents a credential.
function countPresented(places, request, query) {
  return places.filter((place) => {
    if (place[0] === 'scheme') {
      const scheme = new RegExp(`^${place[1]}(?![!#$%&'*+.^_\`|~0-9A-Za-z-])`, 'i');
      return valuesOf(request, 'authorization').some((value) => scheme.test(value));
    }
    const values =
      place[0] === 'header' ? valuesOf(request, place[1]) : valuesElsewhere(place, request, query);
    return values.length > 1 || (values.length === 1 && values[0] !== '');
  }).length;
}

function valuesElsewhere(place, request, query) {
  if (place[0] === 'cookie') {
    const cookie = own(request.cookies, place[1], undefined);
    return cookie ? (cookie.multiValue || [cookie]).map((one) => one.value) : [];
  }
  return (query || '')
    .split('&')
    .filter((pair) => nameOf(pair) === place[1])
    .map((pair) => (pair.indexOf('=') === -1 ? '' : pair.slice(pair.indexOf('=') + 1)));
}
