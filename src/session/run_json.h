// Runs as JSON. Every document has "format": 1; a change that would break a reader gets 2.
#pragma once

#include <span>
#include <string>

#include <nlohmann/json.hpp>

#include "core/text.h"
#include "session/runner.h"

namespace interleave::session {

inline constexpr int json_format = 1;

using Json = nlohmann::ordered_json;  // keys in the order in which they are written

// With two spaces for each level. What is no UTF-8 is replaced.
[[nodiscard]] std::string text_of(const Json& json);
// A text in both languages, by their keys.
[[nodiscard]] Json text_json(Text text);
[[nodiscard]] Json machine_json(const Host& host);
[[nodiscard]] Json outcome_json(const Outcome& outcome, Language language);
[[nodiscard]] Json race_json(const trace::RaceVerdict& verdict, Language language);
// What an exploration found; what is not known is null.
[[nodiscard]] Json exploration_json(const trace::ExplorationReport& report, Language language);
// How often each verdict came, and each run. At least one record.
[[nodiscard]] Json records_json(std::span<const RunRecord> records, Language language);

// One run. Sentences are in the language given; keys never change.
[[nodiscard]] std::string run_json(const RunRecord& record, const Host& host, Language language);

// Several runs of one configuration (but for the seed): how often each verdict, and each run.
[[nodiscard]] std::string runs_json(std::span<const RunRecord> records, const Host& host, Language language);

}  // namespace interleave::session
