import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import type { Gateway } from '../../src/model/gateway.ts';
import { inlineAuthorizer } from '../../src/targets/aws/authorizer/authorizer-code.ts';
import type { AuthorizerData } from '../../src/targets/aws/authorizer/authorizer-data.ts';
import {
  type AuthorizerOptions,
  type BuiltAuthorizer,
  buildAuthorizerData,
} from '../../src/targets/aws/authorizer/build-authorizer-data.ts';
import type { ApiKind } from '../../src/targets/aws/authorizer/guard-use.ts';
import { servedOperations } from './served.ts';

/** What surrounds the function in Lambda. */
export interface Surroundings {
  /** Contents of parameters and secrets, by name; the others cannot be read. */
  readonly secrets?: ReadonlyMap<string, string>;
  /** Unix time in milliseconds. */
  readonly now?: () => number;
  /** Breaks the text on purpose. */
  readonly alter?: (text: string) => string;
}

export interface Policy {
  readonly principalId: string;
  readonly policyDocument: {
    readonly Statement: readonly { readonly Effect: 'Allow' | 'Deny'; readonly Resource: string }[];
  };
  readonly context: Readonly<Record<string, string>>;
}

export type Handler = (event: object) => Promise<unknown>;

/** An authorizer as a new process of Lambda has it. */
export interface RunningAuthorizer extends BuiltAuthorizer {
  readonly handler: Handler;
}

/** Builds the authorizer of a gateway and loads the very text that is deployed. */
export function startAuthorizer(
  gateway: Gateway,
  { secrets, now, ...options }: Surroundings & Partial<AuthorizerOptions> = {},
): RunningAuthorizer {
  const built = buildAuthorizerData(gateway, {
    api: 'rest',
    served: servedOperations(gateway),
    address: { kind: 'peer' },
    pathProfile: 'authorizer',
    ...options,
  });
  return {
    ...built,
    handler: loadAuthorizer(built.data, options.api, { ...(secrets && { secrets }), ...(now && { now }) }),
  };
}

/** Loads the text for data as Lambda does: a CommonJS module of its own. */
export function loadAuthorizer(
  data: AuthorizerData,
  api: ApiKind = 'rest',
  { secrets = new Map(), now = Date.now, alter = (text) => text }: Surroundings = {},
): Handler {
  const exports: { handler?: Handler } = {};
  const load = compileFunction(alter(inlineAuthorizer(data, api)), ['exports', 'require', 'Date', 'console']);
  load(exports, requireWith(secrets), { now }, { error: () => undefined });
  if (exports.handler === undefined) throw new Error('the text exports no handler');
  return exports.handler;
}

const require = createRequire(import.meta.url);

/** Node's own modules, and the SDK of Lambda's runtime as far as it is asked for. */
function requireWith(secrets: ReadonlyMap<string, string>): (name: string) => unknown {
  const read = (name: string): string => {
    const value = secrets.get(name);
    if (value === undefined) throw new Error('there is no such secret');
    return value;
  };
  class Command {
    readonly input: { readonly Name?: string; readonly SecretId?: string; readonly WithDecryption?: boolean };
    constructor(input: Command['input']) {
      this.input = input;
    }
  }
  const sdk: Readonly<Record<string, object>> = {
    '@aws-sdk/client-ssm': {
      GetParameterCommand: Command,
      SSMClient: class {
        async send({ input: { Name = '', WithDecryption } }: Command): Promise<object> {
          return { Parameter: { Value: WithDecryption === true ? read(Name) : 'encrypted' } };
        }
      },
    },
    '@aws-sdk/client-secrets-manager': {
      GetSecretValueCommand: Command,
      SecretsManagerClient: class {
        async send({ input: { SecretId = '' } }: Command): Promise<object> {
          return { SecretString: read(SecretId) };
        }
      },
    },
  };
  return (name) => {
    if (sdk[name] !== undefined) return sdk[name];
    if (!name.startsWith('node:')) throw new Error(`Lambda has no ${name}`);
    return require(name);
  };
}
