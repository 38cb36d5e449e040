import { labelled, mapped } from '../combine.ts';
import { record, required } from '../record.ts';
import type { Shape } from '../shape.ts';
import { confidential } from '../wrong-kind.ts';
import { name } from './names.ts';

/** `{secret: name}`, read to the name: the only way to mention a secret. */
export const secretReference: Shape<string> = confidential(
  labelled(
    '`{secret: name}`',
    mapped(
      record('reference to a secret', { secret: required(name, 'A name of `secrets`.') }),
      ({ secret }) => secret.value,
    ),
  ),
  'a reference to a secret ({secret: name})',
  'Write {secret: name}, and say under secrets.<name> where the secret comes from.',
);
