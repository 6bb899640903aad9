#include "session/catalogue.h"

#include <cassert>

#include "explore/settings.h"
#include "live/settings.h"
#include "sim/settings.h"

namespace interleave::session {

Catalogue::Catalogue(std::span<const rt::Entry> entries)
    : entries_(entries), settings_{specs<live::Settings>(), specs<sim::Settings>(), specs<explore::Settings>()} {
  assert(!entries.empty());
}

const rt::Entry* Catalogue::find(std::string_view workload) const {
  for (const rt::Entry& entry : entries_) {
    if (entry.info.id == workload) return &entry;
  }
  return nullptr;
}

std::vector<std::string_view> Catalogue::ids() const {
  std::vector<std::string_view> out;
  for (const rt::Entry& entry : entries_) out.push_back(entry.info.id);
  return out;
}

}  // namespace interleave::session
