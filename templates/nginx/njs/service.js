import json from './json.js';

/*
 * Questions to services, each through an internal location of the verifier's server. What shows the gateway to a
 * service is in a variable that all questions of a request share, so they are asked one after another.
 */

/** Questions of one request. */
function from(r) {
  let last = Promise.resolve();
  return {
    ask: (location, credential, body) => {
      const answer = last.then(() => send(r, location, credential, body));
      last = answer;
      return answer;
    },
  };
}

/**
 * Asks with a body, or without one. credential: the value of the header that the location sends it in, or ''. Answers
 * {status, object}: `object` is what the body holds where the status is 200 and it is a JSON object as strict as those
 * of tokens. Status 0 when there is no answer. Never rejects.
 */
async function send(r, location, credential, body) {
  try {
    r.variables.gw_service_credential = credential;
    const options = body === undefined ? { method: 'GET' } : { method: 'POST', body: body };
    const reply = await r.subrequest(location, options);
    if (reply.status !== 200) return { status: reply.status, object: undefined };
    return { status: 200, object: json.readObject(reply.responseBuffer) };
  } catch (error) {
    r.error(`${location} cannot be asked: ${error.message}`);
    return { status: 0, object: undefined };
  }
}

export default { from };
