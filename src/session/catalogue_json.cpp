#include "session/catalogue_json.h"

#include <algorithm>

#include "core/param_kinds.h"
#include "core/workload_info.h"
#include "session/host.h"

namespace interleave::session {
namespace {

// Values as they are written in URLs and flags.
Json json_of(const Need& need, std::span<const ParamSpec> specs) {
  Json out{{"key", need.key}};
  const auto other = std::ranges::find(specs, need.key, &ParamSpec::key);
  if (need.values.empty()) out["at_least"] = need.least;
  for (const std::int64_t value : need.values) out["values"].push_back(print_value(*other, value));
  out["reason"] = text_json(need.reason);
  return out;
}

Json json_of(const ParamSpec& spec, std::span<const ParamSpec> specs) {
  Json out{{"key", spec.key},
           {"label", text_json(spec.label)},
           {"hint", text_json(spec.hint)},
           {"kind", traits_of(spec.kind).key},
           {"min", spec.min},
           {"max", spec.max},
           {"primary", spec.primary}};
  // As a reader types it.
  if (spec.kind == ParamKind::duration) out["range"] = {print_value(spec, spec.min), print_value(spec, spec.max)};
  const bool is_text = spec.kind == ParamKind::text;
  if (is_text) out["lines"] = spec.text.lines;
  // A default as the number that min and max are (a text's are its bytes), and as it is written in URLs and flags.
  for (const Engine engine : all_engines) {
    const ParamValue value = spec.default_on(engine);
    const std::string written = print_value(spec, value);
    out["defaults"][std::string(key_of(engine))] = {{"value", is_text ? Json(written) : Json(value.number())},
                                                    {"text", written}};
  }
  for (const Need& need : spec.needs) out["needs"].push_back(json_of(need, specs));
  for (const Option& option : spec.options) {
    out["options"].push_back(
        {{"key", option.key}, {"label", text_json(option.label)}, {"hint", text_json(option.hint)}});
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
           {"title", text_json(info.title)},
           {"summary", text_json(info.summary)},
           {"try_next", text_json(info.try_next)},
           {"group", key_of(info.group)},
           {"engines", Json::array()},
           {"params", json_of(info.params)},
           {"presets", Json::array()}};
  if (!info.policy.empty()) out["policy"] = info.policy;
  for (const Engine engine : all_engines) {
    if (entry.start[static_cast<std::size_t>(engine)] != nullptr) out["engines"].push_back(key_of(engine));
  }
  for (const Preset& preset : info.presets) {
    Json values = Json::object();
    for (const auto& [key, value] : preset.values) values[std::string(key)] = value;
    out["presets"].push_back({{"key", preset.key},
                              {"label", text_json(preset.label)},
                              {"hint", text_json(preset.hint)},
                              {"engine", key_of(preset.engine)},
                              {"values", values}});
  }
  return out;
}

}  // namespace

Json catalogue_json(const Catalogue& catalogue) {
  Json out{{"format", json_format}, {"version", program_version}};
  for (const auto& language : languages)
    out["languages"].push_back({{"key", language.key}, {"name", language.own_name}});
  for (const Engine engine : all_engines) {
    out["engines"].push_back({{"key", key_of(engine)},
                              {"label", text_json(label_of(engine))},
                              {"settings", json_of(catalogue.settings(engine))}});
  }
  for (const Group group : groups) {
    out["groups"].push_back({{"key", key_of(group)}, {"title", text_json(title_of(group))}});
  }
  for (const rt::Entry& entry : catalogue.entries()) out["workloads"].push_back(json_of(entry));
  return out;
}

}  // namespace interleave::session
