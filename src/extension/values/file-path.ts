import type { Shape } from '../shape.ts';
import { type Parsed, text } from '../text.ts';

const BYTE = '[A-Za-z0-9._@+~=,/-]';

function checkSegments(value: string): Parsed<string> {
  const segments = value.replace(/^\//, '').split('/');
  if (segments.includes('..')) return { problem: 'leaves its folder with ".."' };
  if (segments.includes('.') || segments.includes('')) return { problem: 'has an empty or "." segment' };
  if (segments.some((segment) => segment.startsWith('~')))
    return { problem: 'has a segment that begins with "~"' };
  return { value };
}

/** A file beside the document, read while building: relative, inside the document's folder. */
export const documentFile: Shape<string> = text({
  label: 'relative file path',
  pattern: `(?!/)${BYTE}{1,512}`,
  allows: 'a path below the folder of the document, in letters, digits and . _ @ + ~ = , - /',
  example: 'keys/issuer.jwks.json',
  parse: checkSegments,
});

/** A file on the machine of the gateway: absolute, or relative to the emitted folder. gwc never opens it. */
export const gatewayFile: Shape<string> = text({
  label: 'file path',
  pattern: `${BYTE}{1,512}`,
  allows: 'an absolute path, or one relative to the emitted folder, in letters, digits and . _ @ + ~ = , - /',
  example: '/etc/gateway/ca.pem',
  parse: checkSegments,
});
