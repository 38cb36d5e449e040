import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readText } from '../support/read-text.ts';

const language = new URL('../../../shared/LANGUAGE.md', import.meta.url);

/** The YAML documents of the language's definition, in order. */
function examples(): readonly string[] {
  const text = readFileSync(language, 'utf8');
  const section = text.slice(text.indexOf('## 9.'), text.indexOf('## 10.'));
  return [...section.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml]) => yaml ?? '');
}

describe.skipIf(!existsSync(language))(
  'the examples of the language as documents (skipped without ../shared/LANGUAGE.md)',
  () => {
    it('the small one becomes a gateway that finds the keys of its issuer', async () => {
      const { gateway, text } = await readText({ 'api.yaml': examples()[0] ?? '' });
      const [user] = gateway?.authenticators ?? [];
      expect(user?.kind === 'jwt' && user.issuers.value[0], text).toMatchObject({
        issuer: { value: 'https://id.example.com/' },
        keys: {
          value: { kind: 'discovery', url: 'https://id.example.com/.well-known/openid-configuration' },
        },
      });
    });

    it('the one of OpenAPI 2.0 becomes a gateway with tokens and keys', async () => {
      const { gateway, text } = await readText({ 'api.yaml': examples()[4] ?? '' });
      expect(
        gateway?.authenticators.map(({ kind }) => kind),
        text,
      ).toEqual(['api-key', 'jwt']);
      expect(gateway?.consumers).toMatchObject([{ name: 'acme', groups: [] }]);
    });
  },
);
