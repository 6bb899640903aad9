#include "session/sharing.h"

#include <algorithm>

#include "session/host.h"
#include "trace/trace.h"

namespace interleave::session {
namespace {

constexpr std::size_t digits = 8;  // of each of the two sums: by chance equal once in four billion

// FNV-1a, 64 bits.
std::uint64_t hash_of(std::string_view text) {
  std::uint64_t out = 14695981039346656037ULL;
  for (const char c : text) out = (out ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return out;
}

std::string short_sum(std::uint64_t hash) { return trace::print_hash(hash).substr(0, digits); }

std::string sum_of(const Setup& setup) { return short_sum(hash_of(to_query(setup.print(Defaults::keep)))); }

bool is_sum(std::string_view text) {
  return text.size() == digits && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// As one word of a shell's.
std::string quoted(const std::string& word) {
  constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_=.,:/+";
  if (word.find_first_not_of(plain) == std::string::npos) return word;
  std::string out = "'";
  for (const char c : word) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

std::string as_written(const ParamSpec* spec, const std::string& value) {
  const bool special = spec != nullptr && spec->kind == ParamKind::text && (value.starts_with('@') || value == "-");
  return special ? std::string(verbatim_mark).append(value) : value;
}

}  // namespace

std::string command_of(const Setup& setup, FlagForm form) {
  std::string out = "interleave run " + std::string(setup.workload().id);
  for (const KeyValue& pair : setup.print()) {
    if (pair.key == "workload") continue;
    const std::string value = as_written(setup.spec(pair.key), pair.value.value_or(""));
    // What begins with '-' would be taken for a flag.
    const bool apart = form == FlagForm::apart && !value.empty() && !value.starts_with('-');
    out.append(" ").append(apart ? "--" + pair.key + " " + quoted(value) : quoted("--" + pair.key + "=" + value));
  }
  return out;
}

Shared share(const Setup& setup, const std::string& schedule, std::optional<std::uint64_t> run) {
  const Setup shown = schedule.empty() ? setup : setup.replaying(schedule);
  const std::string workload(shown.workload().id);
  KeyValues pairs = shown.print();
  const auto named = [&](std::string_view key) { return std::ranges::find(pairs, key, &KeyValue::key) != pairs.end(); };
  // A link says what it shows, also where that is the first of the catalogue.
  if (!named("workload")) pairs.insert(pairs.begin(), {"workload", workload});
  pairs.push_back({std::string(version_key), std::string(program_version)});
  std::string sum = sum_of(shown);
  if (run) sum.append("-").append(short_sum(*run));
  pairs.push_back({std::string(checksum_key), std::move(sum)});
  return {workload, to_query(pairs), command_of(shown, FlagForm::joined)};
}

std::optional<Promise> promise_of(const Listed& listed, std::vector<Problem>& problems) {
  const auto value = [&](std::string_view key) {
    const auto found = std::ranges::find(listed.pairs, key, &KeyValue::key);
    return found == listed.pairs.end() ? std::string{} : found->value.value_or("");
  };
  const auto sums = value(checksum_key);
  if (sums.empty()) return std::nullopt;
  const std::size_t dash = std::min(sums.find('-'), sums.size());
  Promise out{value(version_key).substr(0, longest_key), sums.substr(0, dash), {}};
  if (dash < sums.size()) out.run = sums.substr(dash + 1);
  if (out.version.empty()) out.version = "?";
  if (is_sum(out.config) && (dash == sums.size() || is_sum(out.run))) return out;
  problems.push_back(
      {std::string(checksum_key),
       {"The link's checksum (\"sum\") is damaged, so whether it still gives what was shared is not known.",
        "링크의 확인값(\"sum\")이 깨져 있습니다. 공유된 것과 같은지 알 수 없습니다."}});
  return std::nullopt;
}

std::optional<Words> broken_by(const Promise& promise, const Setup& setup) {
  if (promise.config == sum_of(setup)) return std::nullopt;
  if (promise.version == program_version)
    return Words{"The link was changed after it was made: its settings are not those that were shared.",
                 "만들어진 뒤에 바뀐 링크입니다. 공유된 것과 설정이 다릅니다."};
  return fill(
      {"The link was made with Interleave {version}, this is {now}: settings that it does not name, or that were "
       "renamed, are others now.",
       "Interleave {version}에서 만든 링크이고, 지금은 {now}입니다. 링크에 적히지 않았거나 이름이 바뀐 설정이 "
       "그때와 다릅니다."},
      {{"version", std::string_view(promise.version)}, {"now", program_version}});
}

std::optional<Words> broken_by(const Promise& promise, std::uint64_t run) {
  if (promise.run.empty() || promise.run == short_sum(run)) return std::nullopt;
  return fill(
      {"This is not the run that was shared: the link was made with Interleave {version}, and with {now} the same "
       "settings give another one.",
       "공유된 실행과 다릅니다. Interleave {version}에서 만든 링크인데, {now}에서는 같은 설정으로 다르게 "
       "실행됩니다."},
      {{"version", std::string_view(promise.version)}, {"now", program_version}});
}

}  // namespace interleave::session
