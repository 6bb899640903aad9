// Reads the PNG files that Chromium writes: 8 bits a channel, RGB or RGBA, not interlaced.

import assert from 'node:assert/strict';
import { inflateSync } from 'node:zlib';

function paeth(left, up, corner) {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

export function decodePng(file) {
  const png = Buffer.from(file);
  assert.equal(png.readUInt32BE(0), 0x89504e47, 'not a PNG file');
  let width = 0;
  let height = 0;
  let channels = 0;
  const packed = [];
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    const data = png.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') {
      width = data.readUInt32BE(0);
      height = data.readUInt32BE(4);
      channels = { 2: 3, 6: 4 }[data[9]];
      assert.ok(data[8] === 8 && channels && data[12] === 0, 'a kind of PNG file that is not read here');
    }
    if (type === 'IDAT') packed.push(data);
    at += length + 12;
  }
  const raw = inflateSync(Buffer.concat(packed));
  const stride = width * channels;
  const pixels = new Uint8Array(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)];
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x;
      const left = x >= channels ? pixels[at - channels] : 0;
      const up = y > 0 ? pixels[at - stride] : 0;
      const corner = x >= channels && y > 0 ? pixels[at - stride - channels] : 0;
      const predicted = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
      pixels[at] = raw[y * (stride + 1) + 1 + x] + predicted;
    }
  }
  return { width, height, channels, pixels };
}

// Counts of the colours in an image, "r,g,b" each, the most frequent first.
export function colours({ pixels, channels }) {
  const counts = new Map();
  for (let at = 0; at < pixels.length; at += channels) {
    const key = (pixels[at] << 16) | (pixels[at + 1] << 8) | pixels[at + 2];
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])
    .map(([key, count]) => ({ rgb: [key >> 16, (key >> 8) & 255, key & 255], share: count / (pixels.length / channels) }));
}
