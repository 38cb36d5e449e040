import type { Operand, Scalar } from '../model/policy.ts';
import type { JsonValue } from './claims.ts';
import { evaluate, noInputs, type PolicyInputs } from './evaluate.ts';
import type { Leaf } from './fold.ts';
import type { Truth } from './kleene.ts';
import type { KnownFacts } from './known-facts.ts';

/** What leaves may share: one operand, or one claim. Leaves of one subject are decided together. */
export type Subject = Exclude<Operand, { readonly kind: 'literal' }>;

/** A subject that holds any text, or any JSON. */
type ReadSubject = Exclude<Subject, { readonly kind: 'consumer' }>;

/** One way how a request may look, as far as the leaves of one subject can tell. */
export interface Case {
  readonly missing: boolean;
  readonly truths: ReadonlyMap<string, Truth>;
}

/** With more constants than this, the lists that could hold them are too many to try. */
const maximumConstants = 5;
/** Values that no document's constant equals: a control character cannot be written in a literal unescaped. */
const otherText = '\u0000 any other text';
const otherNumber = -8_675_309.25;

/** The subject of a leaf that reads nothing else; undefined for leaves that compare two subjects and the like. */
export function onlySubject(leaf: Leaf): Subject | undefined {
  if (leaf.kind === 'claim') return { kind: 'claim', claim: leaf.claim };
  if (leaf.kind === 'group') return { kind: 'consumer' };
  if (leaf.kind !== 'compare') return undefined;
  const { left, right } = leaf;
  if (left.kind === 'literal') return right.kind === 'literal' ? undefined : right;
  return right.kind === 'literal' ? left : undefined;
}

/** Every distinguishable case of a subject, or undefined when they are too many. */
export function casesOf(
  subject: Subject,
  leaves: ReadonlyMap<string, Leaf>,
  facts: KnownFacts,
): readonly Case[] | undefined {
  const candidates =
    subject.kind === 'consumer' ? consumersOf(facts) : candidatesOf(subject, [...leaves.values()], facts);
  if (candidates === undefined) return undefined;
  const distinct = new Map<string, Case>();
  for (const { missing, inputs } of candidates) {
    const truths = new Map([...leaves].map(([key, leaf]) => [key, evaluate(leaf, inputs)]));
    distinct.set(JSON.stringify([missing, ...truths.values()]), { missing, truths });
  }
  return [...distinct.values()];
}

interface Candidate {
  readonly missing: boolean;
  readonly inputs: PolicyInputs;
}
const nobody: Candidate = { missing: true, inputs: noInputs };

/** Consumers come and go, so one is among them that a rule does not know: a group that all have now is a condition. */
function consumersOf({ consumers, yields }: KnownFacts): readonly Candidate[] {
  const known = [...consumers, [otherText, { groups: [] }] as const].map(([consumer, { groups }]) => ({
    missing: false,
    inputs: { ...noInputs, consumer, groups },
  }));
  return yields.consumer === 'always' ? known : [nobody, ...known];
}

function candidatesOf(
  subject: ReadSubject,
  leaves: readonly Leaf[],
  { yields }: KnownFacts,
): readonly Candidate[] | undefined {
  const constants = [...new Set(leaves.flatMap(constantsOf))];
  if (constants.length > maximumConstants) return undefined;
  const read = candidateValues(subject, constants).map((value) => ({
    missing: value === undefined,
    inputs: inputsWith(subject, value),
  }));
  return subject.kind === 'claim' && yields.claims !== 'always' ? [nobody, ...read] : read;
}

function constantsOf(leaf: Leaf): readonly Scalar[] {
  if (leaf.kind === 'compare') {
    return [leaf.left, leaf.right].flatMap((side) => (side.kind === 'literal' ? [side.value] : []));
  }
  if (leaf.kind !== 'claim' || leaf.test.kind === 'exists') return [];
  return leaf.test.kind === 'in' ? leaf.test.values : [leaf.test.value];
}

function candidateValues(
  subject: ReadSubject,
  constants: readonly Scalar[],
): readonly (JsonValue | undefined)[] {
  if (subject.kind === 'method') return [...constants, otherText];
  if (subject.kind !== 'claim') return [undefined, ...constants, otherText];
  const scalars: JsonValue[] = [...new Set([...constants, otherText, otherNumber, true, false])];
  return [undefined, ...scalars, {}, ...subsets([...scalars, null])];
}

function subsets(values: readonly JsonValue[]): readonly JsonValue[][] {
  const sets: JsonValue[][] = [[]];
  for (const value of values) sets.push(...sets.map((set) => [...set, value]));
  return sets;
}

function inputsWith(subject: ReadSubject, value: JsonValue | undefined): PolicyInputs {
  const inputs: PolicyInputs = { ...noInputs, claims: {} };
  if (value === undefined) return inputs;
  if (subject.kind === 'claim') {
    const [first = '', ...rest] = subject.claim;
    const inner = rest.reduceRight<JsonValue>((below, step) => Object.fromEntries([[step, below]]), value);
    return { ...inputs, claims: Object.fromEntries([[first, inner]]) };
  }
  const text = String(value);
  if (subject.kind === 'method') return { ...inputs, method: text };
  const raw = encodeURIComponent(text);
  if (subject.kind === 'path') return { ...inputs, path: new Map([[subject.name, raw]]) };
  if (subject.kind === 'query') return { ...inputs, query: `${encodeURIComponent(subject.name)}=${raw}` };
  return { ...inputs, header: () => [Buffer.from(text, 'utf8').toString('latin1')] };
}
