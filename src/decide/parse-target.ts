import type { PathCharacter } from '../model/path.ts';
import { hasTargetBytes, judgePath, splitTarget } from './path-profile.ts';

/** An origin-form request target whose path is canonical, or would be if an operation allowed some characters. */
export interface Target {
  /** As forwarded and matched: origin-form, byte for byte. */
  readonly text: string;
  readonly path: string;
  /** Without its question mark; undefined when there is none. */
  readonly query: string | undefined;
  /** What the operation must allow in its parameters. */
  readonly characters: readonly PathCharacter[];
  /** Absolute-form, which a server may refuse even for its own authority. */
  readonly absolute: boolean;
}

export type ParsedTarget =
  | { readonly ok: true; readonly target: Target }
  | { readonly ok: false /** A clause about the target. */; readonly reason: string };

/**
 * Reads a request target under the path profile (BEHAVIOUR.md P1-P18): origin-form, or absolute-form whose authority
 * is that of the Host field.
 */
export function parseTarget(raw: string, authority: string): ParsedTarget {
  const absolute = /^https?:\/\/([^/?#]*)(\/.*)?$/is.exec(raw);
  const text = absolute === null ? raw : (absolute[2] ?? '');
  if (absolute !== null && hostOf(absolute[1] ?? '') !== hostOf(authority)) {
    return { ok: false, reason: 'it names another host than the Host field' };
  }
  if (!text.startsWith('/')) return { ok: false, reason: 'it does not begin with a slash' };
  if (!hasTargetBytes(text)) return { ok: false, reason: 'it has a character that must be percent-encoded' };
  const { path, query } = splitTarget(text);
  const verdict = judgePath(path);
  if (verdict.kind === 'refused') return { ok: false, reason: verdict.reason };
  const characters = verdict.kind === 'relaxable' ? verdict.characters : [];
  return { ok: true, target: { text, path, query, characters, absolute: absolute !== null } };
}

/** Hosts are compared as routing does: without case, trailing dot and port (BEHAVIOUR.md H2). */
function hostOf(authority: string): string {
  return authority
    .toLowerCase()
    .replace(/:[0-9]*$/, '')
    .replace(/\.$/, '');
}
