import { backendUrl } from '../../../extension/values/url.ts';
import type { Node } from '../../../source/node.ts';
import { commentText } from '../yaml-text.ts';
import { type Findings, flagOf, isUsable, textOf } from './findings.ts';
import {
  FUNCTION_ARN,
  functionOf,
  httpAddress,
  serviceOf,
  type WrittenText,
  writtenText,
} from './read-uri.ts';

/** A back end as one operation names it; operations with the same key have one back end. */
export interface BackendSeed {
  readonly key: string;
  /** What a name is made of. */
  readonly words: string;
  readonly field: 'url' | 'lambda';
  /** Undefined where it must be filled in: then `hint` says what is known. */
  readonly value: string | undefined;
  readonly hint: string;
  /** The VPC link that leads to it. */
  readonly link: string | undefined;
  readonly loadBalancer: string | undefined;
  readonly serverName: string | undefined;
}

/** An HTTP back end that is told the whole address. */
interface HttpUpstream {
  readonly kind: 'http';
  readonly backend: BackendSeed;
  /** As written, '' where there is none; undefined where the address could not be read. */
  readonly path: string | undefined;
  readonly query: string | undefined;
  readonly at: Node;
}

/** Where an integration sends requests. */
export type Upstream =
  | HttpUpstream
  /** The path is forwarded as it is: a function, or an HTTP API with a listener behind a VPC link. */
  | { readonly kind: 'as-is'; readonly backend: BackendSeed }
  | { readonly kind: 'mock' }
  /** Nothing that gwc has: a person names a back end. */
  | { readonly kind: 'none'; readonly hint: string };

/** Reads `type`, `uri` and how the back end is reached. */
export function readUpstream(integration: Node, findings: Findings): Upstream {
  const typeNode = integration.child('type');
  const type = textOf(typeNode, 'the type of an integration', findings)?.toLowerCase();
  const address = integration.child('uri');
  const written = writtenText(address);
  switch (type) {
    case 'mock':
      return { kind: 'mock' };
    case 'http':
    case 'http_proxy':
      return httpUpstream(integration, address ?? integration, written, findings);
    case 'aws_proxy':
      return integration.child('integrationSubtype') === undefined
        ? lambdaUpstream(written, addressHint(written))
        : serviceUpstream(integration, written, findings);
    case 'aws':
      return serviceUpstream(integration, written, findings);
    default:
      if (typeNode === undefined) findings.misread(integration, 'an integration with a type');
      else if (type !== undefined) findings.misread(typeNode, 'http, http_proxy, aws, aws_proxy or mock');
      return { kind: 'none', hint: 'the document does not say what answers it' };
  }
}

function httpUpstream(
  integration: Node,
  at: Node,
  written: WrittenText | undefined,
  findings: Findings,
): Upstream {
  const reach = reachOf(integration, findings);
  const address = written === undefined ? undefined : httpAddress(written.text);
  if (written !== undefined && address === undefined && /^arn:/.test(written.text)) {
    const seed = { key: written.text, words: 'private', field: 'url', value: undefined } as const;
    return {
      kind: 'as-is',
      backend: {
        ...seed,
        ...reach,
        hint: `${addressHint(written)}; its name and port, as the gateway reaches it`,
      },
    };
  }
  if (written === undefined || address === undefined) {
    if (written?.isOpen !== true) findings.misread(at, 'an http or https address');
    const hint = addressHint(written);
    const seed = { key: hint, words: wordsOf(written?.text ?? ''), field: 'url', value: undefined } as const;
    return { kind: 'http', backend: { ...seed, ...reach, hint }, path: undefined, query: undefined, at };
  }
  const { origin, path, query, scheme } = address;
  const usable = isUsable(backendUrl, origin, at.at);
  const seed = { key: `${origin}\n${reach.link ?? ''}`, words: wordsOf(origin), field: 'url' } as const;
  const backend = {
    ...seed,
    ...reach,
    serverName: scheme === 'https' ? reach.serverName : undefined,
    value: usable ? origin : undefined,
    hint: `the document has ${commentText(origin)}, which ${origin.includes('${') ? 'is set by the stage' : 'gwc cannot take as it is'}`,
  };
  return { kind: 'http', backend, path, query, at };
}

type Reach = Pick<BackendSeed, 'link' | 'loadBalancer' | 'serverName'>;

/** Connection and TLS of a back end. A check that API Gateway leaves out is never left out silently here. */
function reachOf(integration: Node, findings: Findings): Reach {
  const connection = textOf(
    integration.child('connectionType'),
    'a connection type',
    findings,
  )?.toUpperCase();
  const id = writtenText(integration.child('connectionId'))?.text;
  const tls = integration.child('tlsConfig');
  const skip = tls?.child('insecureSkipVerification');
  if (skip !== undefined && flagOf(skip, 'insecureSkipVerification', findings) === true) {
    findings.lose(
      skip,
      'API Gateway does not check the certificate of this back end (insecureSkipVerification); gwc does, so a certificate that no known authority signed fails: name its authority in backends.NAME.tls.ca',
    );
  }
  return {
    link: connection === 'VPC_LINK' ? (id ?? '') : undefined,
    loadBalancer: writtenText(integration.child('integrationTarget'))?.text,
    serverName: textOf(tls?.child('serverNameToVerify'), 'a name to verify', findings),
  };
}

function lambdaUpstream(written: WrittenText | undefined, hint: string): Upstream {
  const name = written === undefined ? undefined : functionOf(written.text);
  const value = name !== undefined && FUNCTION_ARN.test(name) ? name : undefined;
  const key = name ?? hint;
  const reach = { link: undefined, loadBalancer: undefined, serverName: undefined };
  const backend = {
    key,
    words: functionWords(key),
    field: 'lambda',
    value,
    hint: `the ARN of the function; ${hint}`,
    ...reach,
  } as const;
  return { kind: 'as-is', backend };
}

function serviceUpstream(integration: Node, written: WrittenText | undefined, findings: Findings): Upstream {
  const subtype = textOf(integration.child('integrationSubtype'), 'a subtype', findings);
  const name = written === undefined ? undefined : functionOf(written.text);
  const what =
    subtype ?? (written === undefined ? 'a service of AWS' : (serviceOf(written.text) ?? written.text));
  return {
    kind: 'none',
    hint:
      name === undefined || subtype !== undefined
        ? `it called ${commentText(what)} directly, which gwc has not: the name of a back end that does it`
        : `it called the function ${commentText(name)} through mapping templates, which gwc has not: the name of a back end that takes proxy events`,
  };
}

function addressHint(written: WrittenText | undefined): string {
  return written === undefined
    ? 'the document has no address'
    : `the document has ${commentText(written.text)}`;
}

/** `https://orders.internal:8080` → `orders`; what a variable is called, where the host is one. */
function wordsOf(origin: string): string {
  const host = origin.replace(/^https?:\/\//, '');
  const variable = /\$\{(?:stageVariables\.)?([^}]*)\}/.exec(host)?.[1];
  if (variable !== undefined) return variable;
  return /^[0-9.[]/.test(host) ? 'backend' : (host.split(/[.:/]/)[0] ?? '');
}

/** The name of the function in its ARN, of whatever kind the ARN is. */
function functionWords(name: string): string {
  const plain = name.replace(/\$\{(?:stageVariables\.)?([^}.]*)(?:\.Arn)?\}/g, '$1');
  return (
    plain
      .replace(/:(?:\$LATEST|live|prod|[0-9]+)$/, '')
      .split(':')
      .at(-1) ?? 'function'
  );
}
