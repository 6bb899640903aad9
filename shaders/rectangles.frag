#version 300 es
// Fills a rounded rectangle with a colour, and with a texture where a colour alone would carry the meaning.
precision highp float;
precision highp int;

in vec2 position;
flat in vec2 half_size;
flat in float radius;
flat in vec4 base;
flat in vec4 ink;
flat in int texture_kind;

uniform float device_scale;

out vec4 color;

const int stripes = 1;
const int dots = 2;
const int lines = 3;
const int frame = 4;

// Distance to the edge in device pixels, negative inside.
float outside() {
  vec2 q = abs(position) - half_size + radius;
  return min(max(q.x, q.y), 0.0) + length(max(q, 0.0)) - radius;
}

// How much of the texture's ink lies here, 0 to 1. Anchored to the screen, so that it does not crawl while zooming.
float inked(float edge) {
  vec2 at = gl_FragCoord.xy / device_scale;
  float blur = 0.7 / device_scale;
  if (texture_kind == stripes) {
    float wave = abs(fract((at.x + at.y) / 6.0) - 0.5) * 6.0 * 0.7071;
    return 1.0 - smoothstep(0.7 - blur, 0.7 + blur, wave);
  }
  if (texture_kind == dots) {
    vec2 cell = fract(at / 5.0) * 5.0 - 2.5;
    return 1.0 - smoothstep(1.0 - blur, 1.0 + blur, length(cell));
  }
  if (texture_kind == lines) {
    float wave = abs(fract(at.y / 4.0) - 0.5) * 4.0;
    return 1.0 - smoothstep(0.5 - blur, 0.5 + blur, wave);
  }
  if (texture_kind == frame) {
    // On a narrow rectangle the frame would be all there is.
    float roomy = smoothstep(3.0, 6.0, half_size.x / device_scale);
    return smoothstep(-1.5 * device_scale, -0.9 * device_scale, edge) * roomy;
  }
  return 0.0;
}

void main() {
  // Most pixels lie well inside a plain rectangle; where shading is done in software they should cost little.
  vec2 inside = half_size - abs(position);
  if (texture_kind == 0 && min(inside.x, inside.y) > max(radius, 1.0)) {
    color = base;
    return;
  }
  float edge = outside();
  // A rectangle narrower than a pixel covers only a part of it.
  float cover = clamp(0.5 - edge, 0.0, 1.0) * min(1.0, half_size.x * 2.0);
  float share = inked(edge) * ink.a;
  color = vec4(mix(base.rgb, ink.rgb, share), max(base.a, share) * cover);
}
