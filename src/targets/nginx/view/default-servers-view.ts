import { listenerName, listenersOf } from '../front/fronts.ts';
import type { Plan } from '../plan.ts';
import { argument } from '../token.ts';
import { certificateFiles, listenView } from './front-view.ts';
import { isAddress } from './request-view.ts';

export type DefaultServersView = ReturnType<typeof defaultServersView>;

/** Where no host of the gateway was asked for: refused, in the handshake where there is one. */
export function defaultServersView(plan: Plan) {
  return {
    servers: listenersOf(plan.fronts).map((listener) => {
      const address = plan.fronts.find(
        (front) => listenerName(front.listener) === listenerName(listener) && isAddress(front.host.name),
      );
      const files = address === undefined ? undefined : certificateFiles(plan, address);
      return {
        listener: listenView(listener, plan),
        // An address is never sent as a server name, so a handshake for one cannot be told from others.
        rejects: listener.tls && files === undefined,
        shows: listener.tls && files !== undefined,
        cert: argument(files?.cert ?? ''),
        key: argument(files?.key ?? ''),
      };
    }),
  };
}
