// Everything that decides a run, and what it is declared by.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "session/catalogue.h"
#include "session/key_values.h"

namespace interleave::session {

enum class Defaults : std::uint8_t { leave_out, keep };

// A workload on an engine, with values that are always complete and in range. It is small, and copied freely. The
// catalogue must outlive it.
class Setup {
 public:
  // With the engine's defaults. The entry is one of the catalogue's.
  Setup(const Catalogue& catalogue, const rt::Entry& entry, Engine engine);

  [[nodiscard]] const rt::Entry& entry() const { return *entry_; }
  [[nodiscard]] const WorkloadInfo& workload() const { return entry_->info; }
  [[nodiscard]] Engine engine() const { return engine_; }
  [[nodiscard]] const ParamValues& params() const { return params_; }      // the workload's, as it declares them
  [[nodiscard]] const ParamValues& settings() const { return settings_; }  // the engine's own, as it declares them
  [[nodiscard]] std::span<const ParamSpec> setting_specs() const { return catalogue_->settings(engine_, id()); }
  // The workload's presets for the engine, as a choice. Null where there are fewer than two.
  [[nodiscard]] const ParamSpec* presets() const { return catalogue_->presets(id(), engine_); }
  // The workload's parameters and the engine's settings that have numbers, and the presets: what may be swept.
  [[nodiscard]] std::vector<ParamSpec> sweepable() const;

  // A parameter or a setting by its key. Null and none where there is none of that key.
  [[nodiscard]] const ParamSpec* spec(std::string_view key) const;
  [[nodiscard]] std::optional<ParamValue> value(std::string_view key) const;
  // Why it has no effect beside the other values; null where it has one, or where there is none of that key.
  [[nodiscard]] const Need* unmet(std::string_view key) const;
  // False where there is no such key, or the value is not allowed; then nothing is changed. The key of the presets sets
  // the workload's parameters to one of them.
  bool set(std::string_view key, const ParamValue& value);

  // Another workload of the catalogue on the same engine, with its defaults.
  [[nodiscard]] Setup of(const rt::Entry& entry) const { return {*catalogue_, entry, engine_}; }
  [[nodiscard]] Setup with_defaults() const { return of(*entry_); }
  // The same workload on another engine. A value is kept where the two engines' defaults are equal. Where they differ,
  // they suit their engines: a value that was chosen is kept if the defaults are less than ten times apart (three
  // threads instead of six are three, but a million increments would never be over), and none is for Explore, whose
  // searches are small. Settings that both engines have are kept.
  [[nodiscard]] Setup on(Engine engine) const;
  // The workload with a preset's engine and values. Unknown presets give the workload's defaults on live.
  [[nodiscard]] Setup preset(std::string_view key) const;
  // The simulated run that follows a schedule, with the same parameters and seed. The schedule must be one: see
  // parse_value.
  [[nodiscard]] Setup replaying(std::string_view schedule) const;
  // Whether it follows a schedule.
  [[nodiscard]] bool replays() const;

  // The canonical list: parse() of it gives an equal Setup.
  [[nodiscard]] KeyValues print(Defaults defaults = Defaults::leave_out) const;

  friend bool operator==(const Setup& one, const Setup& other) {
    return one.id() == other.id() && one.engine_ == other.engine_ && one.params_ == other.params_ &&
           one.settings_ == other.settings_;
  }

 private:
  [[nodiscard]] std::string_view id() const { return entry_->info.id; }
  [[nodiscard]] const ParamValue* find(std::string_view key) const;
  void print_values(std::span<const ParamSpec> specs, const ParamValues& values, Defaults defaults,
                    KeyValues& out) const;

  const Catalogue* catalogue_;
  const rt::Entry* entry_;
  Engine engine_;
  ParamValues params_;
  ParamValues settings_;
};

// The simulator's settings that decide whose turn it is: `replay` follows the schedule.
inline constexpr std::string_view policy_key = "policy";
inline constexpr std::string_view schedule_key = "schedule";

}  // namespace interleave::session
