import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Finding } from './finding.ts';

const home = dirname(createRequire(import.meta.url).resolve('@cdklabs/cdk-validator-cfnguard/package.json'));

/** Programs that the package brings, by platform and architecture. */
const programs: Readonly<Record<string, string>> = {
  'linux x64': 'ubuntu/x86_64',
  'linux arm64': 'ubuntu/aarch64',
  'darwin x64': 'macos/x86_64',
  'darwin arm64': 'macos/aarch64',
};

/** cfn-guard; undefined where the package has none for this machine. */
export function guardProgram(): string | undefined {
  const folder = programs[`${process.platform} ${process.arch}`];
  const path = folder === undefined ? undefined : join(home, 'bin', folder, 'cfn-guard');
  return path !== undefined && existsSync(path) ? path : undefined;
}

/** Services whose rules of AWS Control Tower are asked. */
const services = [
  'apigateway',
  'certificatemanager',
  'cloudfront',
  'cloudwatch',
  'identityandaccessmanagement',
  'lambda',
  'waf',
];

/** What the rules of AWS Control Tower find in a template. */
export function checkByGuard(program: string, path: string): readonly Finding[] {
  const rules = services.flatMap((service) => [
    '--rules',
    join(home, 'rules/control-tower/cfn-guard', service),
  ]);
  const { stderr, stdout } = spawnSync(
    program,
    [
      'validate',
      '--data',
      path,
      ...rules,
      '--structured',
      '--show-summary',
      'none',
      '--output-format',
      'json',
    ],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  const reports: unknown = JSON.parse(stdout === '' ? `{"error":${JSON.stringify(stderr)}}` : stdout);
  if (!Array.isArray(reports)) throw new Error(`cfn-guard did not report: ${stdout || stderr}`);
  const found = new Map<string, Finding>();
  for (const { not_compliant } of reports as { not_compliant: readonly unknown[] }[])
    for (const rule of not_compliant)
      for (const finding of findingsIn(rule)) found.set(`${finding.rule} ${finding.resource}`, finding);
  return [...found.values()];
}

/** A rule names itself in the message that it carries for people, and resources in the paths that it went. */
function findingsIn(rule: unknown): readonly Finding[] {
  const texts = textsIn(rule);
  const said = texts.flatMap((text) => /\[(CT\.[A-Z0-9.]+)\]: ([^\n]+)/.exec(text) ?? []);
  const [, code = 'a rule without a name', message = ''] = said;
  const resources = texts.flatMap((text) => /^\/Resources\/([A-Za-z0-9]+)\//.exec(text)?.[1] ?? []);
  return [...new Set(resources)].map((resource) => ({ rule: code, resource, message }));
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
