import type { ApiDocument, SecurityScheme } from '../../../openapi/document.ts';
import { fields } from '../../../openapi/node-at.ts';
import type { Documents } from '../../../source/documents.ts';
import type { Node } from '../../../source/node.ts';

/** What API Gateway makes of a security scheme; `plain` is nothing at all. */
type SchemeKind = 'authorizer' | 'iam' | 'api-key' | 'plain';

/** A declared scheme with its object, which holds the extensions. */
export interface ExtendedScheme {
  readonly scheme: SecurityScheme;
  readonly node: Node;
  readonly kind: SchemeKind;
}

/** The schemes of a document that can be read, in its order. */
export function extendedSchemes(
  api: ApiDocument,
  root: Node,
  documents: Documents,
): ReadonlyMap<string, ExtendedScheme> {
  const declared =
    api.openapi === '2.0'
      ? root.child('securityDefinitions')
      : root.child('components')?.child('securitySchemes');
  const found = new Map<string, ExtendedScheme>();
  for (const [name, written] of fields(declared)) {
    const scheme = api.schemes.get(name);
    const node = documents.follow(written, () => undefined);
    if (scheme !== undefined && node !== undefined)
      found.set(name, { scheme, node, kind: kindOf(scheme, node) });
  }
  return found;
}

/**
 * An apiKey scheme in the header `x-api-key` without an authorizer demands a key of a usage plan (API Gateway Developer
 * Guide, "Configure a method to use API keys with an OpenAPI definition").
 */
function kindOf({ type, place }: SecurityScheme, node: Node): SchemeKind {
  if (node.child('x-amazon-apigateway-authorizer') !== undefined) return 'authorizer';
  if (String(node.child('x-amazon-apigateway-authtype')?.value).toLowerCase() === 'awssigv4') return 'iam';
  const isKey = type === 'apiKey' && place?.in === 'header' && place.name.toLowerCase() === 'x-api-key';
  return isKey ? 'api-key' : 'plain';
}
