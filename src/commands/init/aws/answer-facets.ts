import { headerName, headerValue, responseSet } from '../../../extension/values/header.ts';
import type { Node } from '../../../source/node.ts';
import { type Entry, field, nested } from '../draft-entry.ts';
import { commentText } from '../yaml-text.ts';
import { constantOf, entriesOf, type Findings, isUsable } from './findings.ts';
import type { Integration } from './read-integration.ts';
import { type IntegrationResponse, responseFor } from './read-responses.ts';

/**
 * What API Gateway does to answers: the status of a mock, and constant headers. `hasCors` says that the path has a
 * preflight, whose headers gwc writes into every answer.
 */
export function answerFacets(
  integration: Integration,
  hasCors: boolean,
  findings: Findings,
): readonly Entry[] {
  const { upstream, responses } = integration;
  if (upstream.kind === 'none') return [];
  if (upstream.kind !== 'mock') {
    noteChoices(responses, findings);
    return headerFacet(
      responses.find(({ selector }) => selector === 'default'),
      hasCors,
      findings,
    );
  }
  const answer = responseFor(requestedStatus(integration, findings), responses);
  if (answer?.hasTemplate === true) {
    findings.note(
      answer.at,
      'The body of a mock is written by a template: write it as an example of the response, and name it in mock: {example: …}.',
    );
  }
  return [field('mock', { status: answer?.status ?? 200 }), ...headerFacet(answer, hasCors, findings)];
}

/** The status that the request template of a mock sets: `{"statusCode": 204}`. */
function requestedStatus({ at }: Integration, findings: Findings): number | undefined {
  const templates = entriesOf(at.child('requestTemplates'), 'a map of templates', findings);
  const found = templates.map(
    ([, { value }]) => /["']?statusCode["']?\s*:\s*["']?([1-5][0-9]{2})\b/.exec(String(value))?.[1],
  );
  const status = found.find((one) => one !== undefined);
  return status === undefined ? undefined : Number(status);
}

/** A back end behind `http` has its statuses replaced by those of the document; gwc passes on what the back end says. */
function noteChoices(responses: readonly IntegrationResponse[], findings: Findings): void {
  for (const { at, hasTemplate, selector, status } of responses) {
    if (hasTemplate)
      findings.note(at, 'A template rewrites the body of an answer; gwc passes it on as it is.');
    if (selector !== 'default' || (status !== undefined && status !== 200)) {
      findings.note(at, 'Statuses of the back end are replaced by others; gwc passes them on as they are.');
    }
  }
}

const settable = headerName(responseSet);

function headerFacet(
  answer: IntegrationResponse | undefined,
  hasCors: boolean,
  findings: Findings,
): readonly Entry[] {
  const set: [string, string][] = [];
  for (const [name, { text, at }] of answer?.headers ?? []) {
    const constant = constantOf(text);
    if (name.startsWith('access-control-')) noteCors(name, at, hasCors, findings);
    else if (
      constant !== undefined &&
      isUsable(settable, name, at.at) &&
      isUsable(headerValue, constant, at.at)
    )
      set.push([name, constant]);
    else if (!isPassedOn(name, text)) {
      findings.note(
        at,
        `The header ${commentText(name)} of an answer is computed or cannot be set, so it is not carried over.`,
      );
    }
  }
  return set.length === 0 ? [] : [nested('response', [field('setHeaders', Object.fromEntries(set))])];
}

function noteCors(name: string, at: Node, hasCors: boolean, findings: Findings): void {
  if (hasCors) return;
  findings.note(
    at,
    `Answers have ${commentText(name)}, and the path has no preflight: if pages of other origins call it, write cors: {origins: […]}.`,
  );
}

function isPassedOn(name: string, text: string): boolean {
  return text.toLowerCase() === `integration.response.header.${name}`;
}
