import type { BuildOptions } from 'esbuild';

/** One text of a module below templates/aws/authorizer, or of a text of several lines that imports such modules. */
export function bundled(source: string, options: BuildOptions): string;

/** The text of src/generated/authorizer.js. */
export function authorizerModule(): string;
