// biome-ignore lint/style/useNodejsImportProtocol: njs knows the module by this name only.
import fs from 'fs';
import decision from './decision.js';
import query from './query.js';
import request from './request.js';
import strict from './strict.js';

/*
 * The verifier that nginx asks, on a server of its own, whether a request may pass. The path of the request names the
 * guard. Nothing but 204 lets a request through, and whatever goes wrong is 500.
 *
 * The code keeps to what njs 0.7.9 understands: no default parameters, no for-of, no destructuring, no optional
 * chaining, no await among call arguments.
 */

/** js_content: answers for the guard that the path names. */
async function verify(r) {
  try {
    const guard = readData(r, `guards/${guardId(r.uri)}`);
    const authenticators = guard.authenticators.map((one) => readData(r, `authenticators/${one.file}`));
    const found = await decision.decide(
      guard,
      authenticators,
      request.from(r, guard.paths),
      Date.now() / 1000,
      r,
    );
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

/** A file of the gateway's own data, which a reload may have changed. */
function readData(r, name) {
  return JSON.parse(fs.readFileSync(`${r.variables.document_root}/${name}.json`, 'utf8'));
}

function answer(r, found) {
  const headers = r.headersOut;
  headers['Gwc-Reason'] = found.reason;
  if (found.status === 204) {
    if (found.subject !== undefined) headers['Gwc-Subject'] = found.subject;
    found.forwarded.forEach((one) => {
      headers[`Gwc-Forward-${one.header}`] = one.text;
    });
    headers['X-Accel-Expires'] = String(found.seconds);
    r.return(204);
  } else if (found.status === 400) {
    headers['Gwc-Status'] = '400';
    headers['X-Accel-Expires'] = '0';
    r.return(403, '');
  } else if (found.status === 401 || found.status === 403) {
    headers['Gwc-Challenge'] = found.challenge;
    headers['X-Accel-Expires'] = '1';
    r.return(found.status, '');
  } else throw new Error('no such decision');
}

/** js_set: the names, in lower case and a line each, of the request headers that came more than once. */
function repeatedHeaders(r) {
  const names = r.rawHeadersIn.map((one) => one[0].toLowerCase());
  return names.filter((name, index) => names.indexOf(name) !== index).join('\n');
}

export default { verify, encodedTarget: query.encodedTarget, keptQuery: query.kept, repeatedHeaders };
