import { areTimely, isFor } from './claims.js';
import { exchange } from './exchange.js';
import { isObject, own, readObject } from './json.js';

/*
 * Services that are asked about credentials and requests. They answer with the status 200 and a JSON object; everything
 * else is no answer.
 */

const maximumBytes = 1024 * 1024;
const mostKept = 1000;
const longestToken = 8192;

/**
 * service: {url, headers, timeoutMs, credential?, tls?} of the gateway's data. A promise of the object that it answers
 * with, or undefined. `cacheSeconds`: how long an answer may be kept for the same question.
 */
function service({ url, headers, timeoutMs, credential, tls }, secrets) {
  const kept = new Map();

  const ask = async (body, now) => {
    try {
      const shown = credential === undefined ? {} : await shownCredential(credential, secrets, now);
      const trusted = tls === undefined ? {} : await tlsOptions(tls, secrets, now);
      const all = { ...headers, ...shown, 'content-length': Buffer.byteLength(body) };
      const options = { method: 'POST', headers: all, body, timeoutMs, maximumBytes, ...trusted };
      const { status, bytes } = await exchange(url, options);
      return status === 200 ? readObject(bytes) : undefined;
    } catch (error) {
      console.error(`${url} cannot be asked: ${error.message}`);
      return undefined;
    }
  };

  return async (body, now, cacheSeconds) => {
    const known = kept.get(body);
    if (known !== undefined && now < known.until && now >= known.asked) return known.answer;
    const answer = await ask(body, now);
    kept.delete(body);
    if (answer !== undefined && cacheSeconds > 0) {
      if (kept.size >= mostKept) kept.delete(kept.keys().next().value);
      kept.set(body, { answer, asked: now, until: now + cacheSeconds });
    }
    return answer;
  };
}

/** Opaque tokens (RFC 7662). Every answer but that of its §2.2 is none. */
async function introspect(token, { service, audiences, cacheSeconds }, { services }, now) {
  if (token.length > longestToken || !/^[\x21-\x7e]+$/.test(token)) return 'invalid';
  const body = `token=${form(token)}&token_type_hint=access_token`;
  const claims = await services[service](body, now, cacheSeconds);
  const active = claims && own(claims, 'active');
  if (typeof active !== 'boolean') return 'unavailable';
  const holds = active && areTimely(claims, now) && (audiences === undefined || isFor(claims, audiences));
  return holds ? { claims } : 'invalid';
}

/** A service that decides about a credential; a result of true may come with claims. */
async function askAbout(credential, { service, scheme, cacheSeconds }, { services }, now) {
  if (credential.length > longestToken || !/^[\x20-\x7e]+$/.test(credential)) return 'invalid';
  const body = JSON.stringify({ input: { scheme, credential } });
  const answer = await services[service](body, now, cacheSeconds);
  const result = resultOf(answer);
  if (result === false) return 'invalid';
  const claims = answer && Object.hasOwn(answer, 'claims') ? answer.claims : {};
  return result === undefined || !isObject(claims) ? 'unavailable' : { claims };
}

/** The truth that a service tells of a policy's question: true, false or 'unknown'. call: its entry in the guard's data. */
async function askForTruth(call, identity, request, { services }, now) {
  const answer = await services[call.service](questionText(call, identity, request), now, call.cacheSeconds);
  return resultOf(answer) ?? 'unknown';
}

/** The JSON text `{"input": {…}}` with a member for each fact, null where there is none. */
function questionText({ method, send }, identity, request) {
  const facts = {
    method: () => method,
    path: () => request.path,
    query: () => request.rawQuery,
    ip: request.address,
    claims: () => identity.claims,
    consumer: () => identity.consumer && { id: identity.consumer, groups: identity.groups },
  };
  const input = Object.fromEntries(send.map((fact) => [fact, facts[fact]() ?? null]));
  return JSON.stringify({ input });
}

/** {"result": true} or {"result": false}; undefined for everything else. */
function resultOf(answer) {
  const result = answer && own(answer, 'result');
  return typeof result === 'boolean' ? result : undefined;
}

/** client: its name towards the service (RFC 6749 §2.3.1, both parts are encoded before they are joined). */
async function shownCredential({ header, prefix, client, secret }, secrets, now) {
  const text = await secrets[secret].lineAt(now);
  if (text === undefined) throw new Error('the secret that it asks for cannot be had');
  const shown = client === undefined ? text : Buffer.from(`${form(client)}:${form(text)}`).toString('base64');
  return { [header]: prefix === undefined ? shown : `${prefix} ${shown}` };
}

/** application/x-www-form-urlencoded (RFC 6749 appendix B). */
function form(text) {
  return new URLSearchParams([['', text]]).toString().slice(1);
}

async function tlsOptions({ ca, cert, key, ...options }, secrets, now) {
  for (const [name, secret] of Object.entries({ ca, cert, key })) {
    if (secret === undefined) continue;
    options[name] = await secrets[secret].bytesAt(now);
    if (options[name] === undefined) throw new Error(`the secret of its ${name} cannot be had`);
  }
  return options;
}

PARTS.services = { service, introspect, askAbout, askForTruth };
