import external from './external.js';
import json from './json.js';
import service from './service.js';

/*
 * What the verifier knows of a request: the inputs that its guard names, each in a header `Gwc-Input-<i>` of its own,
 * and nothing else, so that a decision depends on nothing that the key of cached decisions does not hold.
 */

/**
 * Readers of the inputs of one request, and its questions to services. paths: the guard's [{pattern, names}]; calls: the
 * questions that its policies may ask, if any.
 */
function from(r, paths, calls) {
  const services = service.from(r);
  let kept = Infinity;
  return {
    service: services,
    external: (i, body) => {
      kept = Math.min(kept, calls[i].cacheSeconds);
      return external.truth(calls[i], body, r, services);
    },
    /** How long a decision may be kept that rests on the answers so far. */
    keptSeconds: () => kept,
    value: (i) => value(r, i),
    bytes: (i) => bytes(r, i),
    header: (i) => header(r, i),
    pathParameter: (i, name) => pathParameter(value(r, i), paths, name),
    queryParameter: (i, name) => queryParameter(value(r, i), name),
    credentials: (i, name) => queryValues(value(r, i), name),
  };
}

/** Input i without the optional whitespace around a field value (RFC 9110 §5.5); '' when it is absent. */
function value(r, i) {
  const sent = r.headersIn[`Gwc-Input-${i}`];
  return sent === undefined ? '' : trim(sent);
}

function trim(text) {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function isBlank(code) {
  return code === 0x20 || code === 0x09;
}

/** The bytes of input i without the whitespace around it. */
function bytes(r, i) {
  const sent = r.rawVariables[`http_gwc_input_${i}`];
  if (sent === undefined) return Buffer.from('');
  let start = 0;
  let end = sent.length;
  while (start < end && isBlank(sent[start])) start += 1;
  while (end > start && isBlank(sent[end - 1])) end -= 1;
  return sent.slice(start, end);
}

/** Input i as UTF-8; undefined when it is empty, something else, or `,`: a header that came more than once. */
function header(r, i) {
  const bytes = r.rawVariables[`http_gwc_input_${i}`];
  if (bytes === undefined || !json.isUtf8(bytes)) return undefined;
  const text = trim(bytes.toString('utf8', 0, bytes.length));
  return text === '' || text === ',' ? undefined : text;
}

/**
 * A parameter of the path, decoded. An operation may be served under several templates: every one that the path
 * matches must agree.
 */
function pathParameter(path, templates, name) {
  const found = [];
  for (let i = 0; i < templates.length; i += 1) {
    const group = templates[i].names.indexOf(name) + 1;
    const match = group === 0 ? null : new RegExp(templates[i].pattern).exec(path);
    if (match !== null && match[0] === path) found.push(match[group]);
  }
  const agreed = found.length > 0 && found.every((one) => one === found[0]);
  return agreed ? decode(found[0]) : undefined;
}

/** The only value of a name in a raw query, decoded; undefined for a name that occurs twice, however written. */
function queryParameter(query, name) {
  const values = queryValues(query, name);
  return values.length === 1 ? decode(values[0]) : undefined;
}

/** The raw values of a name in a raw query, however the name is written. */
function queryValues(query, name) {
  if (query === '') return [];
  const pairs = query.split('&');
  const values = [];
  for (let i = 0; i < pairs.length; i += 1) {
    const equals = pairs[i].indexOf('=');
    if (decode(equals === -1 ? pairs[i] : pairs[i].slice(0, equals)) === name) {
      values.push(equals === -1 ? '' : pairs[i].slice(equals + 1));
    }
  }
  return values;
}

/** Percent-decodes once, as UTF-8; undefined when an escape is broken or the bytes are not UTF-8. */
function decode(raw) {
  try {
    return decodeURIComponent(raw);
  } catch (_error) {
    return undefined;
  }
}

export default { from };
