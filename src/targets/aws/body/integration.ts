import type { HttpBackend } from '../../../model/backend.ts';
import type { BackendChoice } from '../../../model/gateway.ts';
import type { Segment } from '../../../model/path.ts';
import type { Placed } from '../routing/resource-tree.ts';
import type { Json } from '../template/cloudformation.ts';
import type { HeaderMappings } from './overwritten-headers.ts';

/** How the connection to a back end is made. */
export type Connection =
  | { readonly kind: 'internet' }
  | { readonly kind: 'vpc-link'; readonly id: Json; readonly loadBalancer: Json };

/**
 * `x-amazon-apigateway-integration` of an HTTP back end. API Gateway chooses the resource by its own reading of the
 * path; the address is put together from the variables of exactly that resource, so that no request reaches a back end
 * under another operation than the one that was decided on.
 */
export function httpIntegration(
  choice: BackendChoice,
  backend: HttpBackend,
  placed: Placed,
  method: string,
  timeoutMs: number,
  headers: HeaderMappings,
  connection: Connection,
): Json {
  const path = upstreamPath(choice, placed);
  const used = path.flatMap((piece) => (piece.kind === 'variable' ? [piece.name] : []));
  return {
    type: 'http_proxy',
    httpMethod: method,
    uri: `${originOf(backend)}${backend.basePath}${path.map(printPiece).join('')}`,
    passthroughBehavior: 'when_no_match',
    timeoutInMillis: timeoutMs,
    ...(connection.kind === 'internet'
      ? { connectionType: 'INTERNET' }
      : {
          connectionType: 'VPC_LINK',
          connectionId: connection.id,
          integrationTarget: connection.loadBalancer,
        }),
    requestParameters: Object.fromEntries([
      ...[...new Set(used)]
        .sort()
        .map((name) => [`integration.request.path.${name}`, `method.request.path.${name}`]),
      ...[...headers].map(([name, expression]) => [`integration.request.header.${name}`, expression]),
    ]),
    ...(backend.tls?.verify.value === false ? { tlsConfig: { insecureSkipVerification: true } } : {}),
  };
}

type UriPiece =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string };

/** What follows the back end's base path. Throws when a rewrite needs a part of a segment (refused before). */
function upstreamPath(choice: BackendChoice, placed: Placed): readonly UriPiece[] {
  const { route, variables, variableOf } = placed;
  if (choice.target.kind === 'template') {
    return choice.target.pieces.value.map((piece): UriPiece => {
      if (piece.kind === 'literal') return piece;
      const name = variableOf.get(piece.name);
      if (name === undefined) throw new RangeError(`the parameter "${piece.name}" is no variable of its own`);
      return { kind: 'variable', name };
    });
  }
  const offset = route.segments.length - variables.length;
  const below = route.segments.slice(route.baseSegments).flatMap((segment, index): readonly UriPiece[] => {
    const name = variables[index + route.baseSegments - offset];
    return [
      { kind: 'literal', text: '/' },
      name === undefined ? { kind: 'literal', text: literalText(segment) } : { kind: 'variable', name },
    ];
  });
  return below.length === 0 ? [{ kind: 'literal', text: '/' }] : below;
}

function literalText(segment: Segment): string {
  if (segment.kind === 'greedy') return '';
  return segment.pieces.map((piece) => (piece.kind === 'literal' ? piece.text : '')).join('');
}

function printPiece(piece: UriPiece): string {
  return piece.kind === 'literal' ? piece.text : `{${piece.name}}`;
}

function originOf({ nodes, scheme }: HttpBackend): string {
  const [first] = nodes;
  if (first === undefined) throw new RangeError('a back end without nodes has no address');
  const { host, port } = first.value;
  const usual = port === (scheme === 'https' ? 443 : 80);
  return `${scheme}://${host}${usual ? '' : `:${port}`}`;
}

/** Where Lambda is called by API Gateway (Developer Guide, "x-amazon-apigateway-integration object": uri). */
export function invocationUri(functionArn: string): string {
  return `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
}

/** The ARN of a function by its name; a whole ARN stays as it is. */
export function functionArn(name: string): string {
  return name.startsWith('arn:')
    ? name
    : `arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:${name}`;
}

/** A function that receives the request as an event (Lambda proxy integration); it is always called with POST. */
export function lambdaIntegration(uri: Json, timeoutMs: number): Json {
  return {
    type: 'aws_proxy',
    httpMethod: 'POST',
    uri,
    passthroughBehavior: 'when_no_match',
    timeoutInMillis: timeoutMs,
  };
}
