import type { Node } from '../source/node.ts';
import type { ApiDocument } from './document.ts';

/** What a root document says about itself. */
export type Recognised =
  | { readonly kind: 'openapi'; readonly version: ApiDocument['openapi'] }
  | { readonly kind: 'unsupported'; readonly field: 'swagger' | 'openapi'; readonly value: unknown }
  | { readonly kind: 'ambiguous' }
  /** `looks` names what the document is instead, where that can be told. */
  | { readonly kind: 'other'; readonly looks: string | undefined };

const OPENAPI = /^(3\.[012])(?:\.\d+)?(?:-[\w.]+)?$/;

/** Reads `swagger` or `openapi`; a number is not a version (`2.0` without quotes is the number 2). */
export function recogniseVersion(root: Node): Recognised {
  const swagger = root.child('swagger');
  const openapi = root.child('openapi');
  if (swagger !== undefined && openapi !== undefined) return { kind: 'ambiguous' };
  if (swagger !== undefined) {
    if (swagger.value === '2.0') return { kind: 'openapi', version: '2.0' };
    return { kind: 'unsupported', field: 'swagger', value: swagger.value };
  }
  if (openapi === undefined) return { kind: 'other', looks: looksLike(root) };
  const version = typeof openapi.value === 'string' ? OPENAPI.exec(openapi.value)?.[1] : undefined;
  if (version === '3.0' || version === '3.1' || version === '3.2') {
    return { kind: 'openapi', version };
  }
  return { kind: 'unsupported', field: 'openapi', value: openapi.value };
}

const OTHERS: readonly (readonly [string, string])[] = [
  ['AWSTemplateFormatVersion', 'a CloudFormation template'],
  ['Resources', 'a CloudFormation template'],
  ['asyncapi', 'an AsyncAPI document'],
  ['arazzo', 'an Arazzo document'],
  ['overlay', 'an OpenAPI Overlay'],
  ['apiVersion', 'a Kubernetes resource'],
  ['_format_version', 'a Kong configuration'],
  ['$schema', 'a JSON Schema'],
  ['properties', 'a JSON Schema'],
];

function looksLike(root: Node): string | undefined {
  if (Array.isArray(root.value)) return 'a list';
  if (typeof root.value !== 'object') return `the ${typeof root.value} ${JSON.stringify(root.value)}`;
  if (root.value === null) return 'empty';
  return OTHERS.find(([field]) => root.child(field) !== undefined)?.[1];
}
