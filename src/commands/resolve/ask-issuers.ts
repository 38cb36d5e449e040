import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic.ts';
import { discoveryFailed, discoveryRefused } from './diagnostics.ts';
import type { DiscoveryIssuer } from './discovery-issuers.ts';
import { type FetchLimits, fetchConfiguration } from './fetch-configuration.ts';
import { readConfiguration } from './read-configuration.ts';

/** What issuers answered. */
interface Asked {
  /** Issuer → URL of its key set. */
  readonly pins: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
}

/** One after the other: there are few, and a document must not make gwc open many connections. */
export async function askIssuers(issuers: readonly DiscoveryIssuer[], limits: FetchLimits): Promise<Asked> {
  const pins = new Map<string, string>();
  const diagnostics: Diagnostic[] = [];
  for (const one of issuers) {
    const answer = await ask(one, limits);
    if ('code' in answer) diagnostics.push(answer);
    else pins.set(answer.issuer, answer.jwks);
  }
  return { pins, diagnostics };
}

async function ask(
  { accepted, url, at }: DiscoveryIssuer,
  limits: FetchLimits,
): Promise<Diagnostic | { readonly issuer: string; readonly jwks: string }> {
  const issuer = accepted[0] ?? '';
  const fetched = await fetchConfiguration(url, limits);
  if (fetched.kind === 'failed') {
    return diagnostic(discoveryFailed, at, { issuer, url, reason: fetched.reason });
  }
  const configuration = readConfiguration(fetched.bytes, accepted);
  return 'refused' in configuration
    ? diagnostic(discoveryRefused, at, { issuer, reason: configuration.refused })
    : configuration;
}
