// Pictures of items that go from place to place: each is drawn on its way to where it belongs now.
#pragma once

#include <cstdint>
#include <vector>

#include "stages/common/view.h"
#include "view/kit/ui.h"

namespace interleave::stages {

class Travellers {
 public:
  // Of this run: the items of another one, which may have the same numbers, come from nowhere.
  explicit Travellers(std::uint64_t run) : run_(run) {}

  // Where the item belongs in this frame.
  void add(Rect place, std::int64_t item, float corner) { all_.push_back({place, item, corner}); }
  // Above all that has been drawn; once in a frame.
  void draw(Ui& ui) const;

 private:
  struct Traveller {
    Rect place;
    std::int64_t item;
    float corner;
  };

  std::uint64_t run_;
  std::vector<Traveller> all_;
};

}  // namespace interleave::stages
