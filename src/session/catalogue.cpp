#include "session/catalogue.h"

#include <algorithm>
#include <cassert>

#include "explore/settings.h"
#include "live/settings.h"
#include "sim/settings.h"

namespace interleave::session {
namespace {

void begin_with(std::vector<ParamSpec>& settings, std::string_view policy) {
  const auto spec = std::ranges::find(settings, "policy", &ParamSpec::key);
  assert(spec != settings.end());
  const Result<ParamValue> value = parse_value(*spec, policy);
  assert(value && "a workload begins with a policy that there is not");
  spec->defaults[static_cast<std::size_t>(Engine::simulate)] = value.value().number();
}

}  // namespace

Catalogue::Catalogue(std::span<const rt::Entry> entries)
    : entries_(entries), settings_{specs<live::Settings>(), specs<sim::Settings>(), specs<explore::Settings>()} {
  assert(!entries.empty());
  for (const rt::Entry& entry : entries) {
    simulated_.push_back(settings_[static_cast<std::size_t>(Engine::simulate)]);
    if (!entry.info.policy.empty()) begin_with(simulated_.back(), entry.info.policy);
    PerEngine<PresetChoice>& choices = presets_.emplace_back();
    for (const Preset& preset : entry.info.presets) {
      choices[static_cast<std::size_t>(preset.engine)].options.push_back({preset.key, preset.label, preset.hint});
    }
  }
  for (PerEngine<PresetChoice>& of_workload : presets_) {
    for (PresetChoice& one : of_workload) {
      if (one.options.size() < 2) continue;
      one.spec = choice(preset_key, {"Presets", "프리셋"},
                        {"The same workload in several ways, side by side.", "같은 작업을 여러 방식으로 나란히 본다."},
                        one.options, {0, 0, 0});
    }
  }
}

const ParamSpec* Catalogue::presets(std::string_view workload, Engine engine) const {
  for (std::size_t at = 0; at < entries_.size(); ++at) {
    const PresetChoice& found = presets_[at][static_cast<std::size_t>(engine)];
    if (entries_[at].info.id == workload && found.spec) return &*found.spec;
  }
  return nullptr;
}

std::span<const ParamSpec> Catalogue::settings(Engine engine, std::string_view workload) const {
  for (std::size_t at = 0; at < entries_.size() && engine == Engine::simulate; ++at) {
    if (entries_[at].info.id == workload) return simulated_[at];
  }
  return settings(engine);
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
