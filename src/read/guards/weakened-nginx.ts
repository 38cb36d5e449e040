import { parseIpAddress } from '../../policy/index.ts';
import type { Node } from '../../source/node.ts';
import type { Weakening } from './weakened-facets.ts';

/** Settings of `targets.nginx` that guard something: who reaches internal operations, whom back ends are verified by. */
export function weakenedNginx(before: Node, after: Node): readonly Weakening[] {
  const [old, now] = [nginxOf(before), nginxOf(after)];
  const found: Weakening[] = [];
  const check = (path: readonly string[], weaker: (was: unknown, is: unknown) => boolean, how: string) => {
    const [was, is] = [fieldOf(old, path), fieldOf(now, path)];
    if (!weaker(was?.value ?? undefined, is?.value ?? undefined)) return;
    const places = { at: is?.at ?? now?.at ?? after.at, ...(was === undefined ? {} : { was: was.at }) };
    found.push({ guard: `targets.nginx.${path.join('.')}`, how, ...places });
  };
  check(['listen', 'internal'], isWider, 'serves internal operations on another address');
  check(['errorLog'], isFiner, 'logs what cannot be redacted');
  check(['paths', 'certificates'], (was, is) => was !== is, 'trusts other authorities of back ends');
  return found;
}

function nginxOf(root: Node): Node | undefined {
  return root.child('targets')?.child('nginx');
}

function fieldOf(block: Node | undefined, path: readonly string[]): Node | undefined {
  return path.reduce<Node | undefined>((node, key) => node?.child(key), block);
}

/** Where the base has no such listener, the environment's is the first; a new port of the same address is no new reach. */
function isWider(before: unknown, after: unknown): boolean {
  if (before === undefined || after === undefined) return false;
  const [old, now] = [addressOf(before), addressOf(after)];
  if (now === undefined || isLoopback(now) || now === old) return false;
  return old === undefined || !isEvery(old) || old.includes(':') !== now.includes(':');
}

/** Canonical bytes; a port alone is a port on loopback. Undefined where it cannot be read. */
function addressOf(written: unknown): string | undefined {
  if (typeof written === 'number') return '127.0.0.1';
  if (typeof written !== 'string') return undefined;
  const text = written.replace(/:[0-9]+$/, '').replace(/^\[(.*)\]$/, '$1');
  const address = parseIpAddress(text);
  return address?.bytes.join(address.family === 4 ? '.' : ':');
}

function isLoopback(address: string): boolean {
  return /^127\./.test(address) || /^(?:0:){15}1$/.test(address);
}

function isEvery(address: string): boolean {
  return /^[0.:]+$/.test(address);
}

const levels: readonly unknown[] = ['crit', 'error', 'warn', 'notice', 'info'];

function isFiner(before: unknown, after: unknown): boolean {
  return levels.indexOf(after ?? 'crit') > Math.max(0, levels.indexOf(before ?? 'crit'));
}
