#version 300 es
// One rounded rectangle for each instance: four corners, made from the vertex number.
precision highp float;
precision highp int;

layout(location = 0) in vec4 edges;  // x0, x1, y0, y1 in device pixels from the view's top left
layout(location = 1) in float corner;
layout(location = 2) in uint style;

uniform vec2 view_size;
uniform vec4 style_color[16];
uniform vec4 style_ink[16];
uniform int style_texture[16];

out vec2 position;  // in device pixels from the rectangle's middle
flat out vec2 half_size;
flat out float radius;
flat out vec4 base;
flat out vec4 ink;
flat out int texture_kind;

void main() {
  vec2 pick = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  vec2 low = vec2(edges.x, edges.z);
  vec2 high = vec2(edges.y, edges.w);
  vec2 middle = (low + high) * 0.5;
  half_size = (high - low) * 0.5;
  // One pixel more on each side leaves room for a smooth edge.
  vec2 at = mix(low - 1.0, high + 1.0, pick);
  position = at - middle;
  radius = min(corner, min(half_size.x, half_size.y));
  base = style_color[style];
  ink = style_ink[style];
  texture_kind = style_texture[style];
  vec2 clip = at / view_size * 2.0 - 1.0;
  gl_Position = vec4(clip.x, -clip.y, 0.0, 1.0);
}
