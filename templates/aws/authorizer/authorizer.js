import { headerText } from './claims.js';
import { decide, forwardedTexts } from './decision.js';
import { own } from './json.js';
import { keySet } from './key-sets.js';
import { keySource } from './key-source.js';
import { decoded, isCanonical, parametersOf } from './path.js';

/*
 * The authorizer that API Gateway asks whether a request may pass. Nothing but an answer that says so lets a request
 * through; what nobody can decide, and whatever goes wrong, is an error.
 */

/** The handler of a gateway's data for a kind of API ({requestOf, answer}). What it fetches is kept as long as the function's process lives. */
export function authorizer(data, { requestOf, answer }) {
  const secrets = data.secrets.map((one) => PARTS.secrets.secret(one));
  const gateway = {
    ...data,
    secrets,
    services: data.services.map((one) => PARTS.services.service(one, secrets)),
    keyOf: keySource(data.keySets.map(keySet), secrets),
  };
  return async (event) => {
    const request = requestOf(event);
    const found = own(data.operations, request.operation);
    if (found === undefined) throw new Error(`no operation is called ${request.operation}`);
    const [guard, template] = found;
    const decision = await judge(data.guards[guard], data.templates[template], request, gateway);
    return answer({ ...decision, ...tell(decision, request, data) }, event);
  };
}

async function judge(guard, template, request, gateway) {
  const parameters = template === undefined ? new Map() : canonicalParameters(template, request);
  if (parameters === undefined) return { outcome: 'deny', reason: 'bad-target' };
  const pathParameter = (name) => decoded(parameters.get(name) ?? '%');
  const address = () => PARTS.addresses.clientAddress(gateway.address, request.peer, request.header);
  return decide(guard, { ...request, pathParameter, address }, gateway, Date.now() / 1000);
}

function canonicalParameters(template, { path, variables }) {
  return isCanonical(path, template.characters) ? parametersOf(path, template, variables) : undefined;
}

/** An integration that is told an empty text may pass on what the client sent in its place. */
const noValue = '-';

/** What integrations, answers and the access log are told: texts only. */
function tell({ outcome, reason, challenge, identities, consumer }, request, data) {
  if (outcome !== 'allow') return { subject: '', context: { reason, challenge: challenge ?? '' } };
  // API Gateway writes it into a line of JSON as it is.
  const subject = (headerText(identities[0]?.subject) ?? '').replace(/["\\]/g, encodeURIComponent);
  const context = { reason, subject, consumer: headerText(consumer) ?? '' };
  const texts = forwardedTexts(identities, data.ownedHeaders);
  for (const { header, part } of data.certificateParts) texts[header] ||= request.certificate()?.[part] ?? '';
  for (const [index, text] of texts.entries()) context[`h${index}`] = text === '' ? noValue : text;
  return { subject, context };
}
