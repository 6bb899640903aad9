#include "session/setup.h"

#include <algorithm>
#include <cassert>

#include "core/param_kinds.h"
#include "core/workload_info.h"

namespace interleave::session {
namespace {

constexpr std::string_view replay_key = "replay";

std::size_t place_of(std::span<const ParamSpec> specs, std::string_view key) {
  return static_cast<std::size_t>(std::ranges::find(specs, key, &ParamSpec::key) - specs.begin());
}

// Whether a value that was chosen for one engine suits another, whose default is another: numbers of one order of
// magnitude, and every text.
bool alike(const ParamSpec& spec, const ParamValue& one, const ParamValue& other) {
  if (spec.kind == ParamKind::text) return true;
  const auto [least, most] = std::minmax({one.number(), other.number()});
  return most < 10 * std::max<std::int64_t>(least, 1);
}

}  // namespace

Setup Catalogue::setup(std::string_view workload, Engine engine) const {
  const rt::Entry* entry = find(workload);
  assert(entry != nullptr && "the workload is not in the catalogue");
  return {*this, *entry, engine};
}

Setup::Setup(const Catalogue& catalogue, const rt::Entry& entry, Engine engine)
    : catalogue_(&catalogue),
      entry_(&entry),
      engine_(engine),
      params_(defaults(entry.info.params, engine)),
      settings_(defaults(setting_specs(), engine)) {}

std::vector<ParamSpec> Setup::sweepable() const {
  std::vector<ParamSpec> out;
  const auto add = [&](const ParamSpec& spec) {
    if (spec.kind != ParamKind::text) out.push_back(spec);
  };
  std::ranges::for_each(workload().params, add);
  std::ranges::for_each(setting_specs(), add);
  if (const ParamSpec* choice = presets()) out.push_back(*choice);
  return out;
}

const ParamSpec* Setup::spec(std::string_view key) const {
  for (const std::span<const ParamSpec> specs : {std::span(workload().params), setting_specs()}) {
    if (const std::size_t at = place_of(specs, key); at < specs.size()) return &specs[at];
  }
  return nullptr;
}

const ParamValue* Setup::find(std::string_view key) const {
  const std::vector<ParamSpec>& params = workload().params;
  if (const std::size_t at = place_of(params, key); at < params.size()) return &params_[at];
  const std::span<const ParamSpec> settings = setting_specs();
  if (const std::size_t at = place_of(settings, key); at < settings.size()) return &settings_[at];
  return nullptr;
}

std::optional<ParamValue> Setup::value(std::string_view key) const {
  const ParamValue* found = find(key);
  return found == nullptr ? std::nullopt : std::optional(*found);
}

const Need* Setup::unmet(std::string_view key) const {
  const std::vector<ParamSpec>& params = workload().params;
  if (const std::size_t at = place_of(params, key); at < params.size()) return unmet_need(params, params_, at);
  const std::span<const ParamSpec> settings = setting_specs();
  const std::size_t at = place_of(settings, key);
  return at < settings.size() ? unmet_need(settings, settings_, at) : nullptr;
}

bool Setup::set(std::string_view key, const ParamValue& value) {
  if (key == Catalogue::preset_key) {
    const ParamSpec* choice = presets();
    if (choice == nullptr || !check_value(*choice, value)) return false;
    params_ = preset(choice->options[static_cast<std::size_t>(value.number())].key).params_;
    return true;
  }
  const ParamSpec* declared = spec(key);
  if (declared == nullptr || !check_value(*declared, value)) return false;
  const std::size_t at = place_of(workload().params, key);
  (at < params_.size() ? params_[at] : settings_[place_of(setting_specs(), key)]) = value;
  return true;
}

Setup Setup::on(Engine engine) const {
  Setup out(*catalogue_, *entry_, engine);
  const std::vector<ParamSpec>& specs = workload().params;
  for (std::size_t at = 0; at < specs.size(); ++at) {
    const ParamValue before = specs[at].default_on(engine_);
    const ParamValue after = specs[at].default_on(engine);
    const bool chosen = params_[at] != before && engine != Engine::explore && alike(specs[at], before, after);
    if (before == after || chosen) out.params_[at] = params_[at];
  }
  const std::span<const ParamSpec> settings = setting_specs();
  for (std::size_t at = 0; at < settings.size(); ++at) out.set(settings[at].key, settings_[at]);
  return out;
}

Setup Setup::preset(std::string_view key) const {
  const auto found = std::ranges::find(workload().presets, key, &Preset::key);
  if (found == workload().presets.end()) return {*catalogue_, *entry_, Engine::live};
  Setup out(*catalogue_, *entry_, found->engine);
  for (const auto& [name, text] : found->values) {
    const ParamSpec* declared = out.spec(name);
    assert(declared != nullptr && "a preset names a parameter that there is not");
    const Result<ParamValue> value = parse_value(*declared, text);
    assert(value && "a preset has a value that is not allowed");
    out.set(name, value.value());
  }
  return out;
}

Setup Setup::replaying(std::string_view schedule) const {
  Setup out = on(Engine::simulate);
  // The schedule belongs to exactly these parameters, also where the simulator has other defaults.
  out.params_ = params_;
  out.set(policy_key, parse_value(*out.spec(policy_key), replay_key).value());
  out.settings_[place_of(out.setting_specs(), schedule_key)] = ParamValue(SharedText(schedule));
  return out;
}

bool Setup::replays() const {
  const ParamValue* policy = find(policy_key);
  return policy != nullptr && print_value(*spec(policy_key), *policy) == replay_key;
}

void Setup::print_values(std::span<const ParamSpec> specs, const ParamValues& values, Defaults defaults,
                         KeyValues& out) const {
  for (std::size_t at = 0; at < specs.size(); ++at) {
    const bool is_default = values[at] == specs[at].default_on(engine_);
    if (is_default && (defaults == Defaults::leave_out || is_unsaid(specs[at], engine_, values[at]))) continue;
    out.push_back({std::string(specs[at].key), print_value(specs[at], values[at])});
  }
}

KeyValues Setup::print(Defaults defaults) const {
  KeyValues out{{"workload", std::string(id())}};
  if (defaults == Defaults::keep || engine_ != Engine::live) out.push_back({"engine", std::string(key_of(engine_))});
  print_values(workload().params, params_, defaults, out);
  print_values(setting_specs(), settings_, defaults, out);
  const auto schedule = std::ranges::find(out, schedule_key, &KeyValue::key);
  if (schedule == out.end()) return out;
  // What no policy follows is not said. What one follows says that it is to be replayed.
  if (!replays()) {
    out.erase(schedule);
  } else if (defaults == Defaults::leave_out) {
    std::erase_if(out, [](const KeyValue& pair) { return pair.key == policy_key; });
  }
  return out;
}

}  // namespace interleave::session
