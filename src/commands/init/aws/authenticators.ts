import type { Node } from '../../../source/node.ts';
import { type Entry, field, nested } from '../draft-entry.ts';
import { commentText } from '../yaml-text.ts';
import type { Findings } from './findings.ts';
import type { ImportedPath } from './imported-operation.ts';
import { readAuthorizer } from './read-authorizer.ts';
import type { ExtendedScheme } from './scheme-kind.ts';
import type { SecuredDocument } from './secure-document.ts';

interface Input {
  readonly schemes: ReadonlyMap<string, ExtendedScheme>;
  readonly paths: readonly ImportedPath[];
  readonly secured: SecuredDocument;
  /** Where callers without a credential are redirected. */
  readonly login: string | undefined;
  readonly findings: Findings;
}

/** Fields of `authenticators` by scheme, for the schemes that API Gateway knows more about than OpenAPI does. */
export function importAuthenticators(input: Input): ReadonlyMap<string, readonly Entry[]> {
  const forwarded = forwardedFacts(input);
  const found = new Map<string, readonly Entry[]>();
  for (const [name, { scheme, node, kind }] of input.schemes) {
    if (kind === 'authorizer') {
      const authorizer = node.child('x-amazon-apigateway-authorizer');
      if (authorizer === undefined) continue;
      found.set(name, [
        ...readAuthorizer(authorizer, scheme, input.findings),
        ...forwardField(forwarded.get(name)),
        ...loginField(input.login),
      ]);
    } else if (kind === 'iam') {
      found.set(name, IAM);
    } else if (kind === 'api-key') {
      found.set(name, [
        field(
          'keys',
          'aws-usage-plan',
          'Keys of usage plans, which AWS keeps. On other targets: keys: consumers (gwc key makes keys).',
          'Keys count callers rather than prove who they are: demand a token as well where it matters.',
        ),
      ]);
    }
  }
  const { declared } = input.secured;
  if (declared !== undefined) found.set(declared.name, IAM);
  return found;
}

const IAM: readonly Entry[] = [
  field(
    'sigv4',
    {},
    'Requests signed with credentials of AWS; AWS IAM decides who may call. Only the target aws has it.',
  ),
];

/** Facts that parameter mappings hand to back ends, by scheme; an authenticator forwards them on all of its operations. */
function forwardedFacts({
  paths,
  secured,
  findings,
}: Input): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const facts = new Map<string, Map<string, string>>();
  for (const operation of paths.flatMap((path) => [
    ...path.operations,
    ...(path.any === undefined ? [] : [path.any]),
  ])) {
    const forward = operation.integration?.request.forward ?? new Map<string, string>();
    if (forward.size === 0) continue;
    const names = (secured.effectiveOf(operation) ?? []).flatMap((one) => Object.keys(one));
    for (const [header, fact] of forward) {
      for (const name of names) addFact(facts, name, header, fact, operation.node, findings);
    }
  }
  return facts;
}

function addFact(
  facts: Map<string, Map<string, string>>,
  scheme: string,
  header: string,
  fact: string,
  at: Node,
  findings: Findings,
): void {
  const known = facts.get(scheme) ?? new Map<string, string>();
  facts.set(scheme, known);
  const same = [...known.keys()].find((one) => one.toLowerCase() === header.toLowerCase());
  if (same === undefined) known.set(header, fact);
  else if (known.get(same) !== fact) {
    findings.note(
      at,
      `The header ${commentText(header)} carries another fact here than on other operations, which gwc cannot: one authenticator, one meaning of a header.`,
    );
  }
}

function forwardField(facts: ReadonlyMap<string, string> | undefined): readonly Entry[] {
  if (facts === undefined) return [];
  return [
    field(
      'forward',
      Object.fromEntries(facts),
      'From requestParameters; what clients send under these names is removed.',
    ),
  ];
}

function loginField(url: string | undefined): readonly Entry[] {
  if (url === undefined) return [];
  return [
    nested(
      'login',
      [field('when', 'always'), field('url', url), field('returnParam', false)],
      'From the gateway response UNAUTHORIZED. "when: browser" redirects people only.',
    ),
  ];
}
