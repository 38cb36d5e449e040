import type { SecurityRequirement } from '../../../openapi/document.ts';
import type { Node } from '../../../source/node.ts';
import { type Entry, field } from '../draft-entry.ts';
import { commentText } from '../yaml-text.ts';
import { type Findings, textOf } from './findings.ts';
import type { ExtendedScheme } from './scheme-kind.ts';

/** The alternatives of a security list by scheme name, with the scopes that each needs. */
export type Alternatives = readonly { readonly [scheme: string]: readonly string[] }[];

/** What replaces a `security` that means something else to API Gateway than to OpenAPI. */
export interface SecurityChange {
  readonly alternatives: Alternatives;
  /** Facets that go with it. */
  readonly facets: readonly Entry[];
  readonly why: readonly string[];
}

export interface SecurityReading {
  readonly schemes: ReadonlyMap<string, ExtendedScheme>;
  /** Name of the scheme for signatures of AWS, declared or to be declared. */
  readonly iam: string;
  readonly findings: Findings;
}

/**
 * Several alternatives of an authorizer and an API key are both demanded by API Gateway, where OpenAPI lets either pass:
 * the key of a method is a flag beside its one authorizer (API Gateway API Reference, "Method": apiKeyRequired,
 * authorizationType). Taken literally, the gateway would be weaker than before.
 */
export function joinedAlternatives(
  alternatives: Alternatives,
  at: Node,
  { schemes, findings }: SecurityReading,
): SecurityChange | undefined {
  if (alternatives.length < 2) return undefined;
  const names = [...new Set(alternatives.flatMap((one) => Object.keys(one)))];
  const kindOf = (name: string) => schemes.get(name)?.kind ?? 'plain';
  const guards = names.filter((name) => kindOf(name) === 'authorizer' || kindOf(name) === 'iam');
  if (guards.length === 0) return undefined;
  const isJoined =
    guards.length === 1 &&
    names.every((name) => kindOf(name) !== 'plain') &&
    alternatives.every((one) => Object.keys(one).length > 0);
  if (!isJoined) {
    findings.lose(
      at,
      `Its security has alternatives (${commentText(names.join(', '))}), of which API Gateway enforces one authorizer; gwc lets callers pass that satisfy either`,
    );
    return undefined;
  }
  return {
    alternatives: [
      Object.fromEntries(
        names.map((name) => [name, [...new Set(alternatives.flatMap((one) => scopesOf(one, name)))]]),
      ),
    ],
    facets: [],
    why: [
      'API Gateway demands all of these; the alternatives of the document would let any one of them pass.',
    ],
  };
}

/**
 * Scopes of authorizers: API Gateway lets a token pass that has one of them, OpenAPI and gwc demand all (API Gateway
 * Developer Guide, "Control access to HTTP APIs with JWT authorizers" and "Integrate a REST API with an Amazon Cognito
 * user pool"). A policy says the same as API Gateway.
 */
export function anyOfScopes(
  alternatives: Alternatives,
  { schemes }: SecurityReading,
): SecurityChange | undefined {
  const [only, ...more] = alternatives;
  if (only === undefined || more.length > 0) return undefined;
  const several = Object.entries(only).filter(
    ([name, scopes]) => schemes.get(name)?.kind === 'authorizer' && scopes.length > 1,
  );
  const [first, ...others] = several;
  if (first === undefined || others.length > 0) return undefined;
  const [name, scopes] = first;
  return {
    alternatives: [{ ...only, [name]: [] }],
    facets: [field('authorize', { any: scopes.map((scope) => ({ scope })) })],
    why: ['API Gateway lets tokens with any of these scopes pass; security would demand all of them.'],
  };
}

/** Own properties only: a scheme may be called `constructor`. */
function scopesOf(one: Alternatives[number], name: string): readonly string[] {
  return Object.hasOwn(one, name) ? (one[name] ?? []) : [];
}

/** Reads `x-amazon-apigateway-auth` of an operation: signatures of AWS, or nothing, which is never taken over. */
export function statedAuth(
  node: Node | undefined,
  alternatives: Alternatives,
  reading: SecurityReading,
): SecurityChange | undefined {
  if (node === undefined) return undefined;
  const { findings, iam, schemes } = reading;
  const type = textOf(node.child('type'), 'an authorization type', findings)?.toUpperCase();
  if (type === 'AWS_IAM') {
    if (alternatives.some((one) => Object.keys(one).some((name) => schemes.get(name)?.kind === 'iam')))
      return undefined;
    if (
      alternatives.some((one) => Object.keys(one).some((name) => schemes.get(name)?.kind === 'authorizer'))
    ) {
      findings.lose(
        node,
        'It has an authorizer and signatures of AWS (x-amazon-apigateway-auth); the draft asks for signatures, as API Gateway does',
      );
    }
    const keys = alternatives.flatMap((one) =>
      Object.keys(one).filter((name) => schemes.get(name)?.kind === 'api-key'),
    );
    const names = [iam, ...new Set(keys)];
    return {
      alternatives: [Object.fromEntries(names.map((name) => [name, []]))],
      facets: [],
      why: ['From x-amazon-apigateway-auth (AWS_IAM).'],
    };
  }
  if (type === 'NONE') {
    findings.note(
      node,
      'API Gateway lets everybody call it (x-amazon-apigateway-auth: NONE); an import opens nothing: say security: [] yourself, with public: {reason: …} where it changes data.',
    );
  } else {
    findings.misread(node.child('type') ?? node, 'AWS_IAM or NONE');
  }
  return undefined;
}

export function alternativesOf(requirements: readonly SecurityRequirement[]): Alternatives {
  return requirements.map(({ schemes }) =>
    Object.fromEntries(schemes.map(({ name, scopes }) => [name, scopes])),
  );
}
