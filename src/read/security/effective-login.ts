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

interface LoginContext {
  readonly authenticators: ReadonlyMap<string, Authenticator>;
  readonly loginDefaults: LoginDefaults;
}

/**
 * When an operation redirects people to a login page: its own trigger, else that of the first authenticator, in order
 * of alternatives, that has a login page. Undefined when it never does; public operations have nothing to log in to.
 */
export function effectiveLogin(
  title: string,
  stated: Sourced<LoginTrigger> | undefined,
  authentication: Authentication,
  { authenticators, loginDefaults: defaults }: LoginContext,
  report: Report,
): Sourced<LoginTrigger> | undefined {
  if (authentication.kind === 'public') return undefined;
  const names = authentication.anyOf.flat().map(({ authenticator }) => authenticator);
  const first = names.find((name) => authenticators.get(name)?.login !== undefined);
  const trigger = stated ?? (first === undefined ? undefined : defaults.get(first));
  if (!isActive(trigger)) return undefined;
  if (first !== undefined || names.some((name) => !authenticators.has(name))) return trigger;
  report(diagnostic(loginMissing, trigger.at, { subject: title, trigger: trigger.value }));
  return undefined;
}

/** Reports an authenticator that says when to redirect and has no page to redirect to. */
export function checkLogin(
  { name, login }: Authenticator,
  when: Sourced<LoginTrigger> | undefined,
  report: Report,
): void {
  if (login !== undefined || !isActive(when)) return;
  const subject = `The authenticator "${name}"`;
  report(diagnostic(loginMissing, when.at, { subject, trigger: when.value }));
}

function isActive(trigger: Sourced<LoginTrigger> | undefined): trigger is Sourced<LoginTrigger> {
  return trigger !== undefined && trigger.value !== 'never';
}
