import type { Node } from '../../source/node.ts';
import type { Weakening } from './weakened-facets.ts';

/**
 * Where a back end is may differ; that it is checked, and shown who calls, may not get lost on the way, nor by another
 * name.
 */
export function weakenedBackends(before: Node, after: Node): readonly Weakening[] {
  const known = (before.child('backends')?.entries() ?? []).map(([, backend]) => backend);
  return (after.child('backends')?.entries() ?? []).flatMap(([name, patched]) => {
    const base = before.child('backends')?.child(name);
    const losses = base === undefined ? lossesOfNew(known, patched) : lossesOf(base, patched);
    return losses.flatMap(([holds, field, how]) =>
      holds
        ? [{ guard: `backends.${name}.${field}`, how, at: patched.at, ...(base && { was: base.at }) }]
        : [],
    );
  });
}

/** How an operation that is sent to another back end loses protection on the way, as a clause. */
export function weakenedChoice(before: Node, after: Node): string | undefined {
  if (usesTls(before) && !usesTls(after)) return 'sends requests without TLS';
  return tlsField(after, 'verify') === false && tlsField(before, 'verify') !== false
    ? 'sends requests where the certificate is not checked'
    : undefined;
}

type Loss = readonly [holds: boolean, field: string, how: string];

/** A new name may stand for any of the base. */
function lossesOfNew(known: readonly Node[], added: Node): readonly Loss[] {
  return [
    [tlsField(added, 'verify') === false, 'tls.verify', 'does not check the certificate'],
    [known.length > 0 && known.every(usesTls) && !usesTls(added), 'url', 'leaves TLS'],
  ];
}

function lossesOf(before: Node, after: Node): readonly Loss[] {
  const lost = (field: string): boolean =>
    tlsField(before, field) !== undefined && tlsField(after, field) === undefined;
  return [
    [
      tlsField(after, 'verify') === false && tlsField(before, 'verify') !== false,
      'tls.verify',
      'no longer checks the certificate',
    ],
    [usesTls(before) && !usesTls(after), 'url', 'leaves TLS'],
    [usesTls(after) && lost('ca'), 'tls.ca', 'trusts every public authority'],
    [lost('clientCertificate'), 'tls.clientCertificate', 'no longer shows a certificate'],
    [
      isStated(before, 'credentials') && !isStated(after, 'credentials'),
      'credentials',
      'no longer shows a credential',
    ],
    [
      before.child('private')?.value === true && after.child('private')?.value !== true,
      'private',
      'no longer keeps others out',
    ],
  ];
}

function tlsField(backend: Node, field: string): unknown {
  return backend.child('tls')?.child(field)?.value ?? undefined;
}

function isStated(backend: Node, field: string): boolean {
  return (backend.child(field)?.value ?? undefined) !== undefined;
}

function usesTls(backend: Node): boolean {
  const nodes = backend.child('nodes')?.entries() ?? [];
  const urls = [backend.child('url'), ...nodes.map(([, node]) => node.child('url'))].flatMap(
    (one) => one?.value ?? [],
  );
  return urls.length > 0 && urls.every((url) => typeof url === 'string' && /^https:/i.test(url));
}
