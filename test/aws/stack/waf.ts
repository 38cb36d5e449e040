import { headerValues } from '../../support/http-message.ts';
import { isWithin, parseAddress } from './addresses.ts';
import type { WebAcl } from './deployed.ts';
import type { Answer, Exchange } from './exchange.ts';
import { isRecord, type Json, type JsonRecord, listOf, recordOf, textOf } from './json.ts';
import { fieldOf } from './waf-field.ts';

/** Requests counted by rate-based rules: times in milliseconds by rule and key. */
export type RateCounts = Map<string, number[]>;

type Verdict = { readonly kind: 'pass' } | { readonly kind: 'block'; readonly answer: Answer | undefined };

/**
 * A web ACL (AWS WAF Developer Guide, "Web ACL rule and rule group evaluation"): rules in order of priority until one
 * ends with `Allow` or `Block`; `Count` goes on; else the default action. A custom response wins over the gateway
 * response. Managed rule groups never match here: what they match is AWS's own.
 */
export function filterByWaf(acl: WebAcl, exchange: Exchange, counts: RateCounts): Verdict {
  const ordered = [...acl.rules].sort((one, other) => Number(one['Priority']) - Number(other['Priority']));
  for (const rule of ordered) {
    const name = textOf(rule['Name'], 'Name of a rule');
    if (!matches(recordOf(rule['Statement'], name), { acl, counts, exchange, rule: name })) continue;
    const action = recordOf(rule['Action'], `Action of ${name}`);
    if (isRecord(action['Block'])) return blocked(action['Block'], acl, exchange);
    if (action['Allow'] !== undefined) return { kind: 'pass' };
    if (action['Count'] === undefined) throw new Error(`${name}: no action that is known`);
  }
  const { Block } = acl.defaultAction as { Block?: JsonRecord };
  return Block === undefined ? { kind: 'pass' } : blocked(Block, acl, exchange);
}

function blocked(block: JsonRecord, { customBodies }: WebAcl, exchange: Exchange): Verdict {
  exchange.wafResponseCode = 'WAF_BLOCK';
  const custom = block['CustomResponse'];
  if (!isRecord(custom)) return { kind: 'block', answer: undefined };
  const key = custom['CustomResponseBodyKey'];
  const body = key === undefined ? {} : recordOf(customBodies[String(key)], `body ${String(key)}`);
  const headers = listOf(custom['ResponseHeaders'] ?? [], 'ResponseHeaders').map((one) => {
    const { Name, Value } = recordOf(one, 'ResponseHeaders');
    return [textOf(Name, 'Name'), textOf(Value, 'Value')] as const;
  });
  const types: Readonly<Record<string, string>> = {
    APPLICATION_JSON: 'application/json',
    TEXT_PLAIN: 'text/plain',
    TEXT_HTML: 'text/html',
  };
  const type = types[String(body['ContentType'])];
  const own = headers.some(([name]) => name.toLowerCase() === 'content-type');
  return {
    kind: 'block',
    answer: {
      status: Number(custom['ResponseCode']),
      headers: [...(type === undefined || own ? [] : [['Content-Type', type] as const]), ...headers],
      body: Buffer.from(String(body['Content'] ?? ''), 'utf8'),
    },
  };
}

interface Matching {
  readonly acl: WebAcl;
  readonly counts: RateCounts;
  readonly exchange: Exchange;
  readonly rule: string;
}

/** AWS WAF Developer Guide, "Rule statements". */
function matches(statement: JsonRecord, at: Matching): boolean {
  const [[kind, value] = ['', undefined]] = Object.entries(statement);
  const one = recordOf(value, `${at.rule}.${kind}`);
  const inner = (nested: Json | undefined): boolean => matches(recordOf(nested, kind), at);
  const several = (): readonly Json[] => listOf(one['Statements'], kind);
  switch (kind) {
    case 'ManagedRuleGroupStatement':
      return false;
    case 'AndStatement':
      return several().every(inner);
    case 'OrStatement':
      return several().some(inner);
    case 'NotStatement':
      return !inner(one['Statement']);
    case 'IPSetReferenceStatement':
      return isOf(setOf(one['Arn'], at), addressFor(one['IPSetForwardedIPConfig'], at.exchange), one);
    case 'ByteMatchStatement':
      return fieldOf(one, at.exchange).some((text) =>
        positioned(text, searched(one), String(one['PositionalConstraint'])),
      );
    case 'RegexMatchStatement':
      return fieldOf(one, at.exchange).some((text) =>
        new RegExp(textOf(one['RegexString'], kind)).test(text),
      );
    case 'RegexPatternSetReferenceStatement':
      return fieldOf(one, at.exchange).some((text) =>
        setOf(one['Arn'], at).some((pattern) => new RegExp(pattern).test(text)),
      );
    case 'SizeConstraintStatement':
      return fieldOf(one, at.exchange).some((text) => compared(Buffer.byteLength(text, 'latin1'), one));
    case 'RateBasedStatement':
      return exceeds(one, at);
    default:
      throw new Error(`${at.rule}: no statement that is known: ${kind}`);
  }
}

function setOf(arn: Json | undefined, { acl, rule }: Matching): readonly string[] {
  const set = acl.sets.get(String(arn));
  if (set === undefined) throw new Error(`${rule}: no set ${String(arn)}`);
  return set;
}

/** The connection's address, or one of a header (AWS WAF Developer Guide, "Using forwarded IP addresses"). */
function addressFor(config: Json | undefined, { request }: Exchange): string | undefined {
  if (!isRecord(config)) return request.sourceIp;
  const [value] = headerValues(request.headers, String(config['HeaderName']));
  const list = value?.split(',').map((one) => one.trim()) ?? [];
  return config['Position'] === 'LAST' ? list.at(-1) : list[0];
}

function isOf(ranges: readonly string[], text: string | undefined, one: JsonRecord): boolean {
  const address = text === undefined ? undefined : parseAddress(text);
  if (address !== undefined) return ranges.some((range) => isWithin(address, range));
  const config = one['IPSetForwardedIPConfig'];
  return text !== undefined && isRecord(config) && config['FallbackBehavior'] === 'MATCH';
}

/** `SearchString` is text in CloudFormation; `SearchStringBase64` is not. */
function searched(one: JsonRecord): string {
  const { SearchString, SearchStringBase64 } = one;
  if (SearchString !== undefined)
    return Buffer.from(textOf(SearchString, 'SearchString'), 'utf8').toString('latin1');
  return Buffer.from(textOf(SearchStringBase64, 'SearchStringBase64'), 'base64').toString('latin1');
}

function positioned(text: string, search: string, constraint: string): boolean {
  switch (constraint) {
    case 'EXACTLY':
      return text === search;
    case 'STARTS_WITH':
      return text.startsWith(search);
    case 'ENDS_WITH':
      return text.endsWith(search);
    case 'CONTAINS':
      return text.includes(search);
    default:
      throw new Error(`no position that is known: ${constraint}`);
  }
}

function compared(size: number, one: JsonRecord): boolean {
  const wanted = Number(one['Size']);
  switch (one['ComparisonOperator']) {
    case 'GT':
      return size > wanted;
    case 'GE':
      return size >= wanted;
    case 'LT':
      return size < wanted;
    case 'LE':
      return size <= wanted;
    case 'EQ':
      return size === wanted;
    default:
      return size !== wanted;
  }
}

/** Counted exactly, where AWS estimates and lags (AWS WAF Developer Guide, "Rate-based rule statement"). */
function exceeds(one: JsonRecord, at: Matching): boolean {
  const { counts, exchange, rule } = at;
  const scope = one['ScopeDownStatement'];
  if (scope !== undefined && !matches(recordOf(scope, rule), at)) return false;
  const type = String(one['AggregateKeyType'] ?? 'IP');
  const key = type === 'CONSTANT' ? '' : rateKey(type, one, exchange);
  if (key === undefined) return false;
  const seconds = Number(one['EvaluationWindowSec'] ?? 300);
  const name = `${rule} ${key}`;
  const recent = (counts.get(name) ?? []).filter((time) => time > exchange.now - seconds * 1000);
  counts.set(name, [...recent, exchange.now]);
  return recent.length >= Number(one['Limit']);
}

function rateKey(type: string, one: JsonRecord, exchange: Exchange): string | undefined {
  if (type === 'IP') return exchange.request.sourceIp;
  if (type === 'FORWARDED_IP') return addressFor(one['ForwardedIPConfig'], exchange);
  const parts = listOf(one['CustomKeys'], 'CustomKeys').map((custom) => {
    const [[kind, value] = ['', undefined]] = Object.entries(recordOf(custom, 'CustomKeys'));
    if (kind === 'IP') return exchange.request.sourceIp;
    if (kind === 'Header')
      return (
        headerValues(exchange.request.headers, String(recordOf(value, kind)['Name'])).join(',') || undefined
      );
    if (kind === 'HTTPMethod') return exchange.request.method;
    if (kind === 'UriPath') return exchange.request.path;
    throw new Error(`no key of a rate rule that is known: ${kind}`);
  });
  return parts.includes(undefined) ? undefined : parts.join(' ');
}
