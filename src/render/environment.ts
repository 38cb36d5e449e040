import { handlebars } from './handlebars.ts';

/** A template that can be rendered: the view goes in, the text as laid out comes out. */
export type Render = (view: unknown) => string;

interface BlockOptions {
  readonly fn: (context: unknown, options?: object) => string;
  readonly inverse: (context: unknown, options?: object) => string;
  readonly name: string;
}

/**
 * The one Handlebars environment over precompiled templates. Every template is a partial too, under its own name.
 * `if` and `unless` demand a boolean, `each` an array: Handlebars' own ones take a missing name for false or empty,
 * whatever `strict` says. No other helper exists.
 */
export function templateEnvironment(specs: Readonly<Record<string, object>>): (name: string) => Render {
  const environment = handlebars.create();
  for (const builtIn of Object.keys(environment.helpers)) environment.unregisterHelper(builtIn);
  environment.registerHelper('if', function (this: unknown, flag: unknown, options: BlockOptions) {
    return isFlag(flag, 'if') ? options.fn(this) : options.inverse(this);
  });
  environment.registerHelper('unless', function (this: unknown, flag: unknown, options: BlockOptions) {
    return isFlag(flag, 'unless') ? options.inverse(this) : options.fn(this);
  });
  environment.registerHelper('each', function (this: unknown, list: unknown, options: BlockOptions) {
    if (!Array.isArray(list)) throw new TypeError(`{{#each}} needs an array, not ${typeof list}`);
    return list.length === 0 ? options.inverse(this) : list.map((item) => options.fn(item)).join('');
  });
  const compiled = new Map<string, Render>();
  for (const name of Object.keys(specs)) {
    const spec = specs[name];
    if (spec === undefined) continue;
    const render = environment.template(spec);
    compiled.set(name, render);
    environment.registerPartial(name, render);
  }
  return (name) => {
    const render = compiled.get(name);
    if (render === undefined) throw new Error(`there is no template "${name}"`);
    return render;
  };
}

function isFlag(flag: unknown, helper: string): boolean {
  if (typeof flag !== 'boolean') throw new TypeError(`{{#${helper}}} needs a boolean, not ${typeof flag}`);
  return flag;
}
