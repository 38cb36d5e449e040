import { diagnostic, type Report, related } from '../../diagnostics/diagnostic.ts';
import type { Algorithm, VerificationKey } from '../../model/authentication.ts';
import type { Origin } from '../../model/origin.ts';
import type { Node } from '../../source/node.ts';
import { ambiguousKid, notAKeySet, noUsableKey } from '../diagnostics.ts';
import { readKey } from './read-key.ts';

interface PlacedKey {
  readonly key: VerificationKey;
  readonly at: Origin;
}

/** The verification keys of a JSON Web Key Set (RFC 7517 §5) in document order, or undefined after an error. */
export function readKeySet(
  set: Node,
  allowed: readonly Algorithm[],
  report: Report,
): readonly VerificationKey[] | undefined {
  const list = set.child('keys');
  if (list === undefined || !Array.isArray(list.value)) {
    report(diagnostic(notAKeySet, set.at, { problem: 'has no list "keys"' }));
    return undefined;
  }
  let failed = false;
  const placed: PlacedKey[] = [];
  for (const [index, [, node]] of list.entries().entries()) {
    const key = readKey(node, index, allowed, (found) => {
      failed ||= found.severity === 'error';
      report(found);
    });
    if (key !== undefined) placed.push({ key, at: node.at });
  }
  if (failed) return undefined;
  if (placed.length === 0) {
    report(diagnostic(noUsableKey, list.at, { algorithms: allowed.join(', ') }));
    return undefined;
  }
  return areDistinct(placed, report) ? placed.map(({ key }) => key) : undefined;
}

function areDistinct(placed: readonly PlacedKey[], report: Report): boolean {
  if (placed.length === 1) return true;
  const byKid = new Map<string, PlacedKey>();
  let distinct = true;
  for (const one of placed) {
    const { kid } = one.key;
    const first = kid === undefined ? undefined : byKid.get(kid);
    if (kid === undefined) {
      report(diagnostic(ambiguousKid, one.at, { problem: `One of ${placed.length} keys has no "kid".` }));
      distinct = false;
    } else if (first !== undefined) {
      const problem = `Two keys have the "kid" "${kid}".`;
      report(
        diagnostic(
          ambiguousKid,
          one.at,
          { problem },
          { related: [related('The other one is here.', first.at)] },
        ),
      );
      distinct = false;
    } else {
      byKid.set(kid, one);
    }
  }
  return distinct;
}
