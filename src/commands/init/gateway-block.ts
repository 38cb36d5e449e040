import { bindScheme, CLIENT_CA, type Needs } from './bind-scheme.ts';
import { entryLines } from './draft-entry.ts';
import { frontDoorNotes } from './front-door-notes.ts';
import type { Imported } from './imported.ts';
import type { Survey } from './survey.ts';
import { blank, comment, commentText, indented, scalarText } from './yaml-text.ts';

/** The one back end that every operation gets until somebody says more. */
const BACKEND = 'api';

/**
 * Lines of the value of `x-gateway`, with comments. What cannot be derived is a field without a value: a build fails
 * there, with its place, until it is filled in.
 */
export function gatewayBlock(survey: Survey, imported?: Imported): readonly string[] {
  const needs: Needs = { consumers: false, clientCertificate: false, secrets: new Map() };
  const authenticators = authenticatorLines(survey, needs, imported);
  const isNamed = imported !== undefined && imported.backends.length > 0;
  return [
    'version: 1',
    '',
    ...frontDoorNotes(survey.api),
    '',
    ...(isNamed ? importedBackends(imported) : blankBackend()),
    '',
    ...authenticators,
    ...consumerLines(needs),
    ...certificateLines(needs),
    ...secretLines(needs),
    ...comment('What every operation inherits.'),
    'defaults:',
    ...(isNamed ? [] : [`  backend: ${BACKEND}`]),
    ...indented(entryLines(imported?.defaults ?? []), 2),
    ...(imported === undefined || imported.root.length === 0 ? [] : ['', ...entryLines(imported.root)]),
  ];
}

function blankBackend(): readonly string[] {
  return [
    ...comment('Back end: where the API really listens. gwc never takes it from the servers above.'),
    ...comment(
      'More of them: add entries here, and write x-gateway: {backend: NAME} on paths or operations.',
    ),
    'backends:',
    `  ${BACKEND}:`,
    `    ${blank('url', 'for example http://api.internal:8080')}`,
  ];
}

function importedBackends({ backends }: Imported): readonly string[] {
  return [
    ...comment('Back ends: one for each origin, or function, that an integration of the document names.'),
    'backends:',
    ...indented(entryLines(backends), 2),
  ];
}

function authenticatorLines(
  { schemes, unused }: Survey,
  needs: Needs,
  imported: Imported | undefined,
): readonly string[] {
  const entries = schemes.flatMap((scheme) => [
    ...bindScheme(scheme, needs, imported?.authenticatorOf(scheme)),
    '',
  ]);
  const isEmpty = entries.every((line) => line === '' || line.startsWith('#'));
  const notes = [
    ...(schemes.length === 0 ? ['No operation uses a security scheme yet.'] : []),
    ...(unused.length === 0
      ? []
      : [
          `Declared and used by no operation: ${unused.map((name) => scalarText(commentText(name))).join(', ')}`,
        ]),
  ];
  return [
    ...comment(
      'Authenticators: how credentials are verified, one for each security scheme in use.',
      ...notes,
    ),
    ...(isEmpty ? [] : ['authenticators:']),
    ...indented(entries, 2),
    ...(entries.length === 0 ? [''] : []),
  ];
}

function consumerLines({ consumers }: Needs): readonly string[] {
  if (!consumers) return [];
  return [
    ...comment(
      'Consumers: who has keys. Only hashes stand here; gwc key --consumer NAME makes a key and its entry.',
    ),
    blank('consumers', '{NAME: {keys: [{sha256: …}]}}'),
    '',
  ];
}

function certificateLines({ clientCertificate, secrets }: Needs): readonly string[] {
  if (!clientCertificate) return [];
  secrets.set(CLIENT_CA, 'the authority of client certificates, for example /etc/gateway/clients.pem');
  return [
    ...comment('"optional" lets clients without a certificate reach operations that ask for something else.'),
    'tls:',
    `  clientCertificate: {mode: optional, ca: {secret: ${CLIENT_CA}}}`,
    '',
  ];
}

function secretLines({ secrets }: Needs): readonly string[] {
  if (secrets.size === 0) return [];
  return [
    ...comment('Secrets: where they come from, never what they are. Instead of a file: env, vault, …'),
    'secrets:',
    ...[...secrets].flatMap(([name, hint]) => [`  ${name}:`, `    ${blank('file', hint)}`]),
    '',
  ];
}

/** How many blanks some lines have. */
export function countBlanks(lines: readonly string[]): number {
  return lines.filter((line) => line.includes(':  # FILL IN: ')).length;
}
