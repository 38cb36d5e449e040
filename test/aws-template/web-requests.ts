/** A request as AWS WAF sees it. */
export interface WebRequest {
  readonly path: string;
  readonly method?: string;
  readonly host?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: number;
  readonly country?: string;
  /** Ids of the IP sets that hold the address of the client. */
  readonly sets?: readonly string[];
}

type Json = { readonly [name: string]: unknown };

/**
 * Whether a statement matches, after the AWS WAF Developer Guide, "Rule statements". Groups of rules match nothing by
 * themselves: a test looks at their scope.
 */
export function matches(statement: unknown, request: WebRequest): boolean {
  const [entry] = Object.entries(statement as Json);
  if (entry === undefined) throw new Error('an empty statement');
  const [kind, facts] = entry as [string, Json];
  const parts = (facts['Statements'] ?? []) as readonly unknown[];
  if (kind === 'AndStatement') return parts.every((one) => matches(one, request));
  if (kind === 'OrStatement') return parts.some((one) => matches(one, request));
  if (kind === 'NotStatement') return !matches(facts['Statement'], request);
  if (kind === 'GeoMatchStatement')
    return (facts['CountryCodes'] as readonly string[]).includes(request.country ?? '');
  if (kind === 'IPSetReferenceStatement') {
    const { 'Fn::GetAtt': [id] = [] } = facts['Arn'] as { 'Fn::GetAtt'?: readonly string[] };
    return (request.sets ?? []).includes(id ?? '');
  }
  if (kind === 'RateBasedStatement') return matches(facts['ScopeDownStatement'], request);
  return values(facts, request).some((value) => compares(kind, facts, value));
}

function values(facts: Json, request: WebRequest): readonly (string | number)[] {
  const [field, detail] = Object.entries(facts['FieldToMatch'] as Json)[0] as [string, Json];
  const headers: Readonly<Record<string, string>> = { host: request.host ?? 'a.test', ...request.headers };
  const lower = JSON.stringify(facts['TextTransformations']).includes('LOWERCASE');
  const found = (): readonly (string | number)[] => {
    if (field === 'UriPath') return [request.path];
    if (field === 'Method') return [request.method ?? 'GET'];
    if (field === 'Body') return [request.body ?? 0];
    if (field === 'Headers') return Object.keys(headers);
    return Object.entries(headers).flatMap(([name, value]) =>
      name.toLowerCase() === detail['Name'] ? [value] : [],
    );
  };
  return found().map((value) => (lower && typeof value === 'string' ? value.toLowerCase() : value));
}

function compares(kind: string, facts: Json, value: string | number): boolean {
  if (kind === 'RegexMatchStatement') return new RegExp(String(facts['RegexString'])).test(String(value));
  if (kind === 'SizeConstraintStatement') {
    const size = typeof value === 'number' ? value : value.length;
    return facts['ComparisonOperator'] === 'GT'
      ? size > Number(facts['Size'])
      : size >= Number(facts['Size']);
  }
  if (kind !== 'ByteMatchStatement') throw new Error(`no such statement: ${kind}`);
  const text = String(facts['SearchString']);
  return facts['PositionalConstraint'] === 'EXACTLY' ? value === text : String(value).startsWith(text);
}
