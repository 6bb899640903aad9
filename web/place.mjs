// Where the page's own files lie. The bundle joins modules into files of this folder, so that no module below it may
// ask for its own place.

export const here = new URL('./', import.meta.url);
// Above <version>/web/.
export const bundle = new URL('../../', import.meta.url);
