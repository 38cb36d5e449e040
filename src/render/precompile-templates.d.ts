/** The text of src/generated/templates.js for a folder of templates. */
export function templatesModule(folder: string): string;
