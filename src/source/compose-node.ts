import type { Origin } from '../model/origin.ts';
import type { Node } from './node.ts';

/** A mapping whose entries may come from several places. Its value is made when it is first asked for. */
export function mappingNode(entries: ReadonlyMap<string, Node>, at: Origin): Node {
  let value: object | undefined;
  return {
    get value() {
      value ??= Object.fromEntries([...entries].map(([key, node]) => [key, node.value]));
      return value;
    },
    at,
    child: (key) => entries.get(String(key)),
    entries: () => [...entries],
  };
}

/** A sequence whose items may come from several places. */
export function sequenceNode(items: readonly Node[], at: Origin): Node {
  let value: readonly unknown[] | undefined;
  return {
    get value() {
      value ??= items.map((node) => node.value);
      return value;
    },
    at,
    child: (key) => (/^(?:0|[1-9][0-9]*)$/.test(String(key)) ? items[Number(key)] : undefined),
    entries: () => items.map((node, index) => [String(index), node] as const),
  };
}

export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
