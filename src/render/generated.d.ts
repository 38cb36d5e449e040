/** Written by `node src/render/precompile-templates.js` from templates/. */
declare module '*/generated/templates.js' {
  export const templates: Readonly<Record<string, object>>;
}
