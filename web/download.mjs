// The program's download, with the bytes counted as they come.

export class DownloadError extends Error {}

// A file's length before any compression on the way, or null where nobody says.
async function lengthOf(url, response) {
  try {
    const sizes = await (await fetch(new URL('../files.json', import.meta.url))).json();
    const size = sizes[new URL(url).pathname.split('/').pop()];
    if (size > 0) return size;
  } catch {
    // Somebody serves the program without our list of sizes.
  }
  const compressed = response.headers.get('content-encoding');
  const length = Number(response.headers.get('content-length'));
  return !compressed && length > 0 ? length : null;
}

// Downloads and compiles. `progress(bytes, total)` is told, with total null where the length is not known;
// `downloaded()` once all bytes are here. Throws DownloadError where the bytes did not come, and whatever the
// browser throws where it could not compile them. An aborted download tells nothing more.
export async function downloadModule(url, { progress, downloaded, signal }) {
  let response;
  try {
    response = await fetch(url, { signal });
  } catch (error) {
    throw new DownloadError(error.message);
  }
  if (!response.ok) throw new DownloadError(`${response.status} ${response.statusText}`.trim());
  const total = await lengthOf(url, response);
  signal.throwIfAborted();

  let bytes = 0;
  let broken = null;
  progress(0, total);
  const reader = response.body.getReader();
  const counted = new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        signal.throwIfAborted();
        if (done) {
          downloaded();
          return controller.close();
        }
        bytes += value.byteLength;
        progress(bytes, total);
        controller.enqueue(value);
      } catch (error) {
        broken = new DownloadError(error.message);
        controller.error(broken);
      }
    },
  });
  try {
    const body = new Response(counted, { headers: { 'content-type': 'application/wasm' } });
    if (WebAssembly.compileStreaming) return await WebAssembly.compileStreaming(body);
    return await WebAssembly.compile(await body.arrayBuffer());
  } catch (error) {
    throw broken ?? error;
  }
}
