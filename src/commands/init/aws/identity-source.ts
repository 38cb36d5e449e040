import { credentialHeader } from '../../../extension/values/header.ts';
import type { SecurityScheme } from '../../../openapi/document.ts';
import type { Node } from '../../../source/node.ts';
import { type Entry, field, unknown } from '../draft-entry.ts';
import { commentText } from '../yaml-text.ts';
import { type Findings, isUsable, textsOf } from './findings.ts';

/**
 * `from` of an authenticator, where the place that its scheme says is not the one that the authorizer reads: schemes of
 * several sources are named `Unused` (API Gateway Developer Guide, "x-amazon-apigateway-authorizer object").
 */
export function identityPlace(
  node: Node | undefined,
  scheme: SecurityScheme,
  findings: Findings,
): readonly Entry[] {
  const sources = textsOf(node, 'identity sources', findings)
    .flatMap((text) => text.split(','))
    .map((text) => text.trim())
    .filter((text) => text !== '');
  const stated = scheme.type === 'apiKey' && scheme.place?.name !== 'Unused' ? scheme.place : undefined;
  const declared = scheme.type === 'apiKey' ? stated : ({ in: 'header', name: 'Authorization' } as const);
  if (sources.length === 0) {
    return declared === undefined ? [unknown('from', 'where the credential is: [{header: X-Token}]')] : [];
  }
  const places = sources.map(placeOf);
  const headers = places.flatMap(({ header }) => header ?? []);
  const isDeclared =
    declared?.in === 'header' && headers.some((one) => one.toLowerCase() === declared.name.toLowerCase());
  const others = sources.length - (headers.length === 0 ? 0 : 1);
  if (others > 0 && node !== undefined) {
    findings.note(
      node,
      `The authorizer reads ${commentText(sources.join(', '))}; gwc takes the credential from one place, and policies read the rest.`,
    );
  }
  if (isDeclared) return [];
  const preferred = headers.find((one) => one.toLowerCase() === 'authorization') ?? headers[0];
  if (
    preferred === undefined ||
    preferred.toLowerCase() === 'cookie' ||
    node === undefined ||
    !isUsable(credentialHeader, preferred, node.at)
  ) {
    const hint = `where the credential is: [{header: X-Token}] or [{cookie: session}]; the authorizer reads ${commentText(sources.join(', '))}`;
    return [unknown('from', hint)];
  }
  return [field('from', [{ header: preferred }], 'From identitySource.')];
}

function placeOf(source: string): { readonly header: string | undefined } {
  return { header: /^(?:method\.|\$)request\.header\.(.+)$/.exec(source)?.[1] };
}
