import type { Language } from '../../src/render/token.ts';
import type { Complain } from './lint-template.ts';

type Nodes = readonly hbs.AST.Statement[];

/** Stands for text that is not known here: a token, or a partial's. */
const TOKEN = 'a mustache';
const PARTIAL = 'a partial';
const EDGE = 'the edge of the template';

/**
 * Finds mustaches that are not whole lexical units: inside quotes, comments or code, or glued to other text whichever way
 * blocks are taken. A token carries its own quoting, so it must begin and end where a token of the language can.
 */
export function flowFindings(program: hbs.AST.Program, language: Language, complain: Complain): void {
  const lexer = language === 'markdown' ? markdownState : wordState;
  checkLexing(program.body, lexer, complain, { state: 'plain' });
  checkNeighbours(program.body, new Set([EDGE]), new Set([EDGE]), language, complain);
}

type State = 'plain' | 'quotes' | 'comment' | 'code';
type Lexer = (text: string, state: State) => State;

/** nginx and Dockerfile: quotes open where a word begins, comments run to the end of their line. */
const wordState: Lexer = (text, from) => {
  let state = from;
  let mark = '';
  for (let i = 0; i < text.length; i += 1) {
    const one = text[i] ?? '';
    const begins = i === 0 || /[\s;{}]/.test(text[i - 1] ?? '');
    if (state === 'comment') state = one === '\n' ? 'plain' : state;
    else if (state === 'quotes') {
      if (one === '\\') i += 1;
      else if (one === mark) state = 'plain';
    } else if (begins && (one === '"' || one === "'")) {
      state = 'quotes';
      mark = one;
    } else if (begins && one === '#') state = 'comment';
  }
  return state;
};

/** Markdown: code spans and fences, both made of backticks. */
const markdownState: Lexer = (text, from) =>
  ((text.match(/`+/g)?.length ?? 0) % 2 === 0) === (from === 'plain') ? 'plain' : 'code';

function checkLexing(nodes: Nodes, lexer: Lexer, complain: Complain, at: { state: State }): void {
  for (const node of nodes) {
    if (node.type === 'ContentStatement')
      at.state = lexer((node as hbs.AST.ContentStatement).value, at.state);
    else if (node.type !== 'CommentStatement' && at.state !== 'plain') {
      complain(node, `a tag inside ${at.state} is refused`);
    }
    if (node.type !== 'BlockStatement') continue;
    const block = node as hbs.AST.BlockStatement;
    for (const body of [block.program, block.inverse]) {
      checkLexing(body?.body ?? [], lexer, complain, at);
      if (at.state !== 'plain') complain(node, `a block that ends inside ${at.state} is refused`);
      at.state = 'plain';
    }
  }
}

function checkNeighbours(
  nodes: Nodes,
  before: ReadonlySet<string>,
  after: ReadonlySet<string>,
  language: Language,
  complain: Complain,
): void {
  nodes.forEach((node, index) => {
    const left = edge(nodes.slice(0, index), 'last', before);
    const right = edge(nodes.slice(index + 1), 'first', after);
    if (node.type === 'MustacheStatement') {
      for (const one of left)
        if (!mayPrecede(one, language)) complain(node, `a token after "${one}" is refused`);
      for (const one of right)
        if (!mayFollow(one, language)) complain(node, `a token before "${one}" is refused`);
    }
    if (node.type !== 'BlockStatement') return;
    const block = node as hbs.AST.BlockStatement;
    const again = (block.path as hbs.AST.PathExpression).original === 'each';
    for (const body of [block.program?.body ?? [], block.inverse?.body ?? []]) {
      const repeats = again && body === block.program?.body;
      const outerLeft = repeats ? new Set([...left, ...edge(body, 'last', left)]) : left;
      const outerRight = repeats ? new Set([...right, ...edge(body, 'first', right)]) : right;
      checkNeighbours(body, outerLeft, outerRight, language, complain);
    }
  });
}

/** The characters that can come first or last in what the nodes print; `outer` where they may print nothing. */
function edge(nodes: Nodes, end: 'first' | 'last', outer: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const node of end === 'first' ? nodes : [...nodes].reverse()) {
    if (node.type === 'MustacheStatement') return found.add(TOKEN);
    if (node.type === 'PartialStatement') return found.add(PARTIAL);
    if (node.type === 'ContentStatement') {
      const text = (node as hbs.AST.ContentStatement).value;
      const one = end === 'first' ? text[0] : text.at(-1);
      if (one !== undefined) return found.add(one);
    }
    if (node.type === 'BlockStatement') {
      const block = node as hbs.AST.BlockStatement;
      const nothing = new Set(['']);
      const inner = [block.program?.body ?? [], block.inverse?.body ?? []].map((body) =>
        edge(body, end, nothing),
      );
      for (const set of inner) for (const one of set) if (one !== '') found.add(one);
      if (!inner.some((set) => set.has(''))) return found;
    }
  }
  for (const one of outer) found.add(one);
  return found;
}

function mayPrecede(one: string, language: Language): boolean {
  if (one === EDGE || one === ' ' || one === '\n') return true;
  return language === 'markdown' && /^[^\w\\<&`'"=[\]]$/.test(one);
}

function mayFollow(one: string, language: Language): boolean {
  if (one === EDGE || one === ' ' || one === '\n') return true;
  return language === 'markdown' ? /^[^\w`]$/.test(one) : language === 'nginx' && one === ';';
}
