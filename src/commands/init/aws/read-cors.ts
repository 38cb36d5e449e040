import { duration } from '../../../extension/values/quantity.ts';
import type { Node } from '../../../source/node.ts';
import { type Entry, field, unknown } from '../draft-entry.ts';
import { commentText } from '../yaml-text.ts';
import { constantOf, type Findings, flagOf, isUsable, textOf, textsOf } from './findings.ts';
import type { Integration } from './read-integration.ts';
import { type IntegrationResponse, responseFor } from './read-responses.ts';

/** What a preflight mock, or the `cors` of an HTTP API, says; undefined is not said or not constant. */
interface CorsRules {
  readonly origins: readonly string[] | undefined;
  /** What is known where the origins are not. */
  readonly hint: string;
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly expose: readonly string[];
  readonly credentials: boolean;
  readonly maxAge: string | undefined;
}

const PREFIX = 'access-control-allow-';

/**
 * The preflight mock of an OPTIONS operation, which is how REST APIs do CORS (API Gateway Developer Guide, "CORS for
 * REST APIs in API Gateway"); undefined where the operation is something else.
 */
export function preflightOf(method: string, integration: Integration): IntegrationResponse | undefined {
  if (method !== 'OPTIONS' || integration.upstream.kind !== 'mock') return undefined;
  const answers = [responseFor(200, integration.responses), responseFor(204, integration.responses)];
  return answers.find((answer) =>
    [...(answer?.headers.keys() ?? [])].some((name) => name.startsWith(PREFIX)),
  );
}

/** The fields of `cors`; `declared` are the methods of the path, undefined where they are not known. */
export function preflightCors(
  answer: IntegrationResponse,
  declared: readonly string[] | undefined,
  findings: Findings,
): readonly Entry[] {
  const constant = (name: string): string | undefined => {
    const found = answer.headers.get(name);
    return found === undefined ? undefined : constantOf(found.text);
  };
  const listed = (name: string): readonly string[] => listOf(constant(name));
  const origin = answer.headers.get(`${PREFIX}origin`);
  const value = constant(`${PREFIX}origin`);
  const age = constant('access-control-max-age');
  for (const [name, found] of answer.headers) {
    if (constantOf(found.text) === undefined && name !== `${PREFIX}origin`) {
      findings.note(
        found.at,
        `The header ${commentText(name)} of a preflight answer is computed, which has no equivalent.`,
      );
    } else if (!name.startsWith('access-control-')) {
      findings.note(found.at, `The header ${commentText(name)} of a preflight answer is not carried over.`);
    }
  }
  const isOne = value !== undefined && !/[\s,]/.test(value);
  return corsFields(
    {
      origins: isOne ? [value] : undefined,
      hint:
        origin === undefined
          ? 'the preflight answer names none'
          : `the preflight answer has ${commentText(origin.text)}`,
      methods: listed(`${PREFIX}methods`),
      headers: listed(`${PREFIX}headers`),
      expose: listed('access-control-expose-headers'),
      credentials: constant(`${PREFIX}credentials`) === 'true',
      maxAge: age === undefined ? undefined : `${age}s`,
    },
    declared,
    answer.at,
    findings,
  );
}

/** Reads `x-amazon-apigateway-cors` of an HTTP API. */
export function httpApiCors(node: Node, findings: Findings): readonly Entry[] {
  const list = (name: string) => textsOf(node.child(name), `a list of ${name}`, findings);
  const origins = list('allowOrigins');
  const age = textOf(node.child('maxAge'), 'a number of seconds', findings);
  const open = origins.filter((one) => one.slice(1).includes('*'));
  return corsFields(
    {
      origins: origins.length === 0 || open.length > 0 ? undefined : origins,
      hint:
        open.length === 0
          ? 'the document names none'
          : `gwc has no patterns such as ${commentText(open[0] ?? '')}`,
      methods: list('allowMethods').map((method) => method.toUpperCase()),
      headers: list('allowHeaders'),
      expose: list('exposeHeaders'),
      credentials: flagOf(node.child('allowCredentials'), 'allowCredentials', findings) === true,
      maxAge: age === undefined ? undefined : `${age}s`,
    },
    undefined,
    node,
    findings,
  );
}

/** Any origin together with credentials would open the API to every page of a signed-in person (Fetch, "CORS protocol and credentials"). */
function corsFields(
  rules: CorsRules,
  declared: readonly string[] | undefined,
  at: Node,
  findings: Findings,
): readonly Entry[] {
  const { credentials } = rules;
  const any = credentials && rules.origins?.includes('*') === true;
  const origins = any ? undefined : rules.origins?.filter((one) => isOrigin(one));
  const hint = any
    ? 'any origin with credentials is never right; name them'
    : `for example ['https://app.example.com']; ${rules.hint}`;
  const methods = allowedMethods(rules.methods);
  const covers = rules.methods.includes('*') || declared?.every((one) => methods.includes(one)) === true;
  const headers = rules.headers.filter(isHeader);
  const expose = rules.expose.filter(isHeader);
  if (headers.length + expose.length < rules.headers.length + rules.expose.length) {
    findings.note(at, 'Names in lists of CORS headers that cannot be headers are left out.');
  }
  const age =
    rules.maxAge !== undefined && isUsable(duration({ min: '0s', max: '1d' }), rules.maxAge, at.at)
      ? rules.maxAge
      : undefined;
  if (rules.maxAge !== undefined && age === undefined)
    findings.note(
      at,
      'A time for which browsers keep preflight answers is left out: it is no number of seconds up to a day.',
    );
  return [
    origins === undefined || origins.length === 0 || origins.length < (rules.origins?.length ?? 0)
      ? unknown('origins', hint)
      : field('origins', origins),
    ...(covers ? [] : [field('methods', methods)]),
    ...(headers.length === 0 ? [] : [field('headers', headers)]),
    ...(expose.length === 0 ? [] : [field('expose', expose)]),
    ...(credentials ? [field('credentials', true)] : []),
    ...(age === undefined ? [] : [field('maxAge', age)]),
  ];
}

/** Without a list a page may use the methods that need no preflight (Fetch, "CORS-safelisted method"). */
function allowedMethods(listed: readonly string[]): readonly string[] {
  if (listed.length === 0) return ['GET', 'HEAD', 'POST'];
  return listed
    .map((one) => one.toUpperCase())
    .filter((one) => one !== 'OPTIONS' && /^[A-Z-]{1,20}$/.test(one));
}

function listOf(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

function isOrigin(text: string): boolean {
  return text === '*' || /^https?:\/\/[a-z0-9.-]{1,253}(?::[0-9]{1,5})?$/.test(text);
}

function isHeader(text: string): boolean {
  return text === '*' || /^[A-Za-z0-9-]{1,128}$/.test(text);
}
