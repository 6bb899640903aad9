// Pictures to scale, and the scaling: with stb_image_resize2.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/picture.h"

namespace interleave::workloads {

class Gallery {
 public:
  static constexpr int thumbnail_side = 64;
  static constexpr int channels = 4;
  using Thumbnail = std::vector<std::uint8_t>;  // thumbnail_side squared pixels of `channels` bytes, row by row

  // Of pictures that are `side` pixels wide and high. They are made later, since a run in virtual time needs none.
  explicit Gallery(int side) : side_(side), pictures_(picture_count) {}

  // Makes pictures `begin` to before `end`, of picture_count. Until then they cannot be scaled.
  void make(int begin, int end);
  // Writes the rows from `begin` to before `end` of the thumbnail of picture `number`, modulo picture_count. Safe from
  // several threads where each has a thumbnail of its own.
  void scale(int number, int begin, int end, Thumbnail& out) const;

 private:
  int side_;
  std::vector<std::vector<std::uint8_t>> pictures_;
};

}  // namespace interleave::workloads
