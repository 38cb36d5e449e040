import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import { didYouMean } from '../../diagnostics/suggest.ts';
import type { Authenticator } from '../../model/authentication.ts';
import type { ApiDocument } from '../../openapi/document.ts';
import { authenticatorWithoutScheme, nameUnknown } from '../diagnostics.ts';
import type { MergedRoot } from '../root/merge-roots.ts';
import { checkLogin } from './effective-login.ts';
import { readAuthenticator } from './read-authenticator.ts';
import type { KeyContext } from './read-issuers.ts';
import type { DeclaredScheme } from './scheme-kinds.ts';

/** Every declared authenticator that could be read, in the order of names. */
export function readAuthenticators(
  { authenticators, backends }: Pick<MergedRoot, 'authenticators' | 'backends'>,
  apis: readonly ApiDocument[],
  context: KeyContext,
  report: Report,
): readonly Authenticator[] {
  const names = new Set(apis.flatMap(({ schemes }) => [...schemes.keys()]));
  const read: Authenticator[] = [];
  for (const [name, block] of authenticators) {
    const declared = apis.flatMap(({ schemes, openapi }): readonly DeclaredScheme[] => {
      const scheme = schemes.get(name);
      return scheme === undefined ? [] : [{ scheme, openapi }];
    });
    if (declared.length === 0) {
      const facts = { name, suggestion: didYouMean(name, names) };
      report(diagnostic(authenticatorWithoutScheme, block.at, facts, { side: 'key' }));
      continue;
    }
    const authenticator = readAuthenticator(name, block, declared, context, report);
    if (authenticator === undefined) continue;
    checkLogin(authenticator, block.value.login?.value.when, report);
    checkBackend(authenticator, backends, report);
    read.push(authenticator);
  }
  return read;
}

function checkBackend(authenticator: Authenticator, backends: MergedRoot['backends'], report: Report): void {
  if (authenticator.kind !== 'external') return;
  const { value: name, at } = authenticator.backend;
  if (backends.has(name)) return;
  const suggestion = didYouMean(name, backends.keys());
  report(diagnostic(nameUnknown, at, { kind: 'back end', name, suggestion }));
}
