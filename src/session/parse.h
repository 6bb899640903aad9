// Everything that decides a run, and the one codec for it. A URL's query, command-line flags and a
// JSON object all become the same list of keys and values; one function reads that list. So the
// keys, bounds and errors are the same everywhere. Nothing here throws or crashes, whatever the
// input.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/params.h"
#include "core/text.h"
#include "session/catalogue.h"

namespace interleave::session {

struct Config {
  std::string workload;  // an id of the catalogue
  Engine engine = Engine::live;
  ParamValues params;    // the workload's: in range, in the order of its declarations
  ParamValues settings;  // the engine's own: likewise
  std::string schedule;  // for a simulated run with the policy `replay`; else ""

  friend bool operator==(const Config&, const Config&) = default;
};

// One sentence about input that could not be taken as it was.
struct Problem {
  std::string key;  // as it was given, or "" where the input as a whole is meant
  Words message;    // what was wrong, what is allowed, and the nearest name where there is one
};

struct KeyValue {
  std::string key;
  std::optional<std::string> value;  // none: the key stood alone, which switches a toggle on

  friend bool operator==(const KeyValue&, const KeyValue&) = default;
};
using KeyValues = std::vector<KeyValue>;

// The common form, and what was wrong with the form that it came from.
struct Listed {
  KeyValues pairs;
  std::vector<Problem> problems;
};

// Longer input is refused with a Problem.
inline constexpr std::size_t longest_input = 65'536;     // bytes of a URL, of JSON, of all flags together
inline constexpr std::size_t longest_key = 64;           // bytes
inline constexpr std::size_t longest_value = 256;        // bytes, except a schedule's
inline constexpr std::size_t longest_schedule = 49'152;  // bytes
inline constexpr std::size_t most_pairs = 256;           // keys and values in one list

// A query, with or without '?' in front, or a whole URL. "%XX" and '+' are decoded; what follows
// '#' is left out.
[[nodiscard]] Listed from_query(std::string_view text);
// "--key value", "--key=value", and "--key" alone. A value may begin with one '-', but not with
// two.
[[nodiscard]] Listed from_flags(std::span<const std::string> arguments);
// A flat object: strings, whole numbers, and true and false.
[[nodiscard]] Listed from_json(std::string_view text);

// Without '?'. from_query reads it.
[[nodiscard]] std::string to_query(std::span<const KeyValue> pairs);
// Each "--key=value". from_flags reads it.
[[nodiscard]] std::vector<std::string> to_flags(std::span<const KeyValue> pairs);
// A flat object of strings. from_json reads it.
[[nodiscard]] std::string to_json(std::span<const KeyValue> pairs);

// The declaration of the key `engine`: its values are those of Engine.
[[nodiscard]] ParamSpec engine_spec();

// Keys that are not part of a Config but may stand beside it: a page's language, a command's time
// limit.
struct OtherKeys {
  std::span<const ParamSpec> read;              // values come back in Parsed::others
  std::span<const std::string_view> known{};    // names of what is read elsewhere: only suggested for misspelt keys
  std::span<const std::string_view> ignored{};  // passed over without a word; "utm_*" stands for all that begin so
};

struct Parsed {
  Config config;                                    // always complete and usable: what was wrong has its default
  std::vector<Problem> problems;                    // in the order of the input
  std::vector<std::optional<std::int64_t>> others;  // of OtherKeys::read, in its order; none where not given
};

// Reads the list. Keys: workload, engine, schedule, the workload's parameters, the engine's
// settings, and others. A missing workload is the catalogue's first; a missing engine is live; the
// first of several equal keys counts. A schedule sets the policy to `replay` where none is given.
[[nodiscard]] Parsed parse(const Catalogue& catalogue, const Listed& listed, const OtherKeys& others = {});

// The workload on the engine with its defaults. The workload must be one of the catalogue's.
[[nodiscard]] Config default_config(const Catalogue& catalogue, std::string_view workload, Engine engine);

enum class Defaults : std::uint8_t { leave_out, keep };
// The canonical list: parse() of it gives an equal Config.
[[nodiscard]] KeyValues print(const Catalogue& catalogue, const Config& config,
                              Defaults defaults = Defaults::leave_out);

// Reads or changes one value by its key, of the workload or of the engine. None and false where
// there is no such key; a value out of range is refused with false too.
[[nodiscard]] std::optional<std::int64_t> value_of(const Catalogue& catalogue, const Config& config,
                                                   std::string_view key);
[[nodiscard]] bool set_value(const Catalogue& catalogue, Config& config, std::string_view key, std::int64_t value);
// The same workload on another engine. A value is kept where the two engines' defaults are equal. Where they differ,
// they suit their engines: a value that was chosen is kept if the defaults are less than ten times apart (three threads
// instead of six are three, but a million increments would never be over), and none is for Explore, whose searches are
// small. Settings that both engines have are kept.
[[nodiscard]] Config with_engine(const Catalogue& catalogue, const Config& config, Engine engine);
// The simulated run that follows a schedule found by exploring the configuration: the same parameters and seed.
[[nodiscard]] Config replay_of(const Catalogue& catalogue, const Config& explored, std::string_view schedule);
// The workload with a preset's engine and values. Unknown presets give the workload's defaults on
// live.
[[nodiscard]] Config with_preset(const Catalogue& catalogue, std::string_view workload, std::string_view preset);

}  // namespace interleave::session
