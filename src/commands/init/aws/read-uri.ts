import { isRecord } from '../../../openapi/node-at.ts';
import type { Node } from '../../../source/node.ts';

/** A text of the document that names something outside: as written, with what is not known yet still in it. */
export interface WrittenText {
  readonly text: string;
  /** It holds `${…}`: a stage variable, a variable of a template, or a function of CloudFormation. */
  readonly isOpen: boolean;
}

/** A string, or the `Fn::Sub` around one; undefined for every other function and every other type. */
export function writtenText(node: Node | undefined): WrittenText | undefined {
  const substituted = isRecord(node?.value) ? node?.child('Fn::Sub') : undefined;
  const inner = Array.isArray(substituted?.value) ? substituted?.child(0)?.value : substituted?.value;
  const value = node?.value;
  const text = typeof value === 'string' ? value : typeof inner === 'string' ? inner : undefined;
  return text === undefined ? undefined : { text, isOpen: text.includes('${') };
}

/** The address of an HTTP integration, taken apart as written. */
export interface HttpAddress {
  readonly scheme: 'http' | 'https';
  /** Scheme and authority, in lower case unless something in it is open. */
  readonly origin: string;
  /** Without a final slash of its own: '' where the address has no path. */
  readonly path: string;
  readonly query: string | undefined;
}

export function httpAddress(text: string): HttpAddress | undefined {
  const [, scheme, authority, path, query] =
    /^(https?):\/\/([^/?#\s]+)([^?#\s]*)(?:\?([^#\s]*))?$/i.exec(text) ?? [];
  if (scheme === undefined || authority === undefined) return undefined;
  const lower = scheme.toLowerCase() === 'https' ? 'https' : 'http';
  const host = authority.includes('${') ? authority : authority.toLowerCase();
  return { scheme: lower, origin: `${lower}://${host}`, path: path ?? '', query };
}

const INVOCATION =
  /^arn:.*?:lambda:path\/\d{4}-\d{2}-\d{2}\/functions\/(.+)\/(?:invocations|response-streaming-invocations)$/s;

/** The ARN of the function that an invocation address, or the bare ARN of HTTP APIs, names. */
export function functionOf(text: string): string | undefined {
  return INVOCATION.exec(text)?.[1] ?? (/^arn:.+?:lambda:.+$/s.test(text) ? text : undefined);
}

/** AWS Lambda API Reference, "Invoke": a function's ARN, with a version or an alias. */
export const FUNCTION_ARN =
  /^arn:aws[a-z-]{0,16}:lambda:[a-z0-9-]{1,32}:[0-9]{12}:function:[A-Za-z0-9-_]{1,64}(?::(?:\$LATEST|[A-Za-z0-9-_]{1,128}))?$/;

/** Service and action of an integration with a service of AWS: `dynamodb:action/GetItem`. */
export function serviceOf(text: string): string | undefined {
  return /^arn:.*?:([a-z0-9.-]+:(?:action|path)\/.*)$/s.exec(text)?.[1];
}
