import address from './address.js';

/*
 * What services are asked (language.md, Policies).
 */

/** The JSON text `{"input": {…}}` with a member for each fact, null where there is none. */
function body(send, identity, request) {
  const input = {};
  send.forEach((fact) => {
    const value = factValue(fact, identity, request);
    input[fact.kind] = value === undefined ? null : value;
  });
  return JSON.stringify({ input: input });
}

function factValue(fact, identity, request) {
  switch (fact.kind) {
    case 'method':
      return fact.value;
    case 'path':
    case 'query':
      return request.value(fact.input);
    case 'ip':
      return addressText(request.value(fact.input));
    case 'claims':
      return identity.claims;
    case 'consumer':
      return identity.consumer === undefined ? undefined : { id: identity.consumer, groups: identity.groups };
    default:
      throw new Error(`no service is told ${fact.kind}`);
  }
}

function addressText(text) {
  const bytes = address.parse(text);
  return bytes === undefined ? undefined : address.print(bytes);
}

export default { body };
