import type { Gateway } from '../../model/gateway.ts';
import type { Origin } from '../../model/origin.ts';

/** An issuer whose keys are found by OpenID Connect Discovery. */
export interface DiscoveryIssuer {
  /** Texts that its configuration may have as "issuer"; the first is that of the model. */
  readonly accepted: readonly string[];
  /** Where its configuration is. */
  readonly url: string;
  readonly at: Origin;
}

/** The issuers of a model that was read without pins, each once. */
export function discoveryIssuers({ authenticators }: Gateway): readonly DiscoveryIssuer[] {
  const found = new Map<string, DiscoveryIssuer>();
  for (const authenticator of authenticators) {
    if (authenticator.kind !== 'jwt') continue;
    for (const { issuer, keys } of authenticator.issuers.value) {
      if (keys.value.kind !== 'discovery' || found.has(issuer.value)) continue;
      const accepted = isDerived(issuer.at) ? [issuer.value, `${issuer.value}/`] : [issuer.value];
      found.set(issuer.value, { accepted, url: keys.value.url, at: issuer.at });
    }
  }
  return [...found.values()];
}

/** The URL of an openIdConnect scheme does not tell whether its issuer ends with a slash (Discovery 1.0 §4.1). */
function isDerived(at: Origin): boolean {
  return at.pointer.endsWith('/openIdConnectUrl');
}
