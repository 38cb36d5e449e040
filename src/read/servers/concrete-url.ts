import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import type { Sourced } from '../../model/origin.ts';
import type { Server } from '../../openapi/document.ts';
import { serverInvalid, serverNotConcrete } from '../diagnostics.ts';
import { basePath } from '../path/base-path.ts';
import { type AbsoluteUrl, parseAbsoluteUrl } from './absolute-url.ts';

/** A server URL that says everything, and whether `--server` was needed for it. */
export interface ConcreteUrl {
  readonly url: AbsoluteUrl;
  readonly overridden: boolean;
}

/**
 * Makes a server concrete: with the values that the environment gives to variables, and with defaults of variables in
 * the path only, because a host is never guessed. Where scheme, host or port are still missing or variable, those of
 * `override` (`--server`) are taken; its path is used when the server has none.
 */
export function concreteUrl(
  server: Server,
  override: AbsoluteUrl | undefined,
  values: ServerValues,
  report: Report,
): ConcreteUrl | undefined {
  const invalid = (problem: string): undefined => {
    report(diagnostic(serverInvalid, server.at, { url: server.url, problem }));
    return undefined;
  };
  const split = splitServer(withValues(server, values));
  const path = substitute(split.path, server.variables);
  if (!path.ok) return invalid(path.problem);
  if (split.missing === undefined) {
    const parsed = parseAbsoluteUrl(`${split.origin}${path.text}`);
    return parsed.ok ? { url: parsed.url, overridden: false } : invalid(parsed.problem);
  }
  if (override === undefined) {
    report(diagnostic(serverNotConcrete, server.at, { url: server.url, why: split.missing }));
    return undefined;
  }
  const base = basePath(
    path.text === '' || path.text.startsWith('/') ? path.text : `/${path.text.replace(/^\.\//, '')}`,
  );
  if (!base.ok) return invalid(`its path holds ${base.problem}`);
  if (base.text === '') return { url: override, overridden: true };
  if (override.path.text !== '') {
    return invalid(`it has the path "${base.text}" and --server has the path "${override.path.text}"`);
  }
  return { url: { ...override, path: base }, overridden: true };
}

/** Values of server variables by name, from the environment. */
export type ServerValues = ReadonlyMap<string, Sourced<string>>;

function withValues({ url, variables }: Server, values: ServerValues): string {
  return url.replace(/\{([^{}]*)\}/g, (written, name: string) =>
    variables.has(name) ? (values.get(name)?.value ?? written) : written,
  );
}

interface ServerParts {
  readonly origin: string;
  readonly path: string;
  /** Why the origin names no host. */
  readonly missing: string | undefined;
}

function splitServer(url: string): ServerParts {
  const leading = /^(\{[^{}]*\})[^/]*(\/.*)?$/s.exec(url);
  if (leading !== null && !url.includes('://')) {
    return { origin: '', path: leading[2] ?? '', missing: `its part "${leading[1] ?? ''}" is variable` };
  }
  const [, scheme, host = '', path = ''] = /^([^/?#]*:)?\/\/([^/?#]*)(.*)$/s.exec(url) ?? [];
  if (scheme === undefined) {
    const relative = url.startsWith('//') ? path : url;
    return { origin: '', path: relative, missing: 'it is relative' };
  }
  const variable = /\{[^{}]*\}/.exec(`${scheme}${host}`)?.[0];
  const missing = variable === undefined ? undefined : `its part "${variable}" is variable`;
  return { origin: `${scheme}//${host}`, path, missing };
}

type Substituted =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: string };

function substitute(path: string, variables: ReadonlyMap<string, string>): Substituted {
  const unknown = [...path.matchAll(/\{([^{}]*)\}/g)].find(([, name = '']) => !variables.has(name));
  if (unknown !== undefined) return { ok: false, problem: `the variable "${unknown[0]}" has no default` };
  return { ok: true, text: path.replace(/\{([^{}]*)\}/g, (_, name: string) => variables.get(name) ?? '') };
}
