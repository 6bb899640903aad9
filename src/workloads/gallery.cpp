#include "workloads/gallery.h"

#include <cassert>

#include <stb_image_resize2.h>

namespace interleave::workloads {

void Gallery::make(int begin, int end) {
  for (int number = begin; number < end; ++number) {
    std::vector<std::uint8_t>& picture = pictures_[static_cast<std::size_t>(number)];
    picture.reserve(static_cast<std::size_t>(side_) * static_cast<std::size_t>(side_) * channels);
    for (int y = 0; y < side_; ++y) {
      for (int x = 0; x < side_; ++x) {
        const auto side = static_cast<float>(side_);
        const auto color = picture_at(number, static_cast<float>(x) / side, static_cast<float>(y) / side);
        picture.insert(picture.end(), color.begin(), color.end());
        picture.push_back(255);
      }
    }
  }
}

void Gallery::scale(int number, int begin, int end, Thumbnail& out) const {
  const std::vector<std::uint8_t>& picture = pictures_[static_cast<std::size_t>(number % picture_count)];
  assert(!picture.empty() && "a picture is made before it is scaled");
  constexpr int row = thumbnail_side * channels;
  out.resize(static_cast<std::size_t>(thumbnail_side) * row);
  STBIR_RESIZE resize;
  stbir_resize_init(&resize, picture.data(), side_, side_, side_ * channels, out.data(), thumbnail_side, thumbnail_side,
                    row, STBIR_4CHANNEL, STBIR_TYPE_UINT8);
  stbir_set_pixel_subrect(&resize, 0, begin, thumbnail_side, end - begin);
  stbir_resize_extended(&resize);
}

}  // namespace interleave::workloads
