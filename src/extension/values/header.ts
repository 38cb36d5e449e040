import type { Shape } from '../shape.ts';
import { type Parsed, type TextFormat, text } from '../text.ts';

/** Connection-specific and framing fields (RFC 9110 §7.6.1, RFC 9112 §6) and the authority: never a document's to set. */
const FRAMING = new Set(
  `host content-length transfer-encoding connection keep-alive proxy-connection te trailer upgrade http2-settings
  expect proxy-authenticate proxy-authorization`.split(/\s+/),
);

/** What the gateway itself removes, or writes, towards every back end. */
const GATEWAY_OWN = new Set(
  `forwarded x-forwarded-for x-forwarded-proto x-forwarded-host x-forwarded-port x-real-ip x-request-id proxy
  x-http-method x-http-method-override x-method-override x-original-url x-rewrite-url x-client-cert x-api-key`.split(
    /\s+/,
  ),
);
const GATEWAY_PREFIX = /^(?:gwc-|x-amzn-|x-kong-|x-accel-|x-ssl-client-)/;

/** Fields that describe the message or carry a credential; a claim in their place would change its meaning. */
const MESSAGE =
  /^(?:content-|accept|authorization$|cookie$|range$|if-|origin$|referer$|sec-|date$|set-cookie$)/;

type Refusal = (lower: string) => string | undefined;

/** A field name: letters, digits and hyphens. Servers drop the other token characters of RFC 9110 §5.1 on arrival. */
function headerFormat(refusal: Refusal): TextFormat<string> {
  return {
    label: 'header name',
    pattern: '[A-Za-z0-9][A-Za-z0-9-]{0,127}',
    allows: 'letters, digits and hyphens',
    example: 'X-User-Id',
    parse: (value): Parsed<string> => {
      const lower = value.toLowerCase();
      const problem = refusal(lower);
      return problem === undefined
        ? { value: lower }
        : { problem, fix: 'Choose another header, or remove it.' };
    },
  };
}

const framing: Refusal = (lower) =>
  FRAMING.has(lower) ? 'belongs to the connection or the framing of the message' : undefined;

const gatewayOwn: Refusal = (lower) =>
  GATEWAY_OWN.has(lower) || GATEWAY_PREFIX.test(lower)
    ? 'is set or removed by the gateway itself on every operation'
    : undefined;

const credential: Refusal = (lower) =>
  lower === 'authorization' || lower === 'cookie'
    ? 'carries a credential, which does not belong in a document'
    : undefined;

/** Header that carries a credential of its own: `from[].header`. */
const source: Refusal = (lower) =>
  framing(lower) ??
  (GATEWAY_PREFIX.test(lower) || /^(?:content-|cookie$|forwarded$|x-forwarded-|x-request-id$)/.test(lower)
    ? 'cannot carry a token'
    : undefined);

const owned: Refusal = (lower) =>
  framing(lower) ??
  gatewayOwn(lower) ??
  (MESSAGE.test(lower) ? 'has a meaning of its own, so it cannot carry a claim' : undefined);

const hsts: Refusal = (lower) =>
  lower === 'strict-transport-security' ? 'is written by the gateway from tls.hsts' : undefined;

export const requestSet = headerFormat((lower) => framing(lower) ?? gatewayOwn(lower) ?? credential(lower));
export const requestRemove = headerFormat((lower) => framing(lower) ?? gatewayOwn(lower));
export const responseSet = headerFormat((lower) => framing(lower) ?? hsts(lower));
export const responseRemove = headerFormat((lower) => framing(lower) ?? hsts(lower));
export const forwardedHeader = headerFormat(owned);

/** A credential of the gateway itself: `credentials.header` of a back end. */
const proof: Refusal = (lower) =>
  framing(lower) ??
  (lower === 'x-api-key' ? undefined : gatewayOwn(lower)) ??
  (lower !== 'authorization' && MESSAGE.test(lower)
    ? 'has a meaning of its own, so it cannot carry a credential'
    : undefined);

/** Keeps the name as written; compared without case. */
export function headerName(format: TextFormat<string>): Shape<string> {
  return text({
    ...format,
    parse: (value) => {
      const parsed = format.parse(value);
      return 'value' in parsed ? { value } : parsed;
    },
  });
}
export const credentialHeader: Shape<string> = headerName(headerFormat(source));
export const proofHeader: Shape<string> = headerName(headerFormat(proof));

/** The word before a credential in a field value: an authentication scheme (RFC 9110 §11.1). */
export const credentialPrefix: Shape<string> = text({
  label: 'word',
  pattern: '[A-Za-z0-9._~+-]{1,64}',
  allows: 'one word of letters, digits and . _ ~ + -; a blank follows it by itself',
  example: 'Bearer',
  parse: (value) => ({ value }),
});

/** A constant field value (RFC 9110 §5.5): visible ASCII and single-byte blanks inside, at most 4,000 bytes. */
export const headerValue: Shape<string> = text({
  label: 'header value',
  pattern: '[\\x21-\\x7E](?:[\\x20-\\x7E]*[\\x21-\\x7E])?',
  allows: 'visible ASCII with blanks only between words, not empty',
  example: 'no-store',
  maxLength: 4000,
  parse: (value) => ({ value }),
});
