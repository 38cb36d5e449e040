/** Written by `node src/render/precompile-templates.js` from templates/. */
declare module '*/generated/templates.js' {
  export const templates: Readonly<Record<string, object>>;
  /** Files that are emitted as they are: path below templates/ → text. */
  export const constants: Readonly<Record<string, string>>;
}
