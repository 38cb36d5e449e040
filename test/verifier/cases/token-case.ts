import { type Claims, type SigningKey, signCompact } from '../../support/tokens.ts';
import { goodClaims, keys, userToken } from '../fixture.ts';

/** One token presented as `Authorization: Bearer …` to an operation of the authenticator `user`. */
export interface TokenCase {
  /** Rows of BEHAVIOUR.md. */
  readonly rows: readonly string[];
  readonly name: string;
  readonly valid: boolean;
  readonly token: (now: number) => string;
}

export const refused = (rows: string, name: string, token: (now: number) => string): TokenCase => ({
  ...{ rows: rows.split(' '), name, valid: false, token },
});
export const accepted = (rows: string, name: string, token: (now: number) => string): TokenCase => ({
  ...{ rows: rows.split(' '), name, valid: true, token },
});
export const withClaims = (changes: (now: number) => Claims) => (now: number) => userToken(now, changes(now));
export const withHeader = (changes: Claims, key?: SigningKey) => (now: number) =>
  userToken(now, {}, changes, key);
/** Header and payload as raw text, signed with the key `user-es`. */
export const raw =
  (header: string | undefined, payload?: string | ((now: number) => string)) => (now: number) => {
    const text = typeof payload === 'function' ? payload(now) : payload;
    return signCompact(
      header ?? '{"alg":"ES256","kid":"user-es"}',
      text ?? JSON.stringify(goodClaims(now)),
      keys.es,
    );
  };
export const rawBytes = (payload: (json: string) => Uint8Array) => (now: number) =>
  signCompact('{"alg":"ES256","kid":"user-es"}', payload(JSON.stringify(goodClaims(now))), keys.es);
export const withMember = (member: string) => (now: number) =>
  JSON.stringify(goodClaims(now)).replace(/\}$/, `,${member}}`);
/** The same bytes in base64url, spelled with a bit set that belongs to none of them. */
export const bitsAfterEnd = (text: string): string => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const changed = text.slice(0, -1) + alphabet.charAt(alphabet.indexOf(text.slice(-1)) + 1);
  if (!Buffer.from(changed, 'base64url').equals(Buffer.from(text, 'base64url')))
    throw new Error('no such bit');
  return changed;
};
/** The three parts of a good token, changed. */
export const parts = (change: (header: string, payload: string, mac: string) => string) => (now: number) => {
  const [header = '', payload = '', mac = ''] = userToken(now).split('.');
  return change(header, payload, mac);
};
export const nested = (depth: number): string => `"n":${'['.repeat(depth)}${']'.repeat(depth)}`;

export const headAndPayload = (now: number): { readonly header: string; readonly payload: string } => {
  const [header = '', payload = ''] = userToken(now).split('.');
  return { header, payload };
};
