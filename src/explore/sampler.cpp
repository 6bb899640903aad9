#include "explore/sampler.h"

#include <algorithm>
#include <cmath>

namespace interleave::explore {

void Sampler::next() {
  drawn_ += every_;
  rng_ = Rng::stream(seed_, drawn_);
  walk_.begin();
  choices_ = 0;
  priorities_.clear();
  if (how_ == Sampling::pct) draw_change_points();
  while (!walk_.enabled().empty() && !walk_.too_long()) {
    walk_.take(pick(), NoNotices{});
    ++choices_;
  }
  most_choices_ = std::max(most_choices_, choices_);
  most_threads_ = std::max(most_threads_, walk_.machine().threads().size() - 1);
  ending_ = walk_.result();
}

// How long it will be is not known before: as long as the longest so far.
void Sampler::draw_change_points() {
  change_points_.clear();
  for (std::uint32_t at = 1; at < depth_; ++at) {
    change_points_.push_back(rng_.below(static_cast<std::uint32_t>(most_choices_)) + std::uint64_t{1});
  }
}

// Above all those that threads are lowered to, and a different one for each thread but for one case in 2^31.
std::uint64_t Sampler::priority_of(std::uint32_t thread) {
  if (thread >= priorities_.size()) priorities_.resize(thread + 1, 0);
  std::uint64_t& own = priorities_[thread];
  if (own == 0) own = depth_ + std::uint64_t{1} + rng_.below(1U << 31U);
  return own;
}

sim::Thread& Sampler::pick() {
  const auto enabled = walk_.enabled();
  if (how_ == Sampling::uniform) return *enabled[rng_.below(static_cast<std::uint32_t>(enabled.size()))];
  // The order in which priorities are drawn must not depend on the machine's list.
  names_.clear();
  for (const sim::Thread* thread : enabled) names_.push_back(walk_.name(*thread));
  std::ranges::sort(names_);
  const auto highest = [&] {
    return *std::ranges::max_element(names_, {}, [this](std::uint32_t name) { return priority_of(name); });
  };
  for (const std::uint32_t name : names_) static_cast<void>(priority_of(name));
  std::uint32_t chosen = highest();
  for (std::size_t at = 0; at < change_points_.size(); ++at) {
    if (change_points_[at] != choices_ + 1) continue;
    priorities_[chosen] = depth_ - 1 - at;
    chosen = highest();
  }
  return *walk_.able(chosen);
}

double Sampler::guarantee() const {
  return 1.0 / (static_cast<double>(most_threads_) * std::pow(static_cast<double>(most_choices_), depth_ - 1.0));
}

}  // namespace interleave::explore
