#include "session/catalogue_json.h"

#include <algorithm>
#include <array>

#include "core/workload_info.h"
#include "session/host.h"
#include "session/run_json.h"

namespace interleave::session {
namespace {

constexpr std::array engines{Engine::live, Engine::simulate, Engine::explore};

Json json_of(Text text) { return {{"en", text.en}, {"ko", text.ko}}; }

std::string_view key_of(ParamKind kind) {
  switch (kind) {
    case ParamKind::integer: return "integer";
    case ParamKind::duration: return "duration";
    case ParamKind::choice: return "choice";
    case ParamKind::toggle: return "toggle";
  }
  return "";
}

std::string_view key_of(Group group) {
  switch (group) {
    case Group::processes: return "processes";
    case Group::threads_and_gil: return "threads-and-gil";
    case Group::shared_data: return "shared-data";
    case Group::structure: return "structure";
  }
  return "";
}

// Values as they are written in URLs and flags.
Json json_of(const Need& need, std::span<const ParamSpec> specs) {
  Json out{{"key", need.key}};
  const auto other = std::ranges::find(specs, need.key, &ParamSpec::key);
  if (need.values.empty()) out["at_least"] = need.least;
  for (const std::int64_t value : need.values) out["values"].push_back(print_value(*other, value));
  out["reason"] = json_of(need.reason);
  return out;
}

Json json_of(const ParamSpec& spec, std::span<const ParamSpec> specs) {
  Json out{{"key", spec.key},
           {"label", json_of(spec.label)},
           {"hint", json_of(spec.hint)},
           {"kind", key_of(spec.kind)},
           {"min", spec.min},
           {"max", spec.max},
           {"primary", spec.primary}};
  // A default as the number that min and max are, and as it is written in URLs and flags.
  for (const Engine engine : engines) {
    const std::int64_t value = spec.defaults[static_cast<std::size_t>(engine)];
    out["defaults"][std::string(interleave::key_of(engine))] = {{"value", value}, {"text", print_value(spec, value)}};
  }
  for (const Need& need : spec.needs) out["needs"].push_back(json_of(need, specs));
  for (const Option& option : spec.options) {
    out["options"].push_back({{"key", option.key}, {"label", json_of(option.label)}, {"hint", json_of(option.hint)}});
  }
  return out;
}

Json json_of(std::span<const ParamSpec> specs) {
  Json out = Json::array();
  for (const ParamSpec& spec : specs) out.push_back(json_of(spec, specs));
  return out;
}

Json json_of(const rt::Entry& entry) {
  const WorkloadInfo& info = entry.info;
  Json out{{"id", info.id},
           {"title", json_of(info.title)},
           {"summary", json_of(info.summary)},
           {"try_next", json_of(info.try_next)},
           {"group", key_of(info.group)},
           {"engines", Json::array()},
           {"params", json_of(info.params)},
           {"presets", Json::array()}};
  if (!info.policy.empty()) out["policy"] = info.policy;
  for (const Engine engine : engines) {
    if (entry.start[static_cast<std::size_t>(engine)] != nullptr) out["engines"].push_back(interleave::key_of(engine));
  }
  for (const Preset& preset : info.presets) {
    Json values = Json::object();
    for (const auto& [key, value] : preset.values) values[std::string(key)] = value;
    out["presets"].push_back({{"key", preset.key},
                              {"label", json_of(preset.label)},
                              {"hint", json_of(preset.hint)},
                              {"engine", interleave::key_of(preset.engine)},
                              {"values", values}});
  }
  return out;
}

}  // namespace

std::string catalogue_json(const Catalogue& catalogue) {
  Json out{{"format", json_format}, {"version", program_version}};
  for (const Engine engine : engines) {
    out["engines"].push_back({{"key", interleave::key_of(engine)},
                              {"label", json_of(label_of(engine))},
                              {"settings", json_of(catalogue.settings(engine))}});
  }
  for (const Group group : groups) {
    out["groups"].push_back({{"key", key_of(group)}, {"title", json_of(title_of(group))}});
  }
  for (const rt::Entry& entry : catalogue.entries()) out["workloads"].push_back(json_of(entry));
  return text_of(out);
}

}  // namespace interleave::session
