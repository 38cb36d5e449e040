import { Command, CommanderError, Option } from 'commander';
import type { BuildOptions } from './commands/build.ts';
import { exitCode } from './commands/exit-code.ts';
import type { ExplainOptions } from './commands/explain.ts';
import type { InitOptions } from './commands/init/init.ts';
import type { KeyOptions } from './commands/key/key.ts';
import type { Terminal } from './commands/terminal.ts';

declare const GWC_VERSION: string;

/** The only file that touches `process`. Each command is imported when it is chosen, so that `--help` costs little. */
const terminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  color: colorWanted(),
  workingDirectory: process.cwd(),
  environment: process.env,
  version: GWC_VERSION,
};

function colorWanted(): boolean {
  if ((process.env['NO_COLOR'] ?? '') !== '') return false;
  const forced = process.env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return process.stderr.isTTY === true;
}

const program = new Command('gwc')
  .description('Turns OpenAPI documents annotated with x-gateway into secured gateways.')
  .version(GWC_VERSION, '-V, --version', 'print the version')
  .helpOption('-h, --help', 'print help')
  .helpCommand('help [command]', 'print help for a command')
  .showSuggestionAfterError()
  .exitOverride()
  .configureOutput({ writeOut: terminal.out, writeErr: terminal.err });

/**
 * A write that reaches a built-in prototype throws from here on instead of changing every object of the process. Done
 * after the command's imports: some libraries patch themselves while they load (handlebars cannot load after it).
 */
function guardPrototypes(): void {
  for (const builtIn of [Object, Array, Map, Set, String, Function]) Object.freeze(builtIn.prototype);
}

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
const formatOption = () =>
  new Option('--format <format>', 'how findings are printed').choices(['pretty', 'json']).default('pretty');

/** Options of every command that reads documents. */
function reading(command: Command): Command {
  return command
    .option('--env <name>', 'apply an environment of the documents (build: several, separated by commas)')
    .option(
      '--config <file>',
      'the configuration that lists gateways (default: gwc.config.yaml, without documents)',
    )
    .option('--gateway <name>', 'one gateway of the configuration')
    .option('--overlay <file>', 'apply an OpenAPI Overlay (repeatable, in order)', collect)
    .option('--server <url>', 'the front door, where the document has a relative or templated server')
    .option(
      '--root <folder>',
      'references may not leave this folder (default: the git work tree, else the folder of the document)',
    )
    .option('--allow-relax-in <env>', 'an environment that may weaken guards (repeatable)', collect)
    .addOption(formatOption());
}

reading(program.command('build'))
  .description('compile documents into deployable configuration')
  .argument(
    '[spec...]',
    'OpenAPI documents; several make one gateway (default: the gateways of the configuration)',
  )
  .option('-t, --target <names>', 'targets, separated by commas (default: every target of the document)')
  .option('-o, --output <folder>', 'where to write', 'dist')
  .option('--all-envs', 'build every environment that the documents declare')
  .option('--check', 'write nothing; exit with 1 when the output is not up to date')
  .option('--resolve', 'ask issuers without jwks where their keys are, and pin the answers in gwc.lock.yaml')
  .option('--verify', 'also let the target itself test the result (runs nginx -t on a copy)')
  .option('--force', 'overwrite files that were edited by hand')
  .action(async (specs: string[], options: BuildOptions) => {
    const { build } = await import('./commands/build.ts');
    guardPrototypes();
    process.exitCode = await build(specs, options, terminal);
  });

reading(program.command('explain'))
  .description('say what answers a request and why, or what a finding or a field means')
  .argument('<subject...>', 'METHOD PATH [SPEC…], or the code of a finding, or a field of x-gateway')
  .action(async (subject: string[], options: ExplainOptions) => {
    const { explain } = await import('./commands/explain.ts');
    guardPrototypes();
    process.exitCode = await explain(subject, options, terminal);
  });

program
  .command('init')
  .description('write a first x-gateway block for a plain document, its blanks marked')
  .argument('<document>', 'an OpenAPI document')
  .option(
    '-o, --output <file>',
    'where to write the overlay (default: <document>.gateway.overlay.yaml beside it)',
  )
  .option('--in-place', 'insert the block into the document, which must be YAML; every other byte stays')
  .option('--stdout', 'print the overlay and write nothing')
  .option('--root <folder>', 'references may not leave this folder')
  .option('--force', 'replace a block or an overlay that is there')
  .addOption(
    new Option('--from <vendor>', 'also read what the extensions of another gateway say').choices(['aws']),
  )
  .action(async (document: string, options: InitOptions) => {
    const { init } = await import('./commands/init/init.ts');
    guardPrototypes();
    process.exitCode = await init(document, options, terminal);
  });

program
  .command('key')
  .description('make an API key and print its hash for the document')
  .option('--consumer <name>', 'the consumer that the key is for')
  .option('--hash', 'read a key from standard input and print its hash only')
  .addOption(formatOption())
  .action(async (options: KeyOptions) => {
    const { key } = await import('./commands/key/key.ts');
    process.exitCode = await key(options, process.stdin, terminal);
  });

program
  .command('targets')
  .description('print what each target can do')
  .addOption(formatOption())
  .action(async (options: { format: 'pretty' | 'json' }) => {
    const { targets } = await import('./commands/targets.ts');
    process.exitCode = targets(options.format, terminal);
  });

program
  .command('schema')
  .description('print the JSON Schema of x-gateway')
  .addOption(
    new Option('--facets', 'the schema of x-gateway on a path item or operation').conflicts('config'),
  )
  .option('--config', 'the schema of gwc.config.yaml')
  .action(async (options: { facets?: true; config?: true }) => {
    const { schema } = await import('./commands/schema.ts');
    process.exitCode = schema(
      options.config === true ? 'config' : options.facets === true ? 'facets' : 'root',
      terminal,
    );
  });

program
  .command('completion')
  .description('print a completion script')
  .argument('<shell>', 'bash, zsh or fish')
  .action(async (shell: string) => {
    const { completion } = await import('./commands/completion.ts');
    process.exitCode = completion(shell, program, terminal);
  });

async function main(): Promise<void> {
  try {
    await program.parseAsync(process.argv);
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? exitCode.fine : exitCode.usage;
      return;
    }
    terminal.err(
      `gwc: this is a bug in gwc, please report it with the document.\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exitCode = exitCode.bug;
  }
}

/** A reader that closes the pipe early (`| head`) is no error. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

await main();
