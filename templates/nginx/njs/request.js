import json from './json.js';

/*
 * What the verifier knows of a request: the inputs that its guard names, each in a header `Gwc-Input-<i>` of its own,
 * and nothing else, so that a decision depends on nothing that the key of cached decisions does not hold.
 */

/** Readers of the inputs of one request; paths: the guard's [{pattern, names}]. */
function from(r, paths) {
  return {
    value: (i) => value(r, i),
    header: (i) => header(r, i),
    pathParameter: (i, name) => pathParameter(value(r, i), paths, name),
    queryParameter: (i, name) => queryParameter(value(r, i), name),
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
  if (query === '') return undefined;
  const pairs = query.split('&');
  const values = [];
  for (let i = 0; i < pairs.length; i += 1) {
    const equals = pairs[i].indexOf('=');
    if (decode(equals === -1 ? pairs[i] : pairs[i].slice(0, equals)) === name) {
      values.push(equals === -1 ? '' : pairs[i].slice(equals + 1));
    }
  }
  return values.length === 1 ? decode(values[0]) : undefined;
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
