import type { Gateway } from '../../../model/gateway.ts';

/**
 * Headers of clients that go no further (BEHAVIOUR.md M6, H3, B5, I1): method overrides and addresses that other
 * gateways would assert. Names by which functions recognise a whole family are in their code; what belongs to one
 * connection CloudFront itself removes (Developer Guide, "HTTP request headers and CloudFront behavior").
 */
const always: readonly string[] = [
  'x-http-method',
  'x-http-method-override',
  'x-method-override',
  'x-original-url',
  'x-rewrite-url',
  'proxy',
  'forwarded',
  'x-real-ip',
  'x-client-cert',
];

/** Lower case, with the headers that the gateway sets itself, but those that carry a credential. */
export function removedHeaders({ authenticators, ownedHeaders }: Gateway): readonly string[] {
  const credentials = new Set(
    authenticators.flatMap(({ from }) => from.value.map(({ name }) => name.toLowerCase())),
  );
  const owned = ownedHeaders.map((name) => name.toLowerCase()).sort();
  return [...new Set([...always, ...owned])].filter((name) => !credentials.has(name));
}
