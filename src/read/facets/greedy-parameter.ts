import type { Segment } from '../../model/path.ts';
import type { PathTemplate } from '../path/path-template.ts';

/** The name of a parameter that is the whole last segment: the only one that can be greedy. */
export function lastParameter(template: PathTemplate): string | undefined {
  const last = template.segments.at(-1);
  if (last?.kind === 'greedy') return last.name;
  const [only, ...more] = last?.pieces ?? [];
  return more.length === 0 && only?.kind === 'parameter' ? only.name : undefined;
}

/** The template with its last parameter matching the rest of the path when `names` holds it. */
export function withGreedy(template: PathTemplate, names: readonly string[]): PathTemplate {
  const name = lastParameter(template);
  if (name === undefined || !names.includes(name)) return template;
  const greedy: Segment = { kind: 'greedy', name };
  return { ...template, segments: [...template.segments.slice(0, -1), greedy] };
}
