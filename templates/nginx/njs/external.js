import files from './files.js';
import strict from './strict.js';

/*
 * Services that decide about a credential, or about a question of a policy. A service says {"result": true} or
 * {"result": false}, with status 200; anything else is no answer.
 */

const maxCredentialBytes = 8192;

/** authenticator: its data file. A result of true may come with claims. */
async function verify(credential, authenticator, r, service) {
  if (credential.length > maxCredentialBytes || !strict.matches(/^[\x20-\x7e]+/, credential))
    return { kind: 'invalid' };
  const input = { scheme: authenticator.scheme, credential: credential };
  const answer = await ask(authenticator, JSON.stringify({ input: input }), r, service);
  const result = resultOf(answer);
  if (result === false) return { kind: 'invalid' };
  const claims = result === true && strict.hasOwn(answer, 'claims') ? answer.claims : {};
  if (result === undefined || typeof claims !== 'object' || claims === null || Array.isArray(claims))
    return { kind: 'unavailable' };
  return { kind: 'valid', claims: claims, seconds: authenticator.cacheSeconds };
}

/** The truth that a service tells about the question of a policy; call: its entry in the guard's data. */
async function truth(call, body, r, service) {
  const answer = await ask(call, body, r, service);
  const result = resultOf(answer);
  return result === undefined ? 'unknown' : result;
}

/** of: {location, credential?: {file, prefix?}}. The object that the service answers with, or undefined. */
async function ask(of, body, r, service) {
  if (of.credential === undefined) {
    const answer = await service.ask(of.location, '', body);
    return answer.object;
  }
  const secret = files.readSecret(r, of.credential.file);
  if (secret === undefined) return undefined;
  const prefix = of.credential.prefix === undefined ? '' : `${of.credential.prefix} `;
  const answer = await service.ask(of.location, prefix + secret, body);
  return answer.object;
}

function resultOf(answer) {
  if (answer === undefined || !strict.hasOwn(answer, 'result')) return undefined;
  return typeof answer.result === 'boolean' ? answer.result : undefined;
}

export default { verify, truth };
