import type { DiagnosticKind } from '../diagnostics/diagnostic.ts';
import * as extension from '../extension/diagnostics.ts';
import * as openapi from '../openapi/diagnostics.ts';
import * as templates from '../openapi/template-diagnostics.ts';
import * as policy from '../policy/diagnostics.ts';
import * as read from '../read/diagnostics.ts';
import * as source from '../source/diagnostics.ts';
import * as aws from '../targets/aws/diagnostics.ts';
import * as targets from '../targets/diagnostics.ts';
import * as configuration from './configuration/diagnostics.ts';
import * as commands from './diagnostics.ts';
import * as init from './init/diagnostics.ts';
import * as output from './output/diagnostics.ts';
import * as resolve from './resolve/diagnostics.ts';

/** A declared kind, whatever facts its message needs. */
export type DeclaredKind = DiagnosticKind<never>;

/** Every declared kind of diagnostic, sorted by code: what `gwc explain CODE` knows. */
export const catalog: readonly DeclaredKind[] = [
  ...[source, openapi, templates, extension, policy, read],
  ...[targets, aws, commands, configuration, init, output, resolve],
]
  .flatMap((module) => Object.values(module) as unknown[])
  .filter(isKind)
  .sort((a, b) => (a.code < b.code ? -1 : 1));

function isKind(value: unknown): value is DeclaredKind {
  return (
    typeof value === 'object' && value !== null && 'code' in value && 'severity' in value && 'title' in value
  );
}
