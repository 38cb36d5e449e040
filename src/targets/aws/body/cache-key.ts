import type { Gateway } from '../../../model/gateway.ts';
import type { BodyOperation } from './body-plan.ts';

/**
 * What tells cached answers of one method apart (Developer Guide, "Enable API caching": parameters that are no keys
 * share an answer): every variable of the path, what the document names, and the credential where each identity has its
 * own answers: two tokens of one subject have two, which is more than is asked.
 */
export function cacheKeyParameters(
  { parts, placed, operation }: BodyOperation,
  gateway: Gateway,
): readonly string[] {
  const { cache } = parts;
  if (cache === undefined) return [];
  const variables = placed.variables.flatMap((name) =>
    name === undefined ? [] : [`method.request.path.${name}`],
  );
  const named = cache.key.map(({ kind, name }) =>
    kind === 'query' ? `method.request.querystring.${name}` : `method.request.header.${name}`,
  );
  const credential =
    cache.per === 'subject' ? credentialHeader(operation.features.authentication.value, gateway) : undefined;
  return [
    ...new Set([
      ...variables,
      ...named,
      ...(credential === undefined ? [] : [`method.request.header.${credential}`]),
    ]),
  ];
}

/** The one header that carries the credential; undefined where there may be several, or another place. */
export function credentialHeader(
  authentication: BodyOperation['operation']['features']['authentication']['value'],
  { authenticators }: Gateway,
): string | undefined {
  if (authentication.kind !== 'required') return undefined;
  const names = new Set(authentication.anyOf.flat().map(({ authenticator }) => authenticator));
  const places = authenticators.filter(({ name }) => names.has(name)).flatMap(({ from }) => from.value);
  const [first, ...more] = places;
  return first?.kind === 'header' && more.length === 0 && names.size === 1 ? first.name : undefined;
}
