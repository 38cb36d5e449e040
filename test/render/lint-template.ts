import Handlebars from 'handlebars';
import { languageOf } from '../../src/render/render-template.ts';
import { flowFindings } from './template-flow.ts';

export interface TemplateFile {
  /** Path below templates/, with `.hbs`. */
  readonly file: string;
  readonly source: string;
}

/** What the lint knows of the project: the other templates, and the view types that exist. */
export interface Surroundings {
  readonly templates: ReadonlySet<string>;
  readonly viewTypes: ReadonlySet<string>;
}

type Statement = hbs.AST.Statement;
export type Complain = (node: { readonly loc: hbs.AST.SourceLocation }, message: string) => void;

const statementsOf = (program: hbs.AST.Program | undefined): readonly Statement[] => program?.body ?? [];

/**
 * What a template may be made of: text, comments, `{{path}}`, `if`, `unless` and `each` with one path, static partials.
 * Returns `file:line:column: message` for everything else, and for places where a token could be glued to other text.
 */
export function lintTemplate({ file, source }: TemplateFile, surroundings: Surroundings): readonly string[] {
  const found: string[] = [];
  const complain: Complain = (node, message) =>
    void found.push(`${file}:${node.loc.start.line}:${node.loc.start.column + 1}: ${message}`);
  let program: hbs.AST.Program;
  try {
    program = Handlebars.parse(source);
  } catch (error) {
    return [`${file}:1:1: ${error instanceof Error ? error.message : String(error)}`];
  }
  checkOpening(program, surroundings, complain);
  if (!source.endsWith('\n')) complain(program, 'a template ends with a line feed');
  if (/[\t\r]| $/m.test(source)) complain(program, 'tabs, carriage returns and trailing blanks are refused');
  if (source.includes('{{~') || source.includes('~}}')) complain(program, '"~" is refused');
  const name = file.replace(/\.hbs$/, '');
  for (const node of statementsOf(program)) checkStatement(node, name, surroundings, complain);
  if (found.length === 0) flowFindings(program, languageOf(name), complain);
  return found;
}

function checkOpening(program: hbs.AST.Program, { viewTypes }: Surroundings, complain: Complain): void {
  const first = program.body[0] as hbs.AST.CommentStatement | undefined;
  const named = first?.type === 'CommentStatement' ? /^\s*view: (\w+)\b/.exec(first.value)?.[1] : undefined;
  if (named === undefined) complain(program, 'a template opens with {{!-- view: <type> --}}');
  else if (!viewTypes.has(named)) complain(program, `there is no type "${named}"`);
}

function checkStatement(node: Statement, name: string, around: Surroundings, complain: Complain): void {
  switch (node.type) {
    case 'ContentStatement':
    case 'CommentStatement':
      return;
    case 'MustacheStatement':
      checkMustache(node as hbs.AST.MustacheStatement, complain);
      return;
    case 'BlockStatement':
      checkBlock(node as hbs.AST.BlockStatement, name, around, complain);
      return;
    case 'PartialStatement':
      checkPartial(node as hbs.AST.PartialStatement, name, around, complain);
      return;
    default:
      complain(node, `${node.type} is refused`);
  }
}

function checkMustache(node: hbs.AST.MustacheStatement, complain: Complain): void {
  if (!node.escaped) complain(node, 'a raw mustache is refused');
  if (node.params.length > 0 || node.hash !== undefined) complain(node, 'an inline helper is refused');
  checkPath(node.path, complain);
}

function checkBlock(
  node: hbs.AST.BlockStatement,
  name: string,
  around: Surroundings,
  complain: Complain,
): void {
  const helper = node.path.original;
  if (!['if', 'unless', 'each'].includes(String(helper))) complain(node, `the block "${helper}" is refused`);
  if (node.params.length !== 1 || node.hash !== undefined) complain(node, 'a block takes one path');
  if ((node.program?.blockParams?.length ?? 0) > 0) complain(node, 'block parameters are refused');
  for (const param of node.params) checkPath(param, complain);
  for (const inner of [...statementsOf(node.program), ...statementsOf(node.inverse)]) {
    checkStatement(inner, name, around, complain);
  }
}

function checkPartial(
  node: hbs.AST.PartialStatement,
  name: string,
  around: Surroundings,
  complain: Complain,
): void {
  if (node.params.length > 0 || node.hash !== undefined) complain(node, 'a partial takes no parameters');
  const partial = node.name.type === 'PathExpression' ? String(node.name.original) : undefined;
  if (partial === undefined) complain(node, 'a dynamic partial is refused');
  else if (!around.templates.has(partial)) complain(node, `there is no template "${partial}"`);
  else if (languageOf(partial) !== languageOf(name)) {
    complain(node, 'a partial is in the language of its template');
  }
}

function checkPath(node: hbs.AST.Node, complain: Complain): void {
  if (node.type !== 'PathExpression') {
    complain(node, `${node.type} is refused`);
    return;
  }
  const path = node as hbs.AST.PathExpression;
  if (path.data) complain(node, `"${path.original}" is refused: data variables are no part of a view`);
  // Every object has these names, so that `strict` would not notice a missing one.
  if (path.parts.some((part) => String(part) in {}))
    complain(node, `"${path.original}" is a name of every object`);
  if (['if', 'unless', 'each', 'lookup', 'log', 'with'].includes(path.original)) {
    complain(node, `"${path.original}" is a helper`);
  }
}
