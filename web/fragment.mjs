// Long texts of an address stand in its fragment: servers never see it, so none cuts it off or refuses it.
//
//   #t=DATA   a query of keys and texts: UTF-8, compressed (RFC 1951, "deflate-raw"), in base64url without padding
//   #q=QUERY  the same query as it stands, made where nothing can wait for a compressor, or where there is none
//
// A fragment that begins otherwise is not ours, and passed over. What is in the fragment reads like the address's query
// continued; docs/embedding.md tells pages that embed the playground.

// A value of more letters, as a query writes it, goes into the fragment.
export const longest = 300;
// As much is read of a fragment, once decompressed: what the program reads of an address (session/key_values.h).
export const most = 65536;

function able() {
  try {
    return Boolean(new CompressionStream('deflate-raw') && new DecompressionStream('deflate-raw'));
  } catch {
    return false;
  }
}

// Its keys and values, apart by length.
export function split(query) {
  const short = new URLSearchParams();
  const long = new URLSearchParams();
  for (const [key, value] of new URLSearchParams(query)) {
    (encodeURIComponent(value).length > longest ? long : short).append(key, value);
  }
  return { short: short.toString(), long: long.toString() };
}

async function through(bytes, stream, limit) {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const parts = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > limit) {
      reader.cancel().catch(() => {});
      throw new RangeError(String(limit));
    }
    parts.push(value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

function toBase64url(bytes) {
  let letters = '';
  for (const byte of bytes) letters += String.fromCharCode(byte);
  return btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64url(text) {
  if (!/^[\w-]*$/.test(text)) throw new SyntaxError('not base64url');
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
}

// "?...", and behind it the fragment where there is a long text: at once, or compressed.
export function plainAddress(query) {
  const { short, long } = split(query);
  return long ? `?${short}#q=${long}` : `?${short}`;
}

export async function shortAddress(query) {
  const { short, long } = split(query);
  if (!long || !able()) return plainAddress(query);
  const bytes = await through(new TextEncoder().encode(decoded(long)), new CompressionStream('deflate-raw'), Infinity);
  return `?${short}#t=${toBase64url(bytes)}`;
}

// What is compressed: letters themselves take less room than their "%XX". A query again for whoever reads it, since
// only what parts a query is written as "%XX".
function decoded(query) {
  const written = (text) => text.replace(/[%&=+#]/g, encodeURIComponent);
  return [...new URLSearchParams(query)].map(([key, value]) => `${written(key)}=${written(value)}`).join('&');
}

// Whether a fragment has texts.
export const isText = (fragment) => /^#[qt]=/.test(fragment);

// The whole query of an address, and which of page's messages tells what is wrong with its fragment, or null. What
// stands in the query is there in any case.
export async function wholeQuery(search, fragment) {
  const query = search.replace(/^\?/, '');
  const joined = (more) => [query, new URLSearchParams(more).toString()].filter(Boolean).join('&');
  try {
    const [, form, data] = /^#([qt])=(.*)$/s.exec(fragment) ?? [];
    if (!form) return { query, wrong: null };
    if (form === 'q') {
      if (data.length > most) return { query, wrong: 'fragmentTooLong' };
      return { query: joined(data), wrong: null };
    }
    if (!able()) return { query, wrong: 'fragmentUnreadable' };
    const bytes = await through(fromBase64url(data), new DecompressionStream('deflate-raw'), most);
    return { query: joined(new TextDecoder('utf-8', { fatal: true }).decode(bytes)), wrong: null };
  } catch (error) {
    return { query, wrong: error instanceof RangeError ? 'fragmentTooLong' : 'fragmentDamaged' };
  }
}
