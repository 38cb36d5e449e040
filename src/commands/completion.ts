import type { Command } from 'commander';
import { exitCode } from './exit-code.ts';
import type { Terminal } from './terminal.ts';

interface Described {
  readonly name: string;
  readonly description: string;
  readonly options: readonly {
    readonly long: string;
    readonly description: string;
    readonly takesValue: boolean;
  }[];
}

/** Prints a completion script for one shell, made from the commands themselves so that it cannot go stale. */
export function completion(shell: string, program: Command, terminal: Terminal): number {
  const commands = program.commands.map(describe);
  const script = new Map([
    ['bash', bash],
    ['zsh', zsh],
    ['fish', fish],
  ]).get(shell);
  if (script === undefined) {
    terminal.err(`gwc: there is no completion for "${shell}"; choose bash, zsh or fish\n`);
    return exitCode.usage;
  }
  terminal.out(script(commands));
  return exitCode.fine;
}

function describe(command: Command): Described {
  return {
    name: command.name(),
    description: command.description(),
    options: command.options.flatMap((option) =>
      option.long === undefined
        ? []
        : [{ long: option.long, description: option.description, takesValue: option.required }],
    ),
  };
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

function bash(commands: readonly Described[]): string {
  const cases = commands.map(
    (one) => `    ${one.name}) words=${quoted(one.options.map((o) => o.long).join(' '))} ;;`,
  );
  return `_gwc() {
  local current="\${COMP_WORDS[COMP_CWORD]}" words=''
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=( $(compgen -W ${quoted([...commands.map((one) => one.name), '--help', '--version'].join(' '))} -- "$current") )
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
  case "$current" in
    -*) COMPREPLY=( $(compgen -W "$words" -- "$current") ) ;;
    *) COMPREPLY=( $(compgen -f -- "$current") ) ;;
  esac
}
complete -o filenames -F _gwc gwc
`;
}

function zsh(commands: readonly Described[]): string {
  const spec = (text: string): string => text.replace(/[[\]:\\]/g, '\\$&');
  const cases = commands.map((one) => {
    const options = one.options.map((o) =>
      quoted(`*${o.long}[${spec(o.description)}]${o.takesValue ? ':value:_files' : ''}`),
    );
    return `    ${one.name}) _arguments ${[...options, quoted('*:file:_files')].join(' ')} ;;`;
  });
  return `#compdef gwc
_gwc() {
  if (( CURRENT == 2 )); then
    local -a commands=(${commands.map((one) => quoted(`${one.name}:${spec(one.description)}`)).join(' ')})
    _describe command commands
    return
  fi
  local command="$words[2]"
  shift words
  (( CURRENT-- ))
  case "$command" in
${cases.join('\n')}
  esac
}
compdef _gwc gwc
`;
}

function fish(commands: readonly Described[]): string {
  const lines = commands.flatMap((one) => [
    `complete -c gwc -n __fish_use_subcommand -f -a ${one.name} -d ${quoted(one.description)}`,
    ...one.options.map(
      (o) =>
        `complete -c gwc -n '__fish_seen_subcommand_from ${one.name}' -l ${o.long.slice(2)}${o.takesValue ? ' -r' : ''} -d ${quoted(o.description)}`,
    ),
  ]);
  return `${lines.join('\n')}\n`;
}
