import type { RootBlock } from '../../extension/index.ts';
import type { TargetSettings } from '../../model/gateway.ts';
import type { Origin } from '../../model/origin.ts';
import { readWaivers } from '../facets/waivers.ts';

/** Settings of every target; what is not stated keeps the target's own default. */
export function readTargetSettings(block: RootBlock['targets'], at: Origin): TargetSettings {
  const nginx = block?.value.nginx?.value;
  const paths = nginx?.paths?.value;
  const listen = nginx?.listen?.value;
  const resolver = nginx?.resolver;
  return {
    nginx: {
      version: nginx?.version ?? { value: '1.22', at },
      user: nginx?.user,
      workers: nginx?.workers ?? { value: 'auto', at },
      paths: { modules: paths?.modules, certificates: paths?.certificates, cache: paths?.cache },
      resolver:
        resolver === undefined
          ? undefined
          : { value: resolver.value.map(({ value }) => value), at: resolver.at },
      listen: {
        http: listen?.http,
        https: listen?.https,
        internal: listen?.internal,
        verifier: listen?.verifier,
      },
      errorLog: nginx?.errorLog,
      accept: readWaivers('nginx', nginx?.accept),
    },
  };
}
