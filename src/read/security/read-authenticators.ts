import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import { didYouMean } from '../../diagnostics/suggest.ts';
import type { Authenticator } from '../../model/authentication.ts';
import type { ApiDocument, SecurityScheme } from '../../openapi/document.ts';
import type { Documents } from '../../source/documents.ts';
import { authenticatorWithoutScheme, forwardsCredential } from '../diagnostics.ts';
import type { MergedRoot } from '../root/merge-roots.ts';
import { checkLogin } from './effective-login.ts';
import { readAuthenticator } from './read-authenticator.ts';

/** Every declared authenticator that could be read, in the order of names. */
export function readAuthenticators(
  declared: MergedRoot['authenticators'],
  apis: readonly ApiDocument[],
  documents: Documents,
  report: Report,
): readonly Authenticator[] {
  const names = new Set(apis.flatMap(({ schemes }) => [...schemes.keys()]));
  const read: Authenticator[] = [];
  for (const [name, block] of declared) {
    const schemes = apis.flatMap((api): readonly SecurityScheme[] => {
      const scheme = api.schemes.get(name);
      return scheme === undefined ? [] : [scheme];
    });
    if (schemes.length === 0) {
      const facts = { name, suggestion: didYouMean(name, names) };
      report(diagnostic(authenticatorWithoutScheme, block.at, facts, { side: 'key' }));
      continue;
    }
    const authenticator = readAuthenticator(name, block, schemes, documents, report);
    if (authenticator === undefined) continue;
    checkLogin(authenticator, block.value.login?.value.when, report);
    read.push(authenticator);
  }
  reportForwardedCredentials(read, report);
  return read;
}

/** Names of headers that authenticators set, each once, in the spelling that comes first. */
export function ownedHeaders(authenticators: readonly Authenticator[]): readonly string[] {
  const owned = new Map<string, string>();
  for (const { header } of authenticators.flatMap(({ forward }) => forward)) {
    if (!owned.has(header.toLowerCase())) owned.set(header.toLowerCase(), header);
  }
  return [...owned.values()];
}

function reportForwardedCredentials(authenticators: readonly Authenticator[], report: Report): void {
  const carriers = new Set(
    authenticators.flatMap(({ from }) =>
      from.value.flatMap((place) => (place.kind === 'header' ? [place.name.toLowerCase()] : [])),
    ),
  );
  for (const { forward, at } of authenticators) {
    for (const { header } of forward) {
      if (carriers.has(header.toLowerCase())) report(diagnostic(forwardsCredential, at, { header }));
    }
  }
}
