// Parameters, declared once. From a declaration derive the canvas's widgets, the page's form controls, the
// command line's flags and help, the URL's keys, JSON and `list --json`.
//
// Every value is a number or a text (core/param_value.h). A typed struct binds its members to declarations with
//
//     struct Params {
//       int threads = 6;
//       Lock lock = Lock::none;
//       SharedText program;
//       template <class Visit> static void declare(Visit&& visit) {
//         visit(integer("threads", {"Threads", "스레드"}, {"...", "..."}, 1, 16, {6, 6, 2}), &Params::threads);
//         visit(choice("lock", {"Lock", "락"}, {"...", "..."}, lock_options, {0, 0, 0}), &Params::lock);
//         visit(text("program", {"Program", "프로그램"}, {"...", "..."}, {.most = 16'384, .lines = 12}), &Params::program);
//       }
//     };
//
// What a kind of parameter reads and prints stands in one table: core/param_kinds.h.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "core/param_value.h"
#include "core/result.h"
#include "core/text.h"

namespace interleave {

enum class Engine : std::uint8_t { live, simulate, explore };
inline constexpr std::array all_engines{Engine::live, Engine::simulate, Engine::explore};
inline constexpr std::size_t engine_count = all_engines.size();

// One value for each engine, in the order of Engine.
template <class T>
using PerEngine = std::array<T, engine_count>;

enum class ParamKind : std::uint8_t { integer, duration, choice, toggle, text };

struct Option {
  std::string_view key;
  Text label;
  Text hint;
};

// What a parameter needs of another one, declared beside it, to have an effect: any of these values, or where none are
// named, at least so much.
struct Need {
  std::string_view key;
  std::vector<std::int64_t> values;
  std::int64_t least = 0;
  Text reason;  // why it has none otherwise, in one sentence

  [[nodiscard]] bool met(std::int64_t value) const;
};

// What a text may be. UTF-8 without control characters; line breaks and tabs only where it has several lines.
struct TextForm {
  std::int64_t most = 0;                   // bytes, at most longest_text
  int lines = 1;                           // to show of it; 1: it has no line breaks
  PerEngine<std::string_view> defaults{};  // must outlive the program
  // Whether a text may be taken that is one by the rules above; else a sentence. None: every one may.
  Result<> (*check)(std::string_view text) = nullptr;
};
// Of a text whose letters an address has as they stand. Where each of its bytes may become "%XX", 16,384 fit.
inline constexpr std::int64_t longest_text = 49'152;  // bytes

struct ParamSpec {
  std::string_view key;  // lower case, words joined with '-'; the same in URL, flags and JSON
  Text label;
  Text hint;  // one sentence
  ParamKind kind = ParamKind::integer;
  std::int64_t min = 0;  // inclusive; durations in nanoseconds; of a text: bytes
  std::int64_t max = 0;  // inclusive
  PerEngine<std::int64_t> defaults{};
  std::span<const Option> options{};  // of a choice; indices are the values
  bool primary = false;               // shown where only the main controls fit
  std::vector<Need> needs{};          // all of them must be met
  TextForm text{};                    // of a text

  [[nodiscard]] ParamValue default_on(Engine engine) const;
};

[[nodiscard]] ParamSpec integer(std::string_view key, Text label, Text hint, std::int64_t min, std::int64_t max,
                                PerEngine<std::int64_t> defaults);
[[nodiscard]] ParamSpec duration(std::string_view key, Text label, Text hint, std::int64_t min, std::int64_t max,
                                 PerEngine<std::int64_t> defaults);
// The options must outlive the program (a namespace-scope constexpr array).
[[nodiscard]] ParamSpec choice(std::string_view key, Text label, Text hint, std::span<const Option> options,
                               PerEngine<std::int64_t> defaults);
[[nodiscard]] ParamSpec toggle(std::string_view key, Text label, Text hint, PerEngine<std::int64_t> defaults);
[[nodiscard]] ParamSpec text(std::string_view key, Text label, Text hint, TextForm form);
// Marks a parameter as one of the few that are shown in an embed.
[[nodiscard]] ParamSpec primary(ParamSpec spec);
// Says what the parameter needs to have an effect. For several needs, once for each.
[[nodiscard]] ParamSpec needs(ParamSpec spec, Need need);
template <class Choice>
  requires std::is_enum_v<Choice>
[[nodiscard]] ParamSpec needs(ParamSpec spec, std::string_view key, std::initializer_list<Choice> choices,
                              Text reason) {
  Need need{key, {}, 0, reason};
  for (const Choice one : choices) need.values.push_back(static_cast<std::int64_t>(one));
  return needs(std::move(spec), std::move(need));
}
[[nodiscard]] ParamSpec needs_on(ParamSpec spec, std::string_view toggle, Text reason);
[[nodiscard]] ParamSpec needs_at_least(ParamSpec spec, std::string_view key, std::int64_t least, Text reason);

template <class P>
[[nodiscard]] std::vector<ParamSpec> specs() {
  std::vector<ParamSpec> out;
  P::declare([&](const ParamSpec& spec, auto) { out.push_back(spec); });
  return out;
}

// The typed struct from values in the order of its declarations. The values must be in range. A text's member is a
// SharedText, which keeps its letters alive wherever the struct goes.
template <class P>
[[nodiscard]] P params_from(std::span<const ParamValue> values) {
  P out;
  std::size_t at = 0;
  P::declare([&](const ParamSpec&, auto member) {
    using Member = std::remove_reference_t<decltype(out.*member)>;
    if constexpr (std::is_same_v<Member, SharedText>) {
      out.*member = values[at++].text();
    } else {
      out.*member = static_cast<Member>(values[at++].number());
    }
  });
  return out;
}

// The reverse of params_from.
template <class P>
[[nodiscard]] ParamValues values_of(const P& params) {
  ParamValues out;
  P::declare([&](const ParamSpec&, auto member) {
    if constexpr (std::is_same_v<std::remove_cvref_t<decltype(params.*member)>, SharedText>) {
      out.emplace_back(params.*member);
    } else {
      out.emplace_back(static_cast<std::int64_t>(params.*member));
    }
  });
  return out;
}

// Why the parameter at this place has no effect beside these values, which are in the order of the declarations: the
// first of its needs that is not met. Null where it has one.
[[nodiscard]] const Need* unmet_need(std::span<const ParamSpec> specs, std::span<const ParamValue> values,
                                     std::size_t at);

[[nodiscard]] ParamValues defaults(std::span<const ParamSpec> specs, Engine engine);

// Whether the value says nothing, so that it is written nowhere: a text that is empty where that is its default.
[[nodiscard]] bool is_unsaid(const ParamSpec& spec, Engine engine, const ParamValue& value);

// Reads one value as it is written in URLs, flags and JSON: 6, 1000000, 1_000_000, 5ms, mutex, on, true. A text's line
// ends become '\n', and one behind a text of a single line is dropped.
// An error names the key, what was given and what is allowed (the nearest option where there is one).
[[nodiscard]] Result<ParamValue> parse_value(const ParamSpec& spec, std::string_view text);
// Checks a value that did not come as a text to be read. A default is always right.
[[nodiscard]] Result<ParamValue> check_value(const ParamSpec& spec, const ParamValue& value);
// The form that parse_value reads.
[[nodiscard]] std::string print_value(const ParamSpec& spec, const ParamValue& value);
// The values that may be given, as they are written: "1 to 16", "none, mutex, spin, atomic", "on, off".
[[nodiscard]] Words allowed_values(const ParamSpec& spec);
// As a reader sees it: "1,000,000", "5 ms", "mutex", "on"; of a text its first line, and how many there are.
[[nodiscard]] Words show_value(const ParamSpec& spec, const ParamValue& value);

// The candidate that differs from the given word in the fewest letters (neighbours that are swapped count as one), or
// "" where none is near.
[[nodiscard]] std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);

// A named setting of some parameters, given by key; all others take their defaults.
struct Preset {
  std::string_view key;
  Text label;
  Text hint;
  Engine engine = Engine::live;
  std::vector<std::pair<std::string_view, std::string_view>> values;
};

}  // namespace interleave
