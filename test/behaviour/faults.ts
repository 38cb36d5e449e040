import type { Artifact } from '../../src/targets/target.ts';
import type { Case } from './case.ts';

/** A gateway whose verifier cannot read what it needs. */
export function brokenVerifier(artifacts: readonly Artifact[]): readonly Artifact[] {
  return artifacts.filter(({ path }) => !path.startsWith('data/authenticators/'));
}

/** A gateway whose verifier does not answer. */
export function silentVerifier(artifacts: readonly Artifact[]): readonly Artifact[] {
  return artifacts.map((one) =>
    one.path === 'conf/verifier.conf'
      ? { ...one, contents: one.contents.replace(/js_content [^;]*;/, 'return 444;') }
      : one,
  );
}

const unavailable = {
  status: 503,
  problem: 'unavailable',
  headers: { Location: null, 'WWW-Authenticate': null },
};

/** BEHAVIOUR.md R7: what such gateways answer. */
export const faultCases: readonly Case[] = [
  {
    rows: ['R7'],
    name: 'nobody passes while the verifier fails',
    send: 'GET /v1/users/me',
    headers: ['Authorization: Bearer {user}'],
    expect: unavailable,
  },
  {
    rows: ['R7'],
    name: 'nobody is asked to log in',
    send: 'GET /v1/browser',
    headers: ['Accept: text/html'],
    expect: unavailable,
  },
  { rows: ['R7'], name: 'anonymous callers do not pass', send: 'GET /v1/optional', expect: unavailable },
  {
    rows: ['R7', 'Z2'],
    name: 'public operations are served',
    send: 'GET /v1/public',
    expect: { to: 'main', target: '/public' },
  },
];
