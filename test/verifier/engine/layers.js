import json from '../../../templates/nginx/njs/json.js';
import keySet from '../../../templates/nginx/njs/key-set.js';
import keys from '../../../templates/nginx/njs/keys.js';
import policy from '../../../templates/nginx/njs/policy.js';
import request from '../../../templates/nginx/njs/request.js';

// Entries of the test's own nginx.conf: single layers of the verifier, many cases a request. It is copied into the
// folder of the emitted code, and its imports are changed to match.

/** [{token, keys}] → for each the payload as base64url, or null. */
async function verifyCompact(r) {
  const cases = JSON.parse(r.requestText);
  const results = [];
  for (let i = 0; i < cases.length; i += 1) {
    let result = null;
    try {
      const payload = await keys.verifyCompact(cases[i].token, cases[i].keys);
      if (payload !== undefined) result = payload.toString('base64url');
    } catch (error) {
      result = `error: ${error.message}`;
    }
    results.push(result);
  }
  r.return(200, JSON.stringify(results));
}

/** {tokens, authenticator, now} → for each the claims of a valid token, or null. */
async function verifyTokens(r) {
  const asked = JSON.parse(r.requestText);
  const results = [];
  for (let i = 0; i < asked.tokens.length; i += 1) {
    let result = null;
    try {
      const found = await keys.verify(asked.tokens[i], asked.authenticator, asked.now, r);
      if (found.kind === 'valid') result = found.claims;
    } catch (error) {
      result = `error: ${error.message}`;
    }
    results.push(result);
  }
  r.return(200, JSON.stringify(results));
}

/** [{steps, claims, authenticator, consumer, groups, paths, inputs, answers}] → for each true, false, 'unknown' or an error. */
function evaluate(r) {
  const results = JSON.parse(r.requestText).map((one) => {
    try {
      return policy.evaluate(one.steps, identityOf(one), requestOf(one), one.answers);
    } catch (error) {
      return `error: ${error.message}`;
    }
  });
  r.return(200, JSON.stringify(results));
}

/** The same → for each {holds, asked: [[call, body]]} or an error. */
async function allHold(r) {
  const cases = JSON.parse(r.requestText);
  const results = [];
  for (let i = 0; i < cases.length; i += 1) {
    const one = cases[i];
    const asked = [];
    const asker = requestOf(one);
    asker.external = (call, body) => {
      asked.push([call, body]);
      return Promise.resolve(one.answers[call]);
    };
    try {
      const holds = await policy.allHold([one.steps], identityOf(one), asker);
      results.push({ holds: holds, asked: asked });
    } catch (error) {
      results.push(`error: ${error.message}`);
    }
  }
  r.return(200, JSON.stringify(results));
}

function identityOf(one) {
  return {
    claims: one.claims === undefined ? undefined : json.readObject(Buffer.from(one.claims)),
    authenticator: one.claims === undefined ? undefined : one.authenticator,
    consumer: one.consumer,
    groups: one.groups,
  };
}

function requestOf(one) {
  const fake = { headersIn: {}, rawVariables: {} };
  one.inputs.forEach((value, i) => {
    const bytes = Buffer.from(value, 'base64');
    if (bytes.length === 0) return;
    fake.headersIn[`Gwc-Input-${i}`] = bytes.toString('utf8', 0, bytes.length);
    fake.rawVariables[`http_gwc_input_${i}`] = bytes;
  });
  return request.from(fake, one.paths);
}

/** [base64] → for each the object that the bytes hold, or null when no token may hold it. */
function readObject(r) {
  const texts = JSON.parse(r.requestText);
  const found = texts.map((one) => json.readObject(Buffer.from(one, 'base64')));
  r.return(200, JSON.stringify(found.map((one) => (one === undefined ? null : one))));
}

/** [base64] → for each the usable keys of the key set that the bytes are, or null. */
async function readKeySet(r) {
  const texts = JSON.parse(r.requestText);
  const results = [];
  for (let i = 0; i < texts.length; i += 1) {
    const keys = await keySet.read(Buffer.from(texts[i], 'base64'));
    results.push(keys === undefined ? null : keys);
  }
  r.return(200, JSON.stringify(results));
}

export default { readKeySet, verifyCompact, verifyTokens, evaluate, allHold, readObject };
