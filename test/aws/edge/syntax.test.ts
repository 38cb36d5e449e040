import { readFileSync } from 'node:fs';
import { transformSync } from 'esbuild';
import { expect, test } from 'vitest';

/** Syntax that the page of the runtime does not list (CloudFront Developer Guide, "JavaScript runtime 2.0 features"). */
const unlisted = {
  ...{
    'array-spread': false,
    class: false,
    'default-argument': false,
    destructuring: false,
    'for-of': false,
  },
  ...{
    generator: false,
    'logical-assignment': false,
    'nullish-coalescing': false,
    'object-rest-spread': false,
  },
  ...{
    'optional-catch-binding': false,
    'optional-chain': false,
    'regexp-dot-all-flag': false,
    bigint: false,
  },
  ...{
    'regexp-lookbehind-assertions': false,
    'regexp-unicode-property-escapes': false,
    'async-generator': false,
  },
};

const files = ['viewer-request.cjs', 'viewer-response.js', 'response-headers.js', 'no-response-headers.js'];

test.each(files)('%s is written in what CloudFront reads', (name) => {
  const code = readFileSync(new URL(`../../../templates/aws/edge/${name}`, import.meta.url), 'utf8');
  const plain = transformSync(code, { target: 'esnext' }).code;
  expect(transformSync(code, { target: 'esnext', supported: unlisted }).code).toBe(plain);
});

test.each(['const { a } = b;', 'for (const a of b) a();', 'a?.b;', 'a ?? b;', 'try { a(); } catch {}'])(
  'the check notices %s',
  (code) => {
    const lowered = (): string => transformSync(code, { target: 'esnext', supported: unlisted }).code;
    let same = true;
    try {
      same = lowered() === transformSync(code, { target: 'esnext' }).code;
    } catch {
      same = false;
    }
    expect(same).toBe(false);
  },
);
