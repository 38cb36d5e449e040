import { diagnosticKind } from '../diagnostics/diagnostic.ts';

interface FeatureFacts {
  readonly title: string;
  readonly feature: string;
  readonly subject: string;
}

/** A strict guard that the target cannot enforce exactly (LANGUAGE.md: SEC010). */
export const guardNotEnforceable = diagnosticKind<
  FeatureFacts & { reason: string; instead: string | undefined }
>({
  code: 'SEC010',
  severity: 'error',
  title: 'A guard cannot be enforced exactly on this target',
  message: ({ title, feature, subject, reason }) =>
    `${title} cannot enforce ${feature} of ${subject} exactly: ${reason}.`,
  consequence:
    'Emitting it would leave the operation less protected than the document says, so nothing is written.',
  fix: ({ instead, title }) => instead ?? `Change the guard, or do not build this document for ${title}.`,
});

export const notSupported = diagnosticKind<
  FeatureFacts & { reason: string; instead: string | undefined; target: string }
>({
  code: 'TGT001',
  severity: 'error',
  title: 'A feature is not supported by this target',
  message: ({ title, feature, subject, reason }) =>
    `${title} cannot express ${feature} of ${subject}: ${reason}.`,
  consequence: 'The emitted gateway would behave differently from the document, so nothing is written.',
  fix: ({ instead, feature, target }) =>
    `${instead === undefined ? '' : `${instead} `}To build without it, write targets.${target}.accept: {${feature}: <reason>}.`,
});

export const approximate = diagnosticKind<
  FeatureFacts & { difference: string; target: string; others: number }
>({
  code: 'TGT002',
  severity: 'warning',
  title: 'A feature is approximated by this target',
  message: ({ title, feature, subject, difference, others }) =>
    `${title} approximates ${feature} of ${subject}${others === 0 ? '' : ` and ${others} more`}: ${difference}.`,
  consequence: 'The gateway runs, with this observable difference.',
  fix: ({ feature, target }) =>
    `Accept it in the document with targets.${target}.accept: {${feature}: <reason>}, or change the value.`,
});

export const accepted = diagnosticKind<FeatureFacts & { difference: string; reason: string }>({
  code: 'TGT003',
  severity: 'warning',
  title: 'A missing feature was accepted in the document',
  message: ({ title, feature, subject, difference, reason }) =>
    `${title} does not give ${feature} of ${subject} as written (${difference}); accepted because: ${reason}.`,
  consequence: 'The gateway runs without it.',
  fix: 'Remove the waiver when the reason no longer holds.',
});

export const waiverRefused = diagnosticKind<{ feature: string; target: string; known: string }>({
  code: 'TGT004',
  severity: 'error',
  title: 'A waiver names something that cannot be waived',
  message: ({ feature, target }) => `targets.${target}.accept names "${feature}", which cannot be waived.`,
  consequence: 'A waiver that does nothing would be read as protection that was given up.',
  fix: ({ known }) => `Name one of ${known}, or remove the entry.`,
});

export const waiverWithoutEffect = diagnosticKind<{ feature: string; target: string }>({
  code: 'TGT006',
  severity: 'warning',
  title: 'A waiver has no effect',
  message: ({ feature, target }) =>
    `targets.${target}.accept names "${feature}", which is given as the document asks.`,
  consequence: 'The waiver would silently hold as soon as something needed it.',
  fix: 'Remove the entry.',
});

/** Something that holds, with a difference that nobody asked to be without; said once, not for every operation. */
export const remarked = diagnosticKind<FeatureFacts & { remark: string }>({
  code: 'TGT008',
  severity: 'info',
  title: 'A target behaves in its own way where the document says nothing',
  message: ({ title, feature, subject, remark }) => `${title}, ${feature} of ${subject}: ${remark}.`,
  consequence: 'The gateway is as safe as the document says; this is how it differs from other targets.',
  fix: 'Nothing has to be done. State the value in the document where it matters: then a difference is a warning.',
});

/** A credential in a query is written to histories and logs of everybody on the way. */
export const queryCredentialNotWaived = diagnosticKind<{
  authenticator: string;
  subject: string;
  target: string;
}>({
  code: 'TGT007',
  severity: 'error',
  title: 'A credential in the query needs a waiver',
  message: ({ authenticator, subject }) =>
    `The authenticator "${authenticator}" of ${subject} reads its credential from the query of requests.`,
  consequence:
    'Queries are kept by browsers, proxies and logs that the gateway does not control, so nothing is written.',
  fix: ({ target }) =>
    `Carry the credential in a header, or write targets.${target}.accept: {query-credential: <reason>}.`,
});

/** A value that passed every check and that the target's syntax cannot hold. */
export const notPrintable = diagnosticKind<{ title: string; reason: string }>({
  code: 'TGT005',
  severity: 'error',
  title: 'Something is too large for the target',
  message: ({ title, reason }) => `The document needs more than ${title} can hold: ${reason}`,
  consequence: 'The configuration would not be read as it was meant, so nothing is written.',
  fix: 'Split what is too large, for instance into several documents and gateways.',
});

/** A difference between what was meant and what was printed: a bug in gwc, caught before anything is written. */
export const reparseDiffers = diagnosticKind<{ title: string; difference: string }>({
  code: 'TGT090',
  severity: 'error',
  title: 'The emitted text does not read back as it was meant',
  message: ({ title, difference }) =>
    `The configuration for ${title} does not read back as it was meant: ${difference}`,
  consequence: 'A value of the document could have become configuration, so nothing is written.',
  fix: 'This is a bug in gwc. Report it with the document.',
});
