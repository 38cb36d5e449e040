import { diagnostic } from '../../diagnostics/diagnostic.ts';
import { labelled, mapped } from '../combine.ts';
import { wrongKind } from '../diagnostics.ts';
import { kindOf } from '../kind.ts';
import { record, required } from '../record.ts';
import type { Shape } from '../shape.ts';
import { subjectOf } from '../subject.ts';
import { name } from './names.ts';

const reference: Shape<string> = labelled(
  '`{secret: name}`',
  mapped(
    record('reference to a secret', { secret: required(name, 'A name of `secrets`.') }),
    ({ secret }) => secret.value,
  ),
);

/**
 * `{secret: name}`, read to the name: the only way to mention a secret. What stands in its place may be the secret
 * itself, so it is not repeated in the message.
 */
export const secretReference: Shape<string> = {
  ...reference,
  read: (node, report) => {
    const kind = kindOf(node.value);
    if (kind === 'object') return reference.read(node, report);
    const facts = {
      subject: subjectOf(node.at),
      expected: 'a reference to a secret ({secret: name})',
      found: kind === 'null' ? 'nothing' : 'a value of its own',
      fix: 'Write {secret: name}, and say under secrets.<name> where the secret comes from.',
    };
    report(diagnostic(wrongKind, node.at, facts));
    return undefined;
  },
};
