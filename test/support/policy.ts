import { readFileSync } from 'node:fs';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { expression as expressionShape } from '../../src/extension/blocks/expression.ts';
import type { ClaimPath, Expression } from '../../src/model/policy.ts';
import { type JsonObject, type PolicyBlock, resolvePolicies } from '../../src/policy/index.ts';
import { parseAuthorize } from '../../src/policy/resolve-policies.ts';
import { nodeOf } from '../../src/source/node.ts';
import { at } from './model.ts';

/** One case of `fixtures/policy/vectors.json`; its own text says what is left out. */
export interface PolicyVector {
  readonly id: string;
  /** Ids of BEHAVIOUR.md. */
  readonly rows: readonly string[];
  /** As a document has it. */
  readonly expression: unknown;
  readonly expected: true | false | 'unknown';
  /** Undefined (null in the file) for an identity without a token. */
  readonly claims: JsonObject | undefined;
  readonly consumer: string | undefined;
  readonly groups: readonly string[] | undefined;
  /** What services answer, by the name of the back end; the others do not answer. */
  readonly answers: Readonly<Record<string, boolean>>;
  readonly path: ReadonlyMap<string, string>;
  readonly query: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly method: string;
  readonly address: string | undefined;
  readonly roleClaim: ClaimPath;
  readonly scopeClaims: readonly ClaimPath[];
}

type WrittenVector = Partial<Omit<PolicyVector, 'path' | 'claims'>> & {
  readonly path?: Readonly<Record<string, string>>;
  readonly claims: JsonObject | null;
};

const file = new URL('../../fixtures/policy/vectors.json', import.meta.url);

export const policyVectors: readonly PolicyVector[] = JSON.parse(readFileSync(file, 'utf8')).cases.map(
  (written: WrittenVector) => ({
    consumer: undefined,
    groups: undefined,
    answers: {},
    query: '',
    headers: [],
    method: 'GET',
    address: undefined,
    roleClaim: ['roles'],
    scopeClaims: [['scope'], ['scp']],
    ...written,
    claims: written.claims ?? undefined,
    path: new Map(Object.entries(written.path ?? {})),
  }),
);

/** What an `authorize` facet and `policies` mean, with everything that was found. */
export const resolveWritten = (
  authorize: unknown,
  policies: Readonly<Record<string, unknown>> = {},
): { readonly expression: Expression | undefined; readonly found: readonly Diagnostic[] } => {
  const found: Diagnostic[] = [];
  const report = (one: Diagnostic): void => {
    found.push(one);
  };
  const blocks = new Map<string, PolicyBlock>();
  for (const [name, written] of Object.entries(policies)) {
    const block = expressionShape.read(
      nodeOf(written, { ...at, pointer: `/x-gateway/policies/${name}` }),
      report,
    );
    if (block !== undefined) blocks.set(name, block);
  }
  const resolved = resolvePolicies(blocks, report);
  const block = expressionShape.read(nodeOf(authorize, { ...at, pointer: '/authorize' }), report);
  return { expression: block && parseAuthorize(block, resolved, report), found };
};

/** A well-formed expression as a document has it. */
export const expressionOf = (
  authorize: unknown,
  policies: Readonly<Record<string, unknown>> = {},
): Expression => {
  const { expression, found } = resolveWritten(authorize, policies);
  if (expression === undefined) throw new Error(found.map(({ message }) => message).join('\n'));
  return expression;
};
