/** A part of a text of a template: text, or a secret of Secrets Manager that CloudFormation would put in its place. */
export type Part = { readonly text: string } | SecretReference;

interface SecretReference {
  /** Name or ARN; with `${…}` where the text is one of `Fn::Sub`. */
  readonly secretId: string;
  /** Member of a secret that is JSON; else the whole secret. */
  readonly member: string | undefined;
}

/** CloudFormation User Guide, "Get values stored in other services using dynamic references". */
export function dynamicReferences(value: string): readonly Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const match of value.matchAll(/\{\{resolve:((?:\$\{[^{}]*\}|[^{}])*)\}\}/g)) {
    const [whole, content = ''] = match;
    const found = /^secretsmanager:(.+):SecretString(?::([^:]+))?$/.exec(content);
    if (found?.[1] === undefined) throw new RangeError(`Terraform has no equal of ${whole}`);
    parts.push({ text: value.slice(end, match.index) }, { secretId: found[1], member: found[2] });
    end = match.index + whole.length;
  }
  return [...parts, { text: value.slice(end) }];
}
