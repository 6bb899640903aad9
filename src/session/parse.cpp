#include "session/parse.h"

#include <algorithm>
#include <array>

#include "core/suggestion.h"
#include "core/utf8.h"
#include "core/workload_info.h"
#include "sim/schedule.h"

namespace interleave::session {
namespace {

constexpr std::string_view policy_key = "policy";
constexpr std::string_view replay_key = "replay";

constexpr std::array engine_options{
    Option{key_of(Engine::live), label_of(Engine::live), {"On real threads.", "실제 스레드에서."}},
    Option{key_of(Engine::simulate), label_of(Engine::simulate), {"In virtual time.", "가상 시간에서."}},
    Option{key_of(Engine::explore), label_of(Engine::explore), {"Every order.", "모든 순서로."}},
};

const ParamSpec* find_spec(std::span<const ParamSpec> specs, std::string_view key) {
  const auto found = std::ranges::find(specs, key, &ParamSpec::key);
  return found == specs.end() ? nullptr : &*found;
}

std::size_t index_in(std::span<const ParamSpec> specs, const ParamSpec& spec) {
  return static_cast<std::size_t>(&spec - specs.data());
}

// A parameter's or setting's place in a configuration.
struct Place {
  const ParamSpec* spec = nullptr;  // null where there is none of that key
  std::int64_t* value = nullptr;
};

Place place_of(const Catalogue& catalogue, Config& config, std::string_view key) {
  const rt::Entry* entry = catalogue.find(config.workload);
  if (entry == nullptr) return {};
  if (const ParamSpec* spec = find_spec(entry->info.params, key)) {
    return {spec, &config.params[index_in(entry->info.params, *spec)]};
  }
  const auto settings = catalogue.settings(config.engine, config.workload);
  if (const ParamSpec* spec = find_spec(settings, key)) {
    return {spec, &config.settings[index_in(settings, *spec)]};
  }
  return {};
}

// The policy that follows a schedule, where the engine has one.
bool set_replay(const Catalogue& catalogue, Config& config) {
  const Place policy = place_of(catalogue, config, policy_key);
  if (policy.spec == nullptr) return false;
  const Result<std::int64_t> replay = parse_value(*policy.spec, replay_key);
  if (replay) *policy.value = replay.value();
  return replay.ok();
}

bool follows_schedule(const Catalogue& catalogue, const Config& config) {
  Config copy = config;
  const Place policy = place_of(catalogue, copy, policy_key);
  return policy.spec != nullptr && print_value(*policy.spec, *policy.value) == replay_key;
}

// Reads a list into a configuration, once.
class Parser {
 public:
  Parser(const Catalogue& catalogue, const OtherKeys& others) : catalogue_(catalogue), others_(others) {}

  Parsed parse(const Listed& listed) {
    out_.problems = listed.problems;
    out_.others.resize(others_.read.size());
    choose_workload_and_engine(listed.pairs);
    if (listed.pairs.size() > most_pairs) {
      report("", fill({"There are more than {most} keys; only the first {most} are read.",
                       "키가 {most}개를 넘습니다. 처음 {most}개만 읽습니다."},
                      {{"most", static_cast<std::int64_t>(most_pairs)}}));
    }
    std::vector<std::string_view> seen;
    std::vector<std::string_view> repeated;
    for (const KeyValue& pair : std::span(listed.pairs).first(std::min(listed.pairs.size(), most_pairs))) {
      if (is_ignored(pair.key)) continue;
      if (std::ranges::find(seen, pair.key) == seen.end()) {
        seen.push_back(pair.key);
        if (is_sound(pair)) read(pair);
      } else if (std::ranges::find(repeated, pair.key) == repeated.end()) {
        repeated.push_back(pair.key);
        report(pair.key, fill({"{key} is given more than once. The first one counts.",
                               "{key}이(가) 두 번 이상 있습니다. 첫 번째 것을 씁니다."},
                              {{"key", quotable(pair.key)}}));
      }
    }
    settle_schedule(std::ranges::find(seen, policy_key) != seen.end());
    return std::move(out_);
  }

 private:
  void report(std::string_view key, Words message) { out_.problems.push_back({quotable(key), std::move(message)}); }

  bool is_ignored(std::string_view key) const {
    return std::ranges::any_of(others_.ignored, [key](std::string_view pattern) {
      if (pattern.ends_with('*')) return key.starts_with(pattern.substr(0, pattern.size() - 1));
      return key == pattern;
    });
  }

  // Whether key and value are text of a reasonable length.
  bool is_sound(const KeyValue& pair) {
    const std::size_t longest = pair.key == "schedule" ? longest_schedule : longest_value;
    if (pair.key.empty() || pair.key.size() > longest_key || !is_printable(pair.key)) {
      report(pair.key, fill({"\"{key}\" is not a key. Allowed: {allowed}.",
                             "\"{key}\"은(는) 키가 아닙니다. 쓸 수 있는 키: {allowed}."},
                            {{"key", quotable(pair.key)}, {"allowed", joined_keys()}}));
      return false;
    }
    if (!pair.value) return true;
    if (pair.value->size() > longest) {
      report(pair.key, fill({"The value of {key} is {bytes} bytes long; at most {most} are allowed.",
                             "{key}의 값이 {bytes}바이트입니다. {most}바이트까지 쓸 수 있습니다."},
                            {{"key", pair.key},
                             {"bytes", static_cast<std::int64_t>(pair.value->size())},
                             {"most", static_cast<std::int64_t>(longest)}}));
      return false;
    }
    if (!is_printable(*pair.value)) {
      report(pair.key,
             fill({"The value of {key} is not text: \"{value}\".", "{key}의 값이 글자가 아닙니다: \"{value}\"."},
                  {{"key", pair.key}, {"value", quotable(*pair.value)}}));
      return false;
    }
    return true;
  }

  // The two keys that decide what the others mean, so they are read first. Problems come later, in
  // their turn.
  void choose_workload_and_engine(std::span<const KeyValue> pairs) {
    const auto given = [pairs](std::string_view key) -> std::string_view {
      const auto found = std::ranges::find(pairs, key, &KeyValue::key);
      return found == pairs.end() || !found->value ? std::string_view{} : *found->value;
    };
    const std::vector<std::string_view> ids = catalogue_.ids();
    std::string_view workload = given("workload");
    if (catalogue_.find(workload) == nullptr) {
      const std::string_view near = nearest(workload, ids);
      guessing_ = !workload.empty() && near.empty();
      workload = near.empty() ? ids.front() : near;
    }
    const Result<std::int64_t> engine = parse_value(engine_spec(), given("engine"));
    out_.config = default_config(catalogue_, workload, engine ? static_cast<Engine>(engine.value()) : Engine::live);
  }

  void read(const KeyValue& pair) {
    if (pair.key == "workload") {
      check_workload(pair);
    } else if (pair.key == "engine") {
      static_cast<void>(value_for(engine_spec(), pair));
    } else if (pair.key == "schedule") {
      read_schedule(pair);
    } else if (const Place place = place_of(catalogue_, out_.config, pair.key); place.spec != nullptr) {
      if (const auto value = value_for(*place.spec, pair)) *place.value = *value;
    } else if (const ParamSpec* other = find_spec(others_.read, pair.key)) {
      out_.others[index_in(others_.read, *other)] = value_for(*other, pair);
    } else {
      refuse_key(pair.key);
    }
  }

  std::optional<std::int64_t> value_for(const ParamSpec& spec, const KeyValue& pair) {
    if (!pair.value && spec.kind == ParamKind::toggle) return 1;
    if (!pair.value || pair.value->empty()) {
      report(pair.key,
             fill({"{key} needs a value. Allowed: {allowed}.", "{key}에 값이 없습니다. 쓸 수 있는 값: {allowed}."},
                  {{"key", pair.key}, {"allowed", allowed_values(spec)}}));
      return std::nullopt;
    }
    Result<std::int64_t> value = parse_value(spec, *pair.value);
    if (value) return value.value();
    report(pair.key, value.error().message);
    return std::nullopt;
  }

  void check_workload(const KeyValue& pair) {
    std::vector<Option> options;
    for (const rt::Entry& entry : catalogue_.entries()) {
      options.push_back({entry.info.id, entry.info.title, entry.info.summary});
    }
    static_cast<void>(value_for(
        choice("workload", {"Workload", "작업"}, {"What is run.", "무엇을 돌리는가."}, options, {0, 0, 0}), pair));
  }

  void read_schedule(const KeyValue& pair) {
    if (!pair.value || pair.value->empty()) {
      report(pair.key, Text{"schedule needs a value, such as A2BA.", "schedule에 값이 없습니다. A2BA.처럼 쓰세요."});
      return;
    }
    if (out_.config.engine != Engine::simulate) {
      report(pair.key, Text{"A schedule is for simulated runs: add engine=sim.",
                            "일정은 시뮬레이션에만 쓰입니다. engine=sim을 더하세요."});
      return;
    }
    const Result<sim::Schedule> schedule = sim::parse_schedule(*pair.value);
    if (schedule) {
      out_.config.schedule = *pair.value;
    } else {
      report(pair.key, schedule.error().message);
    }
  }

  // A schedule is followed by one policy only.
  void settle_schedule(bool policy_given) {
    if (out_.config.schedule.empty() || follows_schedule(catalogue_, out_.config)) return;
    if (policy_given) {
      report(policy_key, Text{"A schedule is followed by policy=replay only, so that is what is used.",
                              "일정은 policy=replay일 때만 따릅니다. 그래서 replay를 씁니다."});
    }
    if (!set_replay(catalogue_, out_.config)) out_.config.schedule.clear();
  }

  std::vector<std::string_view> known_keys() const {
    std::vector<std::string_view> keys{"workload", "engine"};
    for (const ParamSpec& spec : catalogue_.find(out_.config.workload)->info.params) keys.push_back(spec.key);
    for (const ParamSpec& spec : catalogue_.settings(out_.config.engine, out_.config.workload))
      keys.push_back(spec.key);
    if (out_.config.engine == Engine::simulate) keys.emplace_back("schedule");
    for (const ParamSpec& spec : others_.read) keys.push_back(spec.key);
    keys.insert(keys.end(), others_.known.begin(), others_.known.end());
    return keys;
  }

  std::string joined_keys() const {
    std::string out;
    for (const std::string_view key : known_keys()) out.append(out.empty() ? "" : ", ").append(key);
    return out;
  }

  void refuse_key(std::string_view key) {
    for (const Engine engine : {Engine::live, Engine::simulate, Engine::explore}) {
      if (find_spec(catalogue_.settings(engine), key) == nullptr) continue;
      report(key, fill({"{key} is a setting of engine={its} and means nothing to engine={ours}.",
                        "{key}은(는) engine={its}의 설정이라 engine={ours}에는 쓰이지 않습니다."},
                       {{"key", key}, {"its", key_of(engine)}, {"ours", key_of(out_.config.engine)}}));
      return;
    }
    // Of a workload that is not known the parameters are not either: one sentence about the
    // workload is enough.
    if (guessing_) return;
    const Words hint = did_you_mean(key, known_keys());
    report(key, fill({"{workload} has no \"{key}\".{hint} Allowed: {allowed}.",
                      "{workload}에 \"{key}\"은(는) 없습니다.{hint} 쓸 수 있는 키: {allowed}."},
                     {{"workload", std::string_view(out_.config.workload)},
                      {"key", quotable(key)},
                      {"hint", hint},
                      {"allowed", joined_keys()}}));
  }

  const Catalogue& catalogue_;
  const OtherKeys& others_;
  Parsed out_;
  bool guessing_ = false;  // the workload was not known, and nothing near it either
};

void print_values(std::span<const ParamSpec> specs, const ParamValues& values, Engine engine, Defaults defaults,
                  KeyValues& out) {
  for (std::size_t at = 0; at < specs.size(); ++at) {
    const ParamSpec& spec = specs[at];
    const bool is_default = values[at] == spec.defaults[static_cast<std::size_t>(engine)];
    if (is_default && defaults == Defaults::leave_out) continue;
    out.push_back({std::string(spec.key), print_value(spec, values[at])});
  }
}

}  // namespace

ParamSpec engine_spec() {
  return choice("engine", {"Engine", "엔진"}, {"What carries the run out.", "무엇으로 돌리는가."}, engine_options,
                {0, 1, 2});
}

Parsed parse(const Catalogue& catalogue, const Listed& listed, const OtherKeys& others) {
  return Parser(catalogue, others).parse(listed);
}

Config default_config(const Catalogue& catalogue, std::string_view workload, Engine engine) {
  const rt::Entry* entry = catalogue.find(workload);
  assert(entry != nullptr && "the workload is not in the catalogue");
  return {std::string(workload), engine, defaults(entry->info.params, engine),
          defaults(catalogue.settings(engine, workload), engine), ""};
}

KeyValues print(const Catalogue& catalogue, const Config& config, Defaults defaults) {
  const rt::Entry* entry = catalogue.find(config.workload);
  assert(entry != nullptr && "the workload is not in the catalogue");
  KeyValues out{{"workload", config.workload}};
  if (defaults == Defaults::keep || config.engine != Engine::live) {
    out.push_back({"engine", std::string(key_of(config.engine))});
  }
  print_values(entry->info.params, config.params, config.engine, defaults, out);
  print_values(catalogue.settings(config.engine, config.workload), config.settings, config.engine, defaults, out);
  if (!config.schedule.empty() && follows_schedule(catalogue, config)) {
    // The schedule says that it is to be replayed.
    if (defaults == Defaults::leave_out)
      std::erase_if(out, [](const KeyValue& pair) { return pair.key == policy_key; });
    out.push_back({"schedule", config.schedule});
  }
  return out;
}

std::optional<std::int64_t> value_of(const Catalogue& catalogue, const Config& config, std::string_view key) {
  Config copy = config;
  const Place place = place_of(catalogue, copy, key);
  if (place.spec == nullptr) return std::nullopt;
  return *place.value;
}

bool set_value(const Catalogue& catalogue, Config& config, std::string_view key, std::int64_t value) {
  if (key == Catalogue::preset_key) {
    const ParamSpec* presets = catalogue.presets(config.workload, config.engine);
    if (presets == nullptr || !check_value(*presets, value)) return false;
    const Option& preset = presets->options[static_cast<std::size_t>(value)];
    config.params = with_preset(catalogue, config.workload, preset.key).params;
    return true;
  }
  const Place place = place_of(catalogue, config, key);
  if (place.spec == nullptr || !check_value(*place.spec, value)) return false;
  *place.value = value;
  return true;
}

Config with_engine(const Catalogue& catalogue, const Config& config, Engine engine) {
  // Of the same order of magnitude: what suits one engine suits the other.
  const auto alike = [](std::int64_t one, std::int64_t other) {
    return std::max(one, other) < 10 * std::max<std::int64_t>(std::min(one, other), 1);
  };
  Config out = default_config(catalogue, config.workload, engine);
  const auto from = static_cast<std::size_t>(config.engine);
  const auto to = static_cast<std::size_t>(engine);
  const std::vector<ParamSpec>& specs = catalogue.find(config.workload)->info.params;
  for (std::size_t at = 0; at < specs.size(); ++at) {
    const std::int64_t before = specs[at].defaults[from];
    const std::int64_t after = specs[at].defaults[to];
    const bool chosen = config.params[at] != before && engine != Engine::explore && alike(before, after);
    if (before == after || chosen) out.params[at] = config.params[at];
  }
  for (const ParamSpec& spec : catalogue.settings(config.engine, config.workload)) {
    static_cast<void>(set_value(catalogue, out, spec.key, *value_of(catalogue, config, spec.key)));
  }
  if (engine == Engine::simulate) out.schedule = config.schedule;
  return out;
}

Config replay_of(const Catalogue& catalogue, const Config& explored, std::string_view schedule) {
  Config out = with_engine(catalogue, explored, Engine::simulate);
  out.params = explored.params;
  out.schedule = schedule;
  static_cast<void>(set_replay(catalogue, out));
  return out;
}

Config with_preset(const Catalogue& catalogue, std::string_view workload, std::string_view preset) {
  const rt::Entry* entry = catalogue.find(workload);
  assert(entry != nullptr && "the workload is not in the catalogue");
  const auto found = std::ranges::find(entry->info.presets, preset, &Preset::key);
  if (found == entry->info.presets.end()) return default_config(catalogue, workload, Engine::live);
  Config out = default_config(catalogue, workload, found->engine);
  for (const auto& [key, text] : found->values) {
    const Place place = place_of(catalogue, out, key);
    assert(place.spec != nullptr && "a preset names a parameter that there is not");
    const Result<std::int64_t> value = parse_value(*place.spec, text);
    assert(value && "a preset has a value that is not allowed");
    *place.value = value.value();
  }
  return out;
}

}  // namespace interleave::session
