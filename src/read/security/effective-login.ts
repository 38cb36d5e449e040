import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import type { Authentication, Authenticator } from '../../model/authentication.ts';
import type { LoginTrigger } from '../../model/gateway.ts';
import type { Sourced } from '../../model/origin.ts';
import { loginMissing } from '../diagnostics.ts';
import type { MergedRoot } from '../root/merge-roots.ts';

/** Declared `login.when` by authenticator. */
export type LoginDefaults = ReadonlyMap<string, Sourced<LoginTrigger>>;

export function loginDefaults(declared: MergedRoot['authenticators']): LoginDefaults {
  return new Map(
    [...declared].flatMap(([name, block]) => {
      const when = block.value.login?.value.when;
      return when === undefined ? [] : [[name, when] as const];
    }),
  );
}

/**
 * When an operation redirects people to a login page: its own trigger, else that of the first authenticator, in order
 * of alternatives, that has a login page. Undefined when it never does; public operations have nothing to log in to.
 */
export function effectiveLogin(
  title: string,
  stated: Sourced<LoginTrigger> | undefined,
  authentication: Authentication,
  authenticators: ReadonlyMap<string, Authenticator>,
  defaults: LoginDefaults,
  report: Report,
): Sourced<LoginTrigger> | undefined {
  if (authentication.kind === 'public') return undefined;
  const names = authentication.anyOf.flat().map(({ authenticator }) => authenticator);
  const first = names.find((name) => authenticators.get(name)?.login !== undefined);
  const trigger =
    stated ??
    (first === undefined ? names.map((name) => defaults.get(name)).find(isActive) : defaults.get(first));
  if (!isActive(trigger)) return undefined;
  if (first !== undefined || names.some((name) => !authenticators.has(name))) return trigger;
  report(diagnostic(loginMissing, trigger.at, { operation: title, trigger: trigger.value }));
  return undefined;
}

function isActive(trigger: Sourced<LoginTrigger> | undefined): trigger is Sourced<LoginTrigger> {
  return trigger !== undefined && trigger.value !== 'never';
}
