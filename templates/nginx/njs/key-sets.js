import files from './files.js';
import json from './json.js';
import keySet from './key-set.js';
import strict from './strict.js';

/*
 * Key sets of issuers, which all workers share in caches of nginx. `/keys/<id>` is the newest one: {fetched, asked,
 * keys}; `fetched` is when its keys came, `asked` when the issuer was last asked for newer ones (Unix seconds, 0 for
 * never). `/attempt/<id>?after=<asked>` is the one question that may follow: its answer {asked, keys?} is cached by the time
 * of the question before it, so that everybody who wants newer keys waits for the same answer, and nobody asks twice.
 */

/** Steps from one attempt to the next that a request takes; more than one only after an old key set came back. */
const mostSteps = 4;

/** The newest key set that is kept. */
async function known(r, id) {
  const found = await ask(r, `/keys/${id}`, '');
  return view(found, settingsOf(r, id));
}

/** The newest key set, asked for at the issuer unless that has just happened. */
async function renewed(r, id) {
  const found = await ask(r, `/renew/${id}`, '');
  if (found !== undefined) return view(found, settingsOf(r, id));
  const kept = await known(r, id);
  return kept;
}

/** isDueAt: whether the issuer may be asked again. keysAt: the keys, undefined when there are none of today. */
function view(set, settings) {
  return {
    isDueAt: (now) => set !== undefined && isDue(set, settings, now),
    keysAt: (now) =>
      set === undefined || set.fetched === 0 || now - set.fetched > settings.keepSeconds
        ? undefined
        : set.keys,
  };
}

/** A time of asking that lies far ahead comes from a clock that was set back. */
function isDue(set, settings, now) {
  const passed = now - set.asked;
  return passed >= settings.retrySeconds || passed < -60;
}

/** js_content of `/newest/<id>`: what `/keys/<id>` shall keep, and for how long. */
async function newest(r) {
  try {
    const id = idOf(r.uri);
    const settings = settingsOf(r, id);
    const kept = await ask(r, `/kept/${id}`, '');
    let set = kept === undefined ? { fetched: 0, asked: 0, keys: [] } : kept;
    for (let step = 0; step < mostSteps && isDue(set, settings, Date.now() / 1000); step += 1) {
      const attempt = await ask(r, `/attempt/${id}`, `after=${Math.round(set.asked * 1000)}`);
      set = after(set, attempt === undefined ? { asked: Date.now() / 1000 } : attempt);
    }
    const seconds = set.fetched === set.asked ? settings.freshSeconds : settings.retrySeconds;
    const left = Math.ceil(set.asked + seconds - Date.now() / 1000);
    r.headersOut['X-Accel-Expires'] = String(Math.max(1, Math.min(left, seconds)));
    r.return(200, JSON.stringify(set));
  } catch (error) {
    r.error(`the newest key set cannot be found: ${error.message}`);
    r.return(500, '');
  }
}

/** The key set after an attempt: one that failed changes nothing but the time of asking. */
function after(set, attempt) {
  if (attempt.keys === undefined) return { fetched: set.fetched, asked: attempt.asked, keys: set.keys };
  return { fetched: attempt.asked, asked: attempt.asked, keys: attempt.keys };
}

/** js_content of `/fetch/<id>`: asks the issuer. What fails is written to the error log. */
async function fetch(r) {
  const asked = Date.now() / 1000;
  let answer = { asked: asked };
  try {
    const id = idOf(r.uri);
    const settings = settingsOf(r, id);
    try {
      const bytes = await keySetOf(r, id, settings);
      const keys = await keySet.read(bytes);
      if (keys === undefined) throw new Error('the answer is no JSON Web Key Set');
      if (keys.length === 0) r.warn(`no key of ${settings.url} can be used`);
      answer = { asked: asked, keys: keys };
    } catch (error) {
      r.error(`the keys of ${settings.url} cannot be fetched: ${error.message}`);
    }
    r.return(200, JSON.stringify(answer));
  } catch (error) {
    r.error(`no key set is fetched: ${error.message}`);
    r.return(500, '');
  }
}

async function keySetOf(r, id, settings) {
  const answer = await get(r, `/remote/${id}`, '');
  if (settings.kind !== 'discovery') return answer;
  const configuration = json.readObject(answer);
  if (configuration === undefined) throw new Error('the configuration is no JSON object');
  if (!strict.hasOwn(configuration, 'issuer') || configuration.issuer !== settings.issuer)
    throw new Error('the configuration is of another issuer');
  const path = pathOf(configuration.jwks_uri, settings.origin);
  const keys = await get(r, `/discovered/${id}`, path);
  return keys;
}

/**
 * The path and query, without their first slash, of a URL of the same origin (RFC 6454 §4). Neither the host nor any
 * character that another reader of the URL could take for the end of one comes from the answer.
 */
function pathOf(url, origin) {
  if (typeof url !== 'string' || url.length > 2048) throw new Error('the configuration has no "jwks_uri"');
  const parts = /^([Hh][Tt][Tt][Pp][Ss]?:\/\/[A-Za-z0-9.:[\]_-]+)\/([A-Za-z0-9._~!$&'()*+,=:@%/?-]*)/.exec(
    url,
  );
  if (parts === null || parts[0] !== url) throw new Error('the "jwks_uri" is no plain URL');
  if (originOf(parts[1]) !== origin) throw new Error('the "jwks_uri" has another origin');
  if (/(?:^|\/)\.{1,2}(?:[/?]|$)/.test(parts[2])) throw new Error('the "jwks_uri" has a dot segment');
  return parts[2];
}

/** In lower case, without the port that the scheme has by itself. */
function originOf(text) {
  const lower = text.toLowerCase();
  return lower.replace(lower.charAt(4) === 's' ? /:443$/ : /:80$/, '');
}

/** The body of an answer with the status 200. */
async function get(r, location, args) {
  const reply = await r.subrequest(location, { args: args });
  if (reply.status !== 200) throw new Error(`the answer has the status ${reply.status}`);
  return reply.responseBuffer;
}

/** The JSON that a location of the gateway itself answers; undefined when it answers something else. */
async function ask(r, location, args) {
  const reply = await r.subrequest(location, { args: args });
  return reply.status === 200 ? JSON.parse(reply.responseText) : undefined;
}

function idOf(uri) {
  const id = uri.slice(uri.lastIndexOf('/') + 1);
  if (!strict.matches(/^[0-9a-f]{32}/, id)) throw new Error('the path names no key set');
  return id;
}

/** {kind, url, freshSeconds, retrySeconds, keepSeconds, issuer?, origin?} of `data/key-sets/<id>.json`. */
function settingsOf(r, id) {
  return files.readData(r, `key-sets/${id}`);
}

export default { known, renewed, newest, fetch };
