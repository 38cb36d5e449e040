import type { Report } from '../diagnostics/diagnostic.ts';
import type { Node } from '../source/node.ts';
import { type ConfigurationBlock, configuration } from './blocks/configuration.ts';
import { defaults, type FacetsBlock, facets } from './blocks/facets.ts';
import { type RootBlock, root } from './blocks/root.ts';

export type { AuthenticatorBlock } from './blocks/authenticator.ts';
export { hasClaims, kindOfAuthenticator } from './blocks/authenticator-rules.ts';
export type { BackendBlock } from './blocks/backend.ts';
export type { ConfigurationBlock } from './blocks/configuration.ts';
export type { ExpressionBlock } from './blocks/expression.ts';
export type { FacetsBlock } from './blocks/facets.ts';
export type { RootBlock } from './blocks/root.ts';
export { readEnvironment, readPlace, substituteEnvironment } from './environment.ts';
export { type FieldReference, fieldReference } from './reference/field-reference.ts';
export { languageReference } from './reference/page.ts';
export { configurationSchema, facetsSchema, rootSchema } from './schema.ts';

/** Where facets stand; waivers for a target exist below the root only. */
export type Level = 'defaults' | 'path' | 'operation';

/** Reads the root block. Undefined after at least one error was reported; nothing is filled in. */
export function readRoot(node: Node, report: Report): RootBlock | undefined {
  return root.read(node, report);
}

/** Reads the facets of one level. Undefined after at least one error was reported; nothing is filled in. */
export function readFacets(node: Node, level: Level, report: Report): FacetsBlock | undefined {
  return level === 'defaults' ? defaults.read(node, report) : facets.read(node, report);
}

/** Reads the whole `gwc.config.yaml`; shared blocks are left as they are written. */
export function readConfiguration(node: Node, report: Report): ConfigurationBlock | undefined {
  return configuration.read(node, report);
}
