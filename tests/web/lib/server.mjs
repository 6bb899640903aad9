// The built page behind the server that tools/play uses, on a free port.

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { serve } from '../../../tools/serve.mjs';

export const root = fileURLToPath(new URL('../../../', import.meta.url));
export const dist = process.env.INTERLEAVE_DIST ?? `${root}dist`;

// With `isolate` false it sends none of the headers that isolate a page, as a plain static host does.
export function startServer({ isolate = true } = {}) {
  if (!existsSync(`${dist}/index.html`)) throw new Error('dist is missing: run tools/play --build-only first');
  return serve({ root: dist, port: 0, ...(isolate ? {} : { headers: {} }) });
}
