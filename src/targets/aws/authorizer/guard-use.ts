import { createHash } from 'node:crypto';
import type { Caching, KeyPart } from './cached-decisions.ts';

/** How an operation uses the authorizer. */
export interface GuardUse {
  /** 16 hexadecimal digits over everything that decides. */
  readonly id: string;
  /** `authorizerResultTtlInSeconds`. */
  readonly ttlSeconds: number;
  /** `identitySource`: what the key of kept decisions holds; undefined where none is kept. */
  readonly identitySource: string | undefined;
  /** A name for the security scheme; operations with equal time and sources share it. */
  readonly schemeName: string;
}

export type ApiKind = 'rest' | 'http';

/** `decisive`: everything that the guard's decisions rest on. */
export function guardUse(decisive: unknown, { keyed, ttlSeconds }: Caching, api: ApiKind): GuardUse {
  const id = createHash('sha256').update(JSON.stringify(decisive)).digest('hex').slice(0, 16);
  const identitySource = ttlSeconds === 0 ? undefined : sourcesOf(keyed, api).join(', ');
  return { id, ttlSeconds, identitySource, schemeName: schemeName(keyed, ttlSeconds) };
}

/**
 * Method and resource are always part of the key, so that no decision about one operation is used for another.
 * `context.…` may be identity sources (API Gateway Developer Guide, "x-amazon-apigateway-authorizer object" and, for HTTP
 * APIs, "Control access to HTTP APIs with AWS Lambda authorizers").
 */
function sourcesOf(keyed: readonly KeyPart[], api: ApiKind): readonly string[] {
  const operation =
    api === 'rest'
      ? ['context.httpMethod', 'context.resourcePath']
      : ['$context.httpMethod', '$context.routeKey'];
  const header = api === 'rest' ? 'method.request.header.' : '$request.header.';
  const path = api === 'rest' ? 'context.path' : '$context.path';
  const headers = keyed.flatMap((part) => (part.kind === 'header' ? [`${header}${part.name}`] : []));
  return [...headers, ...operation, ...(keyed.some(({ kind }) => kind === 'path') ? [path] : [])];
}

/** Letters, digits and hyphens; other characters of a header name by their codes, so that names stay apart. */
function schemeName(keyed: readonly KeyPart[], ttlSeconds: number): string {
  const parts = keyed.map((part) =>
    part.kind === 'path' ? 'path' : part.name.toLowerCase().replace(/[^a-z0-9]/g, codeOf),
  );
  return ['gateway', ...(ttlSeconds === 0 ? [] : [...parts, `${ttlSeconds}s`])].join('-');
}

function codeOf(character: string): string {
  return character === '-' ? '-' : `-${character.charCodeAt(0)}-`;
}
