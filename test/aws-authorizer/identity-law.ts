import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Services } from '../../src/decide/decision.ts';
import type { Gateway, Secret } from '../../src/model/gateway.ts';
import type { Expression, ExternalCall, SentFact } from '../../src/model/policy.ts';
import { startSurroundings } from '../behaviour/identities.ts';
import { load, readableFolder, writeFiles } from '../support/running-gateway.ts';

/** fixtures/behaviour/identities.openapi.yaml as a gateway on AWS, with everything that it asks running on loopback. */
export interface IdentityLaw {
  readonly gateway: Gateway;
  readonly secrets: ReadonlyMap<string, string>;
  readonly services: Services;
  readonly port: number;
  readonly filled: (text: string) => string;
  readonly stop: () => Promise<void>;
}

/** `unsent`: a fact that services are not told there. */
export async function startIdentityLaw(unsent: SentFact): Promise<IdentityLaw> {
  const around = await startSurroundings();
  const folder = readableFolder();
  try {
    writeFiles(
      folder,
      Object.entries(around.files).map(([path, contents]) => ({ path, contents })),
    );
    const document = join(folder, Object.keys(around.files)[0] ?? '');
    const { gateway } = await load([document], { root: folder });
    const { filled, port, services = {} } = around;
    const secrets = new Map(gateway.secrets.flatMap(contentsOf));
    const onAws = { ...withoutFact(gateway, unsent), secrets: gateway.secrets.map(inParameterStore) };
    return { gateway: onAws, secrets, services, port, filled, stop: around.stop };
  } catch (error) {
    await around.stop();
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function contentsOf({ sources }: Secret): readonly (readonly [string, string])[] {
  return sources.flatMap(({ value }) =>
    existsSync(value) ? [[value, readFileSync(value, 'utf8')] as const] : [],
  );
}

function inParameterStore(secret: Secret): Secret {
  return { ...secret, sources: secret.sources.map(({ value }) => ({ kind: 'ssm', value })) };
}

/** A gateway whose services are not told a fact. */
function withoutFact(gateway: Gateway, unsent: SentFact): Gateway {
  const sites = gateway.sites.map((site) => ({
    ...site,
    routes: site.routes.map((route) => ({
      ...route,
      operations: route.operations.map((operation) => ({
        ...operation,
        features: {
          ...operation.features,
          authorization: operation.features.authorization?.map(({ at, value }) => ({
            at,
            value: silenced(value, unsent),
          })),
        },
      })),
    })),
  }));
  return { ...gateway, sites };
}

function silenced(expression: Expression, unsent: SentFact): Expression {
  switch (expression.kind) {
    case 'all':
    case 'any':
      return { ...expression, of: expression.of.map((one) => silenced(one, unsent)) };
    case 'not':
      return { kind: 'not', of: silenced(expression.of, unsent) };
    case 'policy':
      return { ...expression, is: silenced(expression.is, unsent) };
    case 'external':
      return withoutSent(expression, unsent);
    default:
      return expression;
  }
}

function withoutSent(call: ExternalCall, unsent: SentFact): ExternalCall {
  return { ...call, send: call.send.filter((fact) => fact !== unsent) };
}
