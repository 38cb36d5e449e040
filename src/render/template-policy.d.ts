/** How every template is compiled; options of Handlebars' `precompile`. */
export const compileOptions: Readonly<Record<string, unknown>>;
