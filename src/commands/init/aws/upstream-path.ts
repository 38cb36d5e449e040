import { rewrite } from '../../../extension/values/rewrite.ts';
import { commentText } from '../yaml-text.ts';
import { isUsable } from './findings.ts';
import type { MappedRequest } from './read-request-parameters.ts';
import type { Upstream } from './upstream.ts';

/** One operation with where its integration sends it. */
export interface Placed {
  /** The key under `paths`. */
  readonly template: string;
  readonly upstream: Upstream;
  readonly request: MappedRequest;
}

/** The path that a back end receives, in names of the operation's parameters. */
export type UpstreamPath =
  | { readonly kind: 'same' }
  | { readonly kind: 'known'; readonly text: string }
  | { readonly kind: 'unknown'; readonly hint: string };

/** `/a/{proxy+}` is `/a/{proxy}` to a rewrite. */
export function plainTemplate(template: string): string {
  return template.replace(/\+\}/g, '}');
}

export function upstreamPath({ template, upstream, request }: Placed): UpstreamPath {
  if (request.overwrittenPath !== undefined) return overwritten(request.overwrittenPath, template);
  if (upstream.kind !== 'http') return { kind: 'same' };
  const { path } = upstream;
  if (path === undefined) return { kind: 'unknown', hint: 'the path behind the address of the back end' };
  const named = plainTemplate(path).replace(/\{([^{}]*)\}/g, (variable, name: string) => {
    const mapped = request.path.has(name) ? request.path.get(name) : name;
    return mapped === undefined ? '${}' : variable.replace(name, mapped);
  });
  return known(named === '' ? '/' : named, path, template);
}

/** `overwrite:path` of an HTTP API: constants and `$request.path…`. */
function overwritten(written: string, template: string): UpstreamPath {
  if (/^\$(?:request\.path|\{request\.path\})$/.test(written)) return { kind: 'same' };
  const text = written
    .replace(
      /\$(?:\{request\.path\.([A-Za-z0-9._-]+)\}|request\.path\.([A-Za-z0-9_-]+))/g,
      (_, one?: string, two?: string) => `{${one ?? two ?? ''}}`,
    )
    .replace(/\$(?:\{request\.path\}|request\.path(?![.\w]))/g, plainTemplate(template));
  return known(text, written, template);
}

/** Checks that a path can be a rewrite, and that the operation has all of its parameters. */
function known(text: string, written: string, template: string): UpstreamPath {
  const own = new Set([...plainTemplate(template).matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name));
  const used = [...text.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name);
  const usable = !text.includes('$') && used.every((name) => own.has(name));
  if (usable && isUsable(rewrite, text, { file: '', pointer: '' })) return { kind: 'known', text };
  return {
    kind: 'unknown',
    hint: `the path for the back end, with {parameters}; the document has ${commentText(written)}`,
  };
}
