/** Answers to the blanks of a draft by field, as a person would give them. */
const answers: Readonly<Record<string, string>> = {
  url: 'http://orders.internal:8080',
  issuer: 'https://id.example.com/',
  audiences: '[api]',
  from: '[{header: X-Partner-Key}]',
  file: '/etc/gateway/file',
  lambda: 'arn:aws:lambda:eu-west-1:210987654321:function:orders',
  rewrite: '/orders',
  origins: "['https://app.example.com']",
  consumers: `{acme: {keys: [{sha256: ${'0a'.repeat(32)}}]}}`,
};

/** The fields that a draft leaves blank, in order. */
export function blanksOf(draft: string): readonly string[] {
  return [...draft.matchAll(/^ *([A-Za-z]+): {2}# FILL IN: /gm)].map(([, field = '']) => field);
}

/** A draft with every blank filled in; a back end that nobody named is the one of the defaults. */
export function fillBlanks(draft: string): string {
  const backend = /\n *defaults:\n *backend: (\S+)/.exec(draft)?.[1];
  return draft.replace(/^( *)([A-Za-z]+): {2}# FILL IN: .*$/gm, (_, blanks: string, field: string) => {
    const answer = field === 'backend' ? backend : answers[field];
    if (answer === undefined) throw new Error(`no answer for the blank "${field}"`);
    return `${blanks}${field}: ${answer}`;
  });
}

/** An overlay whose suggested actions are taken: a reason is given, and what nobody decided asks for `scheme`. */
export function takeDecisions(overlay: string, scheme: string): string {
  return overlay
    .replace(/^ {2}# (- target: .*)\n {2}# {3}(update: .*)$/gm, '  $1\n    $2')
    .replaceAll('{reason: }', '{reason: as the vendor wrote it}')
    .replaceAll('[{NAME: []}]', scheme === '' ? '[]' : `[{${scheme}: []}]`);
}
