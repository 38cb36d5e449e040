import { diagnostic, type Report, related } from '../../diagnostics/diagnostic.ts';
import type { AuthenticatorBlock } from '../../extension/index.ts';
import { canonicalUrl, fetchedUrl, type HttpUrl } from '../../extension/values/url.ts';
import type { Sourced } from '../../model/origin.ts';
import type { SecurityScheme } from '../../openapi/document.ts';
import { nodeOf } from '../../source/node.ts';
import { issuerDisagrees } from '../diagnostics.ts';

/** Where an issuer's configuration is, below the issuer (OpenID Connect Discovery 1.0 §4). */
export const discoveryPath = '/.well-known/openid-configuration';

/**
 * Warns where no trusted issuer is the one whose configuration an openIdConnect scheme names. A final slash, which the
 * URL does not tell, makes no difference; of a URL with another ending only the origin is compared, and one that is no
 * absolute https URL is left alone.
 */
export function checkIssuers(
  name: string,
  { issuer, issuers }: AuthenticatorBlock,
  schemes: readonly SecurityScheme[],
  report: Report,
): void {
  const stated = [
    ...(issuer === undefined ? [] : [issuer]),
    ...(issuers?.value ?? []).map(({ value }) => value.issuer),
  ];
  const [first] = stated;
  if (first === undefined) return;
  for (const { openIdConnectUrl: url } of schemes) {
    if (url === undefined || stated.some(({ value }) => agrees(value, url))) continue;
    const facts = { name, issuer: stated.map(({ value }) => `"${value.text}"`).join(', '), url: url.value };
    const options = { related: [related('The URL of the security scheme.', url.at)] };
    report(diagnostic(issuerDisagrees, first.at, facts, options));
  }
}

function agrees(issuer: HttpUrl, { value, at }: Sourced<string>): boolean {
  const url = fetchedUrl.read(nodeOf(value, at), () => undefined);
  if (url === undefined) return true;
  const named = canonicalUrl(url);
  if (!named.endsWith(discoveryPath)) return originOf(url) === originOf(issuer);
  return named === `${canonicalUrl(issuer).replace(/\/$/, '')}${discoveryPath}`;
}

function originOf(url: HttpUrl): string {
  return canonicalUrl({ ...url, path: '', query: undefined });
}
