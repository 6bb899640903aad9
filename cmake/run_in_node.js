// Appended to our programs for Node: runs the module when it is the program that Node was started with.
// Its worker threads load the same file and must not.
import { isMainThread } from 'node:worker_threads';
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
if (isMainThread && process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await Module({ arguments: process.argv.slice(2), thisProgram: 'interleave' });
}
