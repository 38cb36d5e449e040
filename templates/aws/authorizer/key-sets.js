import { exchange } from './exchange.js';
import { readObject } from './json.js';
import { readKeySet } from './key-set.js';

/*
 * Key sets of issuers, fetched while the gateway runs and kept as long as the function's process lives.
 */

/** For so long, nobody asks for newer keys unless a token names an unknown one. */
const freshSeconds = 600;
/** So long after a question, good or bad, the issuer is not asked again. */
const retrySeconds = 30;
/** Keys that came longer ago are not used. */
const keepSeconds = 86400;
const timeoutMs = 4000;
const maximumBytes = 1024 * 1024;

/** source: {url, issuer?}; the issuer is there when the URL is that of an OpenID Provider's configuration. */
export function keySet(source) {
  let keys;
  let fetched = 0;
  let asked;
  let pending;

  const isDue = (now, seconds) => asked === undefined || now - asked >= seconds || asked - now > 60;

  /** Everybody who wants newer keys waits for the same answer. */
  const renew = (now) => {
    asked = now;
    pending ??= fetchKeys(source)
      .then(
        (found) => {
          keys = found;
          fetched = now;
        },
        (error) => console.error(`the keys of ${source.url} cannot be fetched: ${error.message}`),
      )
      .finally(() => {
        pending = undefined;
      });
    return pending;
  };

  return {
    /** The keys at a time (Unix seconds); undefined when there are none of today. */
    keysAt: async (now) => {
      if (pending !== undefined) await pending;
      else if (isDue(now, fetched === asked ? freshSeconds : retrySeconds)) await renew(now);
      return keys !== undefined && now - fetched <= keepSeconds ? keys : undefined;
    },
    /** Asks for newer keys, unless that has just happened. Whether there may be new ones now. */
    renewed: async (now) => {
      if (!isDue(now, retrySeconds)) return false;
      await renew(now);
      return true;
    },
  };
}

async function fetchKeys({ url, issuer }) {
  const keys = readKeySet(await get(issuer === undefined ? url : await discovered(url, issuer)));
  if (keys === undefined) throw new Error('the answer is no JSON Web Key Set');
  return keys;
}

/** OpenID Connect Discovery 1.0 §4. The keys must be where the configuration is. */
async function discovered(url, issuer) {
  const configuration = readObject(await get(url));
  if (configuration?.issuer !== issuer) throw new Error('the configuration is of another issuer');
  const uri = configuration.jwks_uri;
  if (typeof uri !== 'string' || !isPlain(uri)) throw new Error('the "jwks_uri" is no plain URL');
  if (new URL(uri).origin !== new URL(url).origin) throw new Error('the "jwks_uri" has another origin');
  return uri;
}

/** Nothing in it that another reader of the URL could take for the end of its host. */
function isPlain(uri) {
  const [, path] = /^https?:\/\/[A-Za-z0-9.:[\]_-]+(\/[A-Za-z0-9._~!$&'()*+,=:@%/?-]*)$/i.exec(uri) ?? [];
  return path !== undefined && uri.length <= 2048 && !/\/\.{1,2}(?:[/?]|$)/.test(path);
}

async function get(url) {
  const { status, bytes } = await exchange(url, { timeoutMs, maximumBytes });
  if (status !== 200) throw new Error(`the answer has the status ${status}`);
  return bytes;
}
