import type { Gateway, Tls } from '../../../model/gateway.ts';
import type { AccessLog } from '../../../model/observation.ts';
import type { Sourced } from '../../../model/origin.ts';
import type { IpRange } from '../../../model/policy.ts';
import type { Lowering, Outcome } from '../../target.ts';
import { clientAuthorities } from '../front/client-certificates.ts';
import { frontsOf } from '../front/fronts.ts';
import { fieldValue } from '../front/log-fields.ts';
import { settingsOf } from '../settings.ts';
import { range } from '../token/address.ts';
import { refusalOf } from '../token.ts';

export const tls: Lowering<Tls, Gateway, Tls> = {
  support: 'full',
  note: 'TLS 1.2 and 1.3, forward secrecy, no session tickets; HTTP/2; client certificates',
  lower: (asked, gateway): Outcome<Tls> => {
    const foreign = refusalOfCertificate(asked);
    if (foreign !== undefined) return foreign;
    const reason = refusalOfClients(asked, gateway);
    if (reason !== undefined)
      return { kind: 'unsupported', reason, instead: 'Serve an https server with tls.termination "here".' };
    return refusalOfListeners(asked, gateway) ?? { kind: 'exact', part: asked };
  },
};

type Refusal = Extract<Outcome<never>, { kind: 'unsupported' }>;

/** nginx reads a certificate from files, and nothing here fetches one for it. */
function refusalOfCertificate({ certificate }: Tls): Refusal | undefined {
  if (certificate === undefined || certificate.value.files !== undefined) return undefined;
  return {
    kind: 'unsupported',
    reason: `nginx cannot take the certificate of its hosts from ${certificate.value.acm === undefined ? 'an ACME authority' : 'AWS Certificate Manager'}`,
    instead: 'Name files too: tls.certificate.files {cert, key}, which another program renews.',
    at: certificate.at,
  };
}

/** On the address of the verifier, clients could ask it by its name, past limits and log. */
function refusalOfListeners(asked: Tls, gateway: Gateway): Refusal | undefined {
  if (gateway.authenticators.length === 0) return undefined;
  const { verifierPort } = settingsOf(gateway);
  const { verifier } = gateway.targets.nginx.listen;
  const taken = frontsOf(gateway, asked).some(
    ({ listener: { address, port } }) =>
      port === verifierPort && (address === undefined || address === '127.0.0.1'),
  );
  return taken
    ? {
        kind: 'unsupported',
        reason: `clients and the verifier of credentials would share the port ${verifierPort}`,
        instead: 'Name another port of loopback in targets.nginx.listen.verifier.',
        ...(verifier === undefined ? {} : { at: verifier.at }),
      }
    : undefined;
}

/** Client certificates that nobody would ever be asked for are no protection. */
function refusalOfClients({ clientCertificate, termination }: Tls, gateway: Gateway): string | undefined {
  const asked = clientCertificate?.value;
  if (asked === undefined || asked.mode === 'none') return undefined;
  if (clientAuthorities(gateway) === undefined) return `there is no secret "${asked.ca.value}"`;
  if (termination.value === 'upstream') return 'client certificates end with TLS, before they reach nginx';
  const https = gateway.sites.some(({ hosts }) => hosts.some(({ scheme }) => scheme === 'https'));
  return https ? undefined : 'no host is served with TLS, so no client certificate reaches nginx';
}

export const trustedProxies: Lowering<readonly Sourced<IpRange>[], Gateway, readonly IpRange[]> = {
  support: 'full',
  note: 'realip, recursive, X-Forwarded-For',
  lower: (asked): Outcome<readonly IpRange[]> => {
    const reason = asked
      .map(({ value }) => refusalOf(() => range(value.text)))
      .find((one) => one !== undefined);
    if (reason !== undefined) return { kind: 'unsupported', reason, instead: undefined };
    return { kind: 'exact', part: asked.map(({ value }) => value) };
  },
};

/** A redacted field is never printed: not masked, absent. */
export const accessLog: Lowering<AccessLog, Gateway, AccessLog> = {
  support: 'full',
  note: 'one JSON object a line in logs/access.log; redacted fields are left out',
  lower: (asked): Outcome<AccessLog> => {
    const foreign = refusalOfLog(asked);
    if (foreign !== undefined) return foreign;
    const unknown = asked.fields.value.find((field) => fieldValue(field) === undefined);
    return unknown === undefined
      ? { kind: 'exact', part: asked }
      : { kind: 'unsupported', reason: `nginx does not know the log field "${unknown}"`, instead: undefined };
  },
};

function refusalOfLog({ format, sample, sink }: AccessLog): Refusal | undefined {
  const instead = 'Write format: json and sample: 1, and let what collects the log do the rest.';
  if (format.value !== 'json')
    return { kind: 'unsupported', reason: 'nginx writes its log as JSON only', instead, at: format.at };
  if (sample.value !== 1)
    return { kind: 'unsupported', reason: 'nginx logs every request', instead, at: sample.at };
  return sink === undefined
    ? undefined
    : {
        kind: 'unsupported',
        reason: 'nginx writes its log to logs/access.log',
        instead: 'Leave the sink out, and let an agent collect that file.',
        at: sink.at,
      };
}
