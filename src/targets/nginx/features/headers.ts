import type { HeaderChanges } from '../../../model/gateway.ts';
import type { Sourced } from '../../../model/origin.ts';
import type { Lowering, OperationScope, Outcome } from '../../target.ts';
import { joinsHeaderLines, minorOf } from '../settings.ts';
import { headerName, headerValue, refusalOf, text } from '../token.ts';
import { isVisibleHeader } from './visible-header.ts';

const framing = [
  'connection',
  'content-length',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];
const ofResponse = [...framing, 'date', 'server'];

/** `proxy_set_header`; nginx sends one line for each name. */
export const requestHeaders: Lowering<Sourced<HeaderChanges>, OperationScope, HeaderChanges> = {
  support: 'full',
  note: 'an added value joins the client’s own in one line; before nginx 1.23 only its first line is kept',
  lower: ({ value }, { gateway }): Outcome<HeaderChanges> => {
    const unseen = value.add.find(({ name }) => !isVisibleHeader(name));
    const reason =
      refusalOfChanges(value, framing) ??
      (unseen === undefined ? undefined : `nginx cannot read the header "${unseen.name}" to add to it`);
    if (reason !== undefined) return { kind: 'unsupported', reason, instead: undefined };
    const { version } = gateway.targets.nginx;
    if (value.add.length === 0 || joinsHeaderLines(minorOf(version.value)))
      return { kind: 'exact', part: value };
    return {
      kind: 'approximate',
      part: value,
      difference:
        'when the client sends the header several times, only its first line is kept before the added value',
    };
  },
};

/** `proxy_hide_header` and `add_header … always`, on answers of the back end only. */
export const responseHeaders: Lowering<Sourced<HeaderChanges>, OperationScope, HeaderChanges> = {
  support: 'full',
  note: 'on answers of the back end; Date, Server and framing headers stay nginx’s own',
  lower: ({ value }): Outcome<HeaderChanges> => {
    const reason = refusalOfChanges(value, ofResponse);
    return reason === undefined
      ? { kind: 'exact', part: value }
      : { kind: 'unsupported', reason, instead: undefined };
  },
};

function refusalOfChanges({ set, add, remove }: HeaderChanges, own: readonly string[]): string | undefined {
  const names = [...[...set, ...add].map(({ name }) => name), ...remove];
  const taken = names.find((name) => own.includes(name.toLowerCase()));
  if (taken !== undefined) return `nginx sets the header "${taken}" itself`;
  return (
    names.map((name) => refusalOf(() => headerName(name))).find((reason) => reason !== undefined) ??
    [...set, ...add]
      .map(({ value }) => refusalOf(() => headerValue(text(value))))
      .find((reason) => reason !== undefined)
  );
}
