// Turns ajv's stand-alone code into a module that needs nothing at run time and stops after a thousand findings.
//
// Every union has been rewritten (narrow.js), so an error that the code creates is final: it goes to one list instead
// of being copied from list to list at every level, which is quadratic on a document that is wrong throughout.

const LIMIT = 1000;

const RUNTIME = `
let findings = [];
class Enough extends Error {}
function found(instancePath, mistake, params = mistake.params, propertyName) {
  findings.push({ ...mistake, instancePath, params, propertyName });
  if (findings.length >= ${LIMIT}) throw new Enough();
}
function escape(key) {
  return key.includes('~') || key.includes('/') ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key;
}
function run(check, value) {
  findings = [];
  try {
    check(value, '');
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
    return { errors: findings, complete: false };
  }
  return { errors: findings, complete: true };
}
`;

/** One string argument in place of a context object, and escapes only where a name needs them. */
function passPathOnly(code) {
  return code
    .replace(/\{instancePath="", parentData, parentDataProperty, rootData=data\}=\{\}/g, 'instancePath')
    .replace(/\{instancePath:(.*?),parentData:.*?,rootData\}/g, '$1')
    .replaceAll('{instancePath,parentData,parentDataProperty,rootData}', 'instancePath')
    .replace(/(\w+)\.replace\(\/~\/g, "~0"\)\.replace\(\/\\\/\/g, "~1"\)/g, 'escape($1)')
    .replace(/^validate\d+\.errors = .*$/gm, '');
}

/**
 * The call that reports an error. What is known beforehand stands in a table: functions stay small, and small functions
 * run fast before they are compiled, which is most of the time of a program that reads one document.
 */
function reportOf(error, name, mistakes) {
  const parts =
    /^\{instancePath(?::(.*?))?,schemaPath:"#(.*?)",keyword:(".*?"),params:(\{.*?\})(?:,propertyName:(\w+))?\}$/.exec(
      error,
    );
  if (parts === null) throw new Error(`an error that is not understood: ${error}`);
  const [, path = 'instancePath', place, keyword, params, propertyName] = parts;
  const isFixed = !/\b(key|missing)\d+\b/.test(params);
  const number = mistakes.length;
  mistakes.push(`{schemaPath:"${name}#${place}",keyword:${keyword},params:${isFixed ? params : '{}'}}`);
  const dynamic =
    isFixed && propertyName === undefined ? '' : `,${isFixed ? 'undefined' : params},${propertyName}`;
  return `found(${path},MISTAKES[${number}]${dynamic})`;
}

/** Moves every error into the common list, named after the definition that found it. */
function rewriteFunction(text, name, mistakes) {
  return text
    .replace(
      /const (err\d+) = (\{.*\});\nif\(vErrors === null\)\{\nvErrors = \[\1\];\n\}\nelse \{\nvErrors\.push\(\1\);\n\}\nerrors\+\+;/g,
      (_whole, _name, error) => {
        // Inside a condition ajv makes empty errors; a failed branch and a wrong name have reported their own.
        if (error === '{}' || /keyword:"(if|propertyNames)"/.test(error)) return 'errors++;';
        return `${reportOf(error, name, mistakes)};errors++;`;
      },
    )
    .replace(/^vErrors = vErrors === null \? .*\.concat\(.*\);\nerrors = vErrors\.length;$/gm, 'errors++;');
}

/** `names` are the exported checks. */
export function collectFindings(code, names) {
  const bodies = code.replace('"use strict";', '').split(/^(?=function validate\d+\()/m);
  const mistakes = [];
  const rewritten = bodies.map((body) => {
    const name = /# sourceURL="([^"]+)"/.exec(body)?.[1];
    return name === undefined ? body : rewriteFunction(body, name, mistakes);
  });
  const text = passPathOnly(rewritten.join('')).replace(
    /^export const (\w+) = (validate\d+);$/gm,
    'const check_$1 = $2;',
  );
  const left = /vErrors\.(push|concat)|= \[err\d+\]|require\(|parentData|\.evaluated/.exec(text);
  if (left !== null)
    throw new Error(`generated code that is not understood: ${text.substr(left.index - 300, 600)}`);
  const exported = names.map((name) => `export const ${name} = (value) => run(check_${name}, value);`);
  return [RUNTIME, text, `const MISTAKES = [${mistakes.join(',\n')}];`, ...exported].join('\n');
}
