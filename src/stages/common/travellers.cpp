#include "stages/common/travellers.h"

#include <string>

namespace interleave::stages {

void Travellers::draw(Ui& ui) const {
  constexpr float seconds = 0.24F;
  for (const Traveller& traveller : all_) {
    const std::string key = "traveller/" + std::to_string(run_) + "/" + std::to_string(traveller.item);
    const Rect place = traveller.place;
    const Rect now{ui.follow(key + "/x", place.x, seconds), ui.follow(key + "/y", place.y, seconds),
                   ui.follow(key + "/w", place.w, seconds), ui.follow(key + "/h", place.h, seconds)};
    ui.canvas.thumbnail(now, traveller.item, traveller.corner);
  }
}

}  // namespace interleave::stages
