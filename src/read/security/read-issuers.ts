import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import type { AuthenticatorBlock } from '../../extension/index.ts';
import { canonicalUrl, type HttpUrl, issuerUrl } from '../../extension/values/url.ts';
import type { Algorithm, KeySource, TrustedIssuer } from '../../model/authentication.ts';
import type { Origin, Sourced } from '../../model/origin.ts';
import type { SecurityScheme } from '../../openapi/document.ts';
import type { Documents } from '../../source/documents.ts';
import { nodeOf } from '../../source/node.ts';
import { issuerDerived, issuerMissing } from '../diagnostics.ts';
import { readKeySet } from '../keys/read-key-set.ts';
import { checkIssuers, discoveryPath } from './check-issuers.ts';

export interface KeyContext {
  readonly documents: Documents;
  /** Issuer → URL of its key set, as a lock file pins it. */
  readonly pinned: ReadonlyMap<string, string>;
}

/** The issuers of a JWT authenticator with their keys, or undefined after a report. */
export function readIssuers(
  name: string,
  { value: block, at }: Sourced<AuthenticatorBlock>,
  schemes: readonly SecurityScheme[],
  algorithms: readonly Algorithm[],
  context: KeyContext,
  report: Report,
): Sourced<readonly TrustedIssuer[]> | undefined {
  const stated = statedIssuers(name, { value: block, at }, schemes, context, report);
  if (stated === undefined) return undefined;
  checkIssuers(name, block, schemes, report);
  const read = stated.value.map((one): TrustedIssuer | undefined => {
    const { issuer, discovery } = one;
    const audiences = one.audiences ?? block.audiences;
    const keys = readKeys(one, issuer.value, discovery, algorithms, context, report);
    if (keys === undefined || audiences === undefined) return undefined;
    return {
      issuer,
      audiences: { value: audiences.value.map(({ value }) => value), at: audiences.at },
      keys,
    };
  });
  const issuers = read.filter((one) => one !== undefined);
  return issuers.length === read.length ? { value: issuers, at: stated.at } : undefined;
}

type IssuerBlock = NonNullable<AuthenticatorBlock['issuers']>['value'][number]['value'];
type StatedIssuer = Pick<IssuerBlock, 'jwks' | 'audiences'> &
  Pick<AuthenticatorBlock, 'key'> & {
    readonly issuer: Sourced<string>;
    readonly discovery: string;
  };

function statedIssuers(
  name: string,
  { value: block, at }: Sourced<AuthenticatorBlock>,
  schemes: readonly SecurityScheme[],
  { pinned }: KeyContext,
  report: Report,
): Sourced<readonly StatedIssuer[]> | undefined {
  if (block.issuers !== undefined) {
    const value = block.issuers.value.map(
      ({ value: one }): StatedIssuer => ({ ...one, ...place(one.issuer), key: undefined }),
    );
    return { value, at: block.issuers.at };
  }
  const only = { jwks: block.jwks, audiences: block.audiences, key: block.key };
  if (block.issuer !== undefined) {
    return { value: [{ ...only, ...place(block.issuer) }], at: block.issuer.at };
  }
  const url = schemes.map(({ openIdConnectUrl }) => openIdConnectUrl).find(isDiscoveryUrl);
  if (url === undefined) {
    report(diagnostic(issuerMissing, at, { name }, { side: 'key' }));
    return undefined;
  }
  const derived = derivedIssuer(name, url, pinned, report);
  return derived === undefined ? undefined : { value: [{ ...only, ...derived }], at: url.at };
}

function isDiscoveryUrl(url: Sourced<string> | undefined): url is Sourced<string> {
  return url?.value.endsWith(discoveryPath) === true;
}

function place({ value, at }: Sourced<HttpUrl>): Pick<StatedIssuer, 'issuer' | 'discovery'> {
  const base = canonicalUrl(value).replace(/\/$/, '');
  return { issuer: { value: value.text, at }, discovery: `${base}${discoveryPath}` };
}

/**
 * The issuer whose configuration an openIdConnect scheme names (OpenID Connect Discovery 1.0 §4.1). The URL does not
 * tell whether the issuer ends with a slash: a pinned issuer does, else it is taken without.
 */
function derivedIssuer(
  name: string,
  { value, at }: Sourced<string>,
  pinned: ReadonlyMap<string, string>,
  report: Report,
): Pick<StatedIssuer, 'issuer' | 'discovery'> | undefined {
  const url = issuerUrl.read(nodeOf(value, at), report);
  if (url === undefined) return undefined;
  const bare = value.slice(0, -discoveryPath.length);
  const issuer = !pinned.has(bare) && pinned.has(`${bare}/`) ? `${bare}/` : bare;
  report(diagnostic(issuerDerived, at, { name, issuer }));
  return { issuer: { value: issuer, at }, discovery: canonicalUrl(url) };
}

function readKeys(
  { jwks, key, issuer: { at } }: StatedIssuer,
  issuer: string,
  discovery: string,
  algorithms: readonly Algorithm[],
  { documents, pinned }: KeyContext,
  report: Report,
): Sourced<KeySource> | undefined {
  if (key !== undefined) return { value: { kind: 'shared', secret: key.value }, at: key.at };
  if (jwks === undefined) {
    const url = pinned.get(issuer);
    const value: KeySource =
      url === undefined ? { kind: 'discovery', url: discovery } : { kind: 'remote', url };
    return { value, at };
  }
  if ('scheme' in jwks.value) {
    return { value: { kind: 'remote', url: canonicalUrl(jwks.value) }, at: jwks.at };
  }
  const { file, secret } = jwks.value;
  if (secret !== undefined) return { value: { kind: 'stored', secret: secret.value }, at: secret.at };
  if (file === undefined) return undefined;
  return readFile(file, algorithms, documents, report);
}

function readFile(
  { value: file, at }: { readonly value: string; readonly at: Origin },
  algorithms: readonly Algorithm[],
  documents: Documents,
  report: Report,
): Sourced<KeySource> | undefined {
  const set = documents.load(file, at, report);
  const keys = set === undefined ? undefined : readKeySet(set, algorithms, report);
  return keys === undefined ? undefined : { value: { kind: 'pinned', keys }, at };
}
