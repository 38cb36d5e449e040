/** What a checker says about a template. */
export interface Finding {
  /** `F3003`, `CT.LAMBDA.PR.3`, or `spec` for the published specification of resources. */
  readonly rule: string;
  /** Logical id, or empty for the template as a whole. */
  readonly resource: string;
  readonly message: string;
}

/** A finding that stays, and why. */
export interface Accepted {
  readonly rule: string;
  /** Matched against the logical id; every resource by default. */
  readonly resource?: RegExp;
  readonly reason: string;
}

export const isAccepted = (finding: Finding, accepted: readonly Accepted[]): boolean =>
  accepted.some(({ resource = /^/, rule }) => rule === finding.rule && resource.test(finding.resource));
