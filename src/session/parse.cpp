#include "session/parse.h"

#include <algorithm>
#include <array>

#include "core/param_kinds.h"
#include "core/suggestion.h"
#include "core/utf8.h"
#include "core/workload_info.h"

namespace interleave::session {
namespace {

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

// The two keys that decide what the others mean, so they are read first. Problems come later, in their turn.
struct Chosen {
  Setup setup;
  bool guessed = false;  // the workload was not known, and nothing near it either
};

Chosen choose(const Catalogue& catalogue, std::span<const KeyValue> pairs) {
  const auto given = [pairs](std::string_view key) -> std::string_view {
    const auto found = std::ranges::find(pairs, key, &KeyValue::key);
    return found == pairs.end() || !found->value ? std::string_view{} : *found->value;
  };
  std::string_view workload = given("workload");
  bool guessed = false;
  if (catalogue.find(workload) == nullptr) {
    const std::vector<std::string_view> ids = catalogue.ids();
    const std::string_view near = nearest(workload, ids);
    guessed = !workload.empty() && near.empty();
    workload = near.empty() ? ids.front() : near;
  }
  const Result<ParamValue> engine = parse_value(engine_spec(), given("engine"));
  return {catalogue.setup(workload, engine ? static_cast<Engine>(engine.value().number()) : Engine::live), guessed};
}

// Reads a list onto a setup, once.
class Parser {
 public:
  Parser(const Catalogue& catalogue, const OtherKeys& others, Setup base, bool guessed = false)
      : catalogue_(catalogue), others_(others), out_{std::move(base), {}, {}}, guessed_(guessed) {}

  Parsed parse(const Listed& listed) {
    out_.problems = listed.problems;
    out_.others.resize(others_.read.size());
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
    const auto was_given = [&seen](std::string_view key) { return std::ranges::find(seen, key) != seen.end(); };
    settle_schedule(was_given(policy_key), was_given(schedule_key));
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
    if (pair.key.empty() || pair.key.size() > longest_key || !is_printable(pair.key)) {
      report(pair.key, fill({"\"{key}\" is not a key. Allowed: {allowed}.",
                             "\"{key}\"은(는) 키가 아닙니다. 쓸 수 있는 키: {allowed}."},
                            {{"key", quotable(pair.key)}, {"allowed", joined_keys()}}));
      return false;
    }
    const ParamSpec* spec = out_.setup.spec(pair.key);
    // What a text may be, its kind knows.
    if (!pair.value || (spec != nullptr && spec->kind == ParamKind::text)) return true;
    if (pair.value->size() > longest_value) {
      report(pair.key, too_long(pair.key, pair.value->size(), longest_value).message);
      return false;
    }
    if (!is_printable(*pair.value)) {
      report(pair.key, not_text(pair.key, *pair.value).message);
      return false;
    }
    return true;
  }

  void read(const KeyValue& pair) {
    if (pair.key == "workload") {
      check_workload(pair);
    } else if (pair.key == "engine") {
      static_cast<void>(value_for(engine_spec(), pair));
    } else if (const ParamSpec* spec = out_.setup.spec(pair.key)) {
      if (const auto value = value_for(*spec, pair)) out_.setup.set(pair.key, *value);
    } else if (const ParamSpec* other = find_spec(others_.read, pair.key)) {
      if (const auto value = value_for(*other, pair)) out_.others[index_in(others_.read, *other)] = value->number();
    } else {
      refuse_key(pair.key);
    }
  }

  std::optional<ParamValue> value_for(const ParamSpec& spec, const KeyValue& pair) {
    if (!pair.value && spec.kind == ParamKind::toggle) return 1;
    if (!pair.value || (pair.value->empty() && spec.kind != ParamKind::text)) {
      report(pair.key,
             fill({"{key} needs a value. Allowed: {allowed}.", "{key}에 값이 없습니다. 쓸 수 있는 값: {allowed}."},
                  {{"key", pair.key}, {"allowed", allowed_values(spec)}}));
      return std::nullopt;
    }
    Result<ParamValue> value = parse_value(spec, *pair.value);
    if (value) return std::move(value).value();
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

  // A schedule is followed by one policy only.
  void settle_schedule(bool policy_given, bool schedule_given) {
    const std::optional<ParamValue> schedule = out_.setup.value(schedule_key);
    if (!schedule || schedule->text().empty() || out_.setup.replays()) return;
    if (!schedule_given) {
      if (policy_given) out_.setup.set(schedule_key, ParamValue(SharedText()));
      return;
    }
    if (policy_given) {
      report(policy_key, Text{"A schedule is followed by policy=replay only, so that is what is used.",
                              "일정은 policy=replay일 때만 따릅니다. 그래서 replay를 씁니다."});
    }
    out_.setup = out_.setup.replaying(schedule->text().view());
  }

  std::vector<std::string_view> known_keys() const {
    std::vector<std::string_view> keys{"workload", "engine"};
    for (const ParamSpec& spec : out_.setup.workload().params) keys.push_back(spec.key);
    for (const ParamSpec& spec : out_.setup.setting_specs()) keys.push_back(spec.key);
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
    for (const Engine engine : all_engines) {
      if (find_spec(catalogue_.settings(engine), key) == nullptr) continue;
      report(key, fill({"{key} is a setting of engine={its} and means nothing to engine={ours}.",
                        "{key}은(는) engine={its}의 설정이라 engine={ours}에는 쓰이지 않습니다."},
                       {{"key", key}, {"its", key_of(engine)}, {"ours", key_of(out_.setup.engine())}}));
      return;
    }
    // Of a workload that is not known the parameters are not either: one sentence about the
    // workload is enough.
    if (guessed_) return;
    const Words hint = did_you_mean(key, known_keys());
    report(key, fill({"{workload} has no \"{key}\".{hint} Allowed: {allowed}.",
                      "{workload}에 \"{key}\"은(는) 없습니다.{hint} 쓸 수 있는 키: {allowed}."},
                     {{"workload", out_.setup.workload().id},
                      {"key", quotable(key)},
                      {"hint", hint},
                      {"allowed", joined_keys()}}));
  }

  const Catalogue& catalogue_;
  const OtherKeys& others_;
  Parsed out_;
  bool guessed_;  // see Chosen
};

}  // namespace

ParamSpec engine_spec() {
  return choice("engine", {"Engine", "엔진"}, {"What carries the run out.", "무엇으로 돌리는가."}, engine_options,
                {0, 1, 2});
}

Parsed parse(const Catalogue& catalogue, const Listed& listed, const OtherKeys& others) {
  const auto [setup, guessed] = choose(catalogue, listed.pairs);
  return Parser(catalogue, others, setup, guessed).parse(listed);
}

Parsed parse_onto(const Catalogue& catalogue, Setup base, const Listed& listed, const OtherKeys& others) {
  return Parser(catalogue, others, std::move(base)).parse(listed);
}

}  // namespace interleave::session
