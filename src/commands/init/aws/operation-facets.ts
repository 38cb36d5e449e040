import { queryName } from '../../../extension/values/names.ts';
import { type Entry, field, nested } from '../draft-entry.ts';
import { answerFacets } from './answer-facets.ts';
import { type Findings, isUsable } from './findings.ts';
import type { Integration } from './read-integration.ts';
import type { MappedRequest } from './read-request-parameters.ts';

/** Facets that an integration comes to, besides the back end and its path. */
export function integrationFacets(
  integration: Integration,
  hasCors: boolean,
  findings: Findings,
): readonly Entry[] {
  const { timeout, upstream } = integration;
  const changes =
    upstream.kind === 'none' || upstream.kind === 'mock' ? [] : requestFacet(integration, findings);
  const waits = timeout !== undefined && upstream.kind !== 'mock' ? [field('timeout', timeout)] : [];
  return [...waits, ...changes, ...answerFacets(integration, hasCors, findings)];
}

function requestFacet({ request, upstream }: Integration, findings: Findings): readonly Entry[] {
  const query = new Map(request.setQuery);
  if (upstream.kind === 'http' && upstream.query !== undefined) {
    for (const pair of upstream.query.split('&')) {
      const [name = '', value = ''] = pair.split('=');
      if (isUsable(queryName, name, upstream.at.at) && /^[A-Za-z0-9._~-]{0,1024}$/.test(value))
        query.set(name, value);
      else if (pair !== '')
        findings.note(
          upstream.at,
          'A part of the query in the address of the back end is computed or encoded, so it is not carried over.',
        );
    }
  }
  const fields = changeFields({ ...request, setQuery: query });
  return fields.length === 0 ? [] : [nested('request', fields)];
}

function changeFields({
  setHeaders,
  addHeaders,
  removeHeaders,
  setQuery,
  removeQuery,
}: MappedRequest): readonly Entry[] {
  const mapping = (name: string, values: ReadonlyMap<string, string>): readonly Entry[] =>
    values.size === 0 ? [] : [field(name, Object.fromEntries(values))];
  const list = (name: string, values: ReadonlySet<string>): readonly Entry[] =>
    values.size === 0 ? [] : [field(name, [...values])];
  return [
    ...mapping('setHeaders', setHeaders),
    ...mapping('addHeaders', addHeaders),
    ...list('removeHeaders', removeHeaders),
    ...mapping('setQuery', setQuery),
    ...list('removeQuery', removeQuery),
  ];
}
