import decision from './decision.js';
import files from './files.js';
import instance from './instance.js';
import query from './query.js';
import request from './request.js';
import strict from './strict.js';

/*
 * The verifier that nginx asks, on a server of its own, whether a request may pass. The path of the request names the
 * guard. Nothing but 204 lets a request through; 503 says that a service gave no answer, and whatever goes wrong is 500.
 *
 * The code keeps to what njs 0.7.9 understands: no default parameters, no for-of, no destructuring, no optional
 * chaining, no await among call arguments. In a loop where not every pass awaits, what was declared before an await is
 * that of an earlier pass after it: an await in a loop stands in its first line, or in a function of its own.
 */

const statuses = [204, 400, 401, 403, 503];

/** js_content: answers for the guard that the path names. */
async function verify(r) {
  try {
    const guard = files.readData(r, `guards/${guardId(r.uri)}`);
    const authenticators = guard.authenticators.map((one) => files.readData(r, `authenticators/${one.file}`));
    const asked = request.from(r, guard.paths, guard.calls);
    const found = await decision.decide(guard, authenticators, asked, Date.now() / 1000, r);
    answer(r, found);
  } catch (error) {
    r.error(`the verifier failed on ${r.uri}: ${error.message}`);
    r.return(500, '');
  }
}

function guardId(uri) {
  if (!strict.matches(/^\/[0-9a-f]{32}/, uri)) throw new Error('the path names no guard');
  return uri.slice(1);
}

function answer(r, found) {
  const headers = r.headersOut;
  if (statuses.indexOf(found.status) === -1) throw new Error('no such decision');
  headers['Gwc-Reason'] = found.reason;
  headers['X-Accel-Expires'] = String(secondsOf(found));
  if (found.status === 204) {
    if (found.subject !== undefined) headers['Gwc-Subject'] = found.subject;
    if (found.consumer !== undefined) headers['Gwc-Consumer'] = found.consumer;
    found.forwarded.forEach((one) => {
      headers[`Gwc-Forward-${one.header}`] = one.text;
    });
    r.return(204);
  } else if (found.status === 400) {
    headers['Gwc-Status'] = '400';
    r.return(403, '');
  } else {
    if (found.challenge !== undefined) headers['Gwc-Challenge'] = found.challenge;
    r.return(found.status, '');
  }
}

/** How long an answer may be kept. A refusal is, for a moment, so that a flood of the same costs little. */
function secondsOf(found) {
  if (found.status === 204) return found.seconds;
  if (found.status === 400) return 0;
  return found.seconds === undefined ? 1 : Math.max(0, Math.min(1, found.seconds));
}

/** js_content: the end of a location that somebody else guards. */
function admit(r) {
  r.return(204);
}

/** js_set: the names, in lower case and a line each, of the request headers that came more than once. */
function repeatedHeaders(r) {
  const names = r.rawHeadersIn.map((one) => one[0].toLowerCase());
  return names.filter((name, index) => names.indexOf(name) !== index).join('\n');
}

export default {
  verify,
  admit,
  encodedTarget: query.encodedTarget,
  instance: instance.instance,
  keptQuery: query.kept,
  repeatedHeaders,
};
