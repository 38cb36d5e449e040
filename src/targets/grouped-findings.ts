import { type Diagnostic, diagnostic, related } from '../diagnostics/diagnostic.ts';
import type { Origin } from '../model/origin.ts';
import { approximate, remarked } from './diagnostics.ts';
import type { Feature } from './target.ts';

/** Findings that many operations share for one reason: one finding for each reason, at the first place. */
export interface GroupedFindings {
  /** `ofGateway`: the feature is one of the gateway as a whole. */
  readonly remark: (feature: Feature, remark: string, at: Origin | undefined, ofGateway: boolean) => void;
  readonly approximate: (
    feature: Feature,
    subject: string,
    difference: string,
    at: Origin | undefined,
  ) => void;
  readonly findings: () => readonly Diagnostic[];
}

interface Group {
  readonly kind: 'remark' | 'approximate';
  readonly feature: Feature;
  readonly subject: string;
  readonly why: string;
  readonly places: (Origin | undefined)[];
}

/** Other places that a finding shows; a reader knows the cause by then. */
const shownPlaces = 4;

export function groupedFindings({
  name,
  title,
}: {
  readonly name: string;
  readonly title: string;
}): GroupedFindings {
  const groups = new Map<string, Group>();
  const add = (
    kind: Group['kind'],
    feature: Feature,
    subject: string,
    why: string,
    at: Origin | undefined,
  ) => {
    const key = `${kind} ${feature} ${why}`;
    const group = groups.get(key) ?? { kind, feature, subject, why, places: [] };
    group.places.push(at);
    groups.set(key, group);
  };
  return {
    remark: (feature, remark, at, ofGateway) =>
      add('remark', feature, ofGateway ? 'the gateway' : '', remark, at),
    approximate: (feature, subject, difference, at) => add('approximate', feature, subject, difference, at),
    findings: () =>
      [...groups.values()].map(({ kind, feature, subject, why, places }) => {
        const [at, ...others] = places;
        const options = { target: name };
        if (kind === 'remark')
          return diagnostic(
            remarked,
            at,
            { title, feature, subject: subjectOf(subject, places.length), remark: why },
            options,
          );
        const facts = { title, feature, subject, difference: why, target: name, others: others.length };
        const also = otherPlaces(at, others).map((one) => related('The same holds here.', one));
        return diagnostic(approximate, at, facts, { ...options, related: also });
      }),
  };
}

function subjectOf(subject: string, count: number): string {
  if (subject !== '') return subject;
  return count === 1 ? 'one operation' : `${count} operations`;
}

/** A default stands in one place and concerns many operations. */
function otherPlaces(first: Origin | undefined, places: readonly (Origin | undefined)[]): readonly Origin[] {
  const key = ({ file, pointer }: Origin): string => `${file} ${pointer}`;
  const shown = new Map<string, Origin>();
  for (const one of places) {
    if (one !== undefined && (first === undefined || key(one) !== key(first))) shown.set(key(one), one);
  }
  return [...shown.values()].slice(0, shownPlaces);
}
