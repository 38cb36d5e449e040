import { diagnosticKind } from '../../diagnostics/diagnostic.ts';

export const lockMalformed = diagnosticKind<{ reason: string }>({
  code: 'LCK001',
  severity: 'error',
  title: 'The lock file cannot be used',
  message: ({ reason }) => `The lock file is not valid: ${reason}.`,
  consequence: 'Whose keys verify tokens would not be certain, so nothing is written.',
  fix: 'Restore gwc.lock.yaml, or remove it and build with --resolve.',
});

export const pinChanged = diagnosticKind<{ issuer: string; old: string; now: string }>({
  code: 'LCK002',
  severity: 'warning',
  title: 'An issuer has another key set than the lock file says',
  message: ({ issuer, old, now }) =>
    `The issuer "${issuer}" has its keys at "${now}", and the lock file says "${old}".`,
  consequence: 'From the next deployment on, keys from the new address verify its tokens.',
  fix: 'Ask the issuer whether it moved its keys, and commit gwc.lock.yaml only then.',
});

export const lockStale = diagnosticKind<{ reason: string }>({
  code: 'LCK003',
  severity: 'error',
  title: 'The lock file is not up to date',
  message: ({ reason }) => `The lock file is not up to date: ${reason}.`,
  consequence: 'What is committed is not what a build with --resolve would write.',
  fix: 'Build with --resolve and commit gwc.lock.yaml.',
});

export const lockNotWritten = diagnosticKind<{ failure: string }>({
  code: 'LCK004',
  severity: 'error',
  title: 'The lock file cannot be written',
  message: ({ failure }) => `The lock file cannot be written: ${failure}.`,
  consequence: 'What the issuers said is lost, so nothing is written.',
  fix: 'Let gwc write to the folder of the configuration or, without one, of the first document.',
});

export const discoveryFailed = diagnosticKind<{ issuer: string; url: string; reason: string }>({
  code: 'LCK005',
  severity: 'error',
  title: 'An issuer does not say where its keys are',
  message: ({ issuer, url, reason }) => `The issuer "${issuer}" does not answer at "${url}": ${reason}.`,
  consequence: 'No key could verify its tokens, so nothing is written and the lock file stays as it is.',
  fix: 'Correct the issuer, or name its key set: jwks: https://…',
});

export const discoveryRefused = diagnosticKind<{ issuer: string; reason: string }>({
  code: 'LCK006',
  severity: 'error',
  title: 'The answer of an issuer cannot be trusted',
  message: ({ issuer, reason }) => `The configuration of the issuer "${issuer}" is refused: ${reason}.`,
  consequence:
    'Keys of somebody else could verify its tokens, so nothing is written and the lock file stays as it is.',
  fix: 'Write the issuer exactly as its configuration and its tokens do, or name its key set: jwks: https://…',
});
