import { fileURLToPath } from 'node:url';
import { type Loaded, loadGateway } from '../../src/commands/load.ts';
import { hasErrors } from '../../src/diagnostics/diagnostic.ts';
import { printPretty } from '../../src/diagnostics/print-pretty.ts';
import type { Gateway } from '../../src/model/gateway.ts';
import { compile as emit } from '../../src/targets/compile.ts';
import { nginx } from '../../src/targets/nginx/index.ts';
import { writeFiles } from '../support/running-gateway.ts';
import { forTestedNginx, withJsEngine } from '../support/tested-nginx.ts';
import { corpus } from './manifest.ts';
import { backendHost, type Ports, writePlainOverlay } from './plain-overlay.ts';
import type { OpenDocument } from './run-document.ts';

/**
 * A document of the corpus up to the model, with the plain overlay and, unless `undecided`, what a person decided.
 * Writes to `folder`.
 */
export function loadDocument(
  { file, swagger, decided, decision }: OpenDocument,
  folder: string,
  ports: Ports,
  undecided = false,
): Promise<Loaded> {
  const { overlay, server, env } = decision;
  const fixture = new URL(`../../fixtures/corpus/${overlay?.name}.decisions.yaml`, import.meta.url);
  const taken = overlay === undefined || undecided ? undefined : fileURLToPath(fixture);
  return loadGateway([fileURLToPath(new URL(file, corpus))], {
    format: 'pretty',
    root: '/',
    overlay: [writePlainOverlay(folder, swagger, decided, ports), ...(taken === undefined ? [] : [taken])],
    ...(server === undefined ? {} : { server }),
    ...(env === undefined || undecided ? {} : { env, allowRelaxIn: [env] }),
  });
}

/** Emits a model for NGINX to `folder`, with its back end on loopback. Throws with the findings when it cannot. */
export function writeConfiguration(
  { gateway, documents }: Loaded & { gateway: Gateway },
  folder: string,
): void {
  const { artifacts, diagnostics } = emit(forTestedNginx(withLoopback(gateway)), nginx);
  if (hasErrors(diagnostics)) throw new Error(printPretty(diagnostics, documents.locate, false));
  writeFiles(folder, withJsEngine(artifacts));
}

function withLoopback(gateway: Gateway): Gateway {
  const backends = gateway.backends.map((backend) => {
    if (backend.kind === 'lambda') throw new Error(`the back end "${backend.name}" is a function`);
    const nodes = backend.nodes.map((node) => {
      if (node.value.host !== backendHost) throw new Error(`a back end at ${node.value.host}`);
      return { ...node, value: { ...node.value, host: '127.0.0.1' } };
    });
    return { ...backend, nodes };
  });
  return { ...gateway, backends };
}
