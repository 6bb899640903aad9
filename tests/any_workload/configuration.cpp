#include "any_workload/configuration.h"

#include <algorithm>
#include <cassert>
#include <limits>

#include "explore/settings.h"
#include "live/settings.h"
#include "sim/settings.h"

namespace interleave::test {
namespace {

std::size_t place(std::span<const ParamSpec> specs, std::string_view key) {
  return static_cast<std::size_t>(std::ranges::find(specs, key, &ParamSpec::key) - specs.begin());
}

void append_flags(std::string& out, std::span<const ParamSpec> specs, std::span<const ParamValue> values,
                  std::span<const ParamValue> usual) {
  for (std::size_t at = 0; at < specs.size(); ++at) {
    if (values[at] == usual[at]) continue;
    out.append(" --").append(specs[at].key).append(" ").append(print_value(specs[at], values[at]));
  }
}

}  // namespace

bool Configuration::declares(std::string_view key) const {
  return place(entry->info.params, key) < entry->info.params.size();
}

std::int64_t Configuration::param(std::string_view key) const {
  assert(declares(key));
  return params[place(entry->info.params, key)].number();
}

std::string_view Configuration::option(std::string_view key) const {
  return entry->info.params[place(entry->info.params, key)].options[static_cast<std::size_t>(param(key))].key;
}

const std::vector<ParamSpec>& settings_of(Engine engine) {
  static const PerEngine<std::vector<ParamSpec>> all{specs<live::Settings>(), specs<sim::Settings>(),
                                                     specs<explore::Settings>()};
  return all[static_cast<std::size_t>(engine)];
}

ParamValues settings_with(Engine engine, std::string_view key, std::int64_t value) {
  const std::vector<ParamSpec>& declared = settings_of(engine);
  ParamValues out = defaults(declared, engine);
  const std::size_t at = place(declared, key);
  assert(at < declared.size() && check_value(declared[at], value).ok());
  out[at] = value;
  return out;
}

std::string describe(const Configuration& config) {
  const WorkloadInfo& info = config.entry->info;
  std::string out = "run ";
  out.append(info.id).append(" --engine ").append(key_of(config.engine));
  append_flags(out, info.params, config.params, defaults(info.params, config.engine));
  const std::vector<ParamSpec>& own = settings_of(config.engine);
  append_flags(out, own, config.settings, defaults(own, config.engine));
  return out;
}

bool exists(const Configuration& config) {
  return config.entry->start[static_cast<std::size_t>(config.engine)] != nullptr;
}

std::unique_ptr<rt::Execution> start(const Configuration& config, std::size_t budget,
                                     std::shared_ptr<rt::Resources> resources) {
  rt::Start start;
  start.params = config.params;
  start.settings = config.settings;
  start.budget = budget;
  start.resources = std::move(resources);
  return config.entry->start[static_cast<std::size_t>(config.engine)](start);
}

double Ended::figure(std::string_view key) const {
  return outcome().figure(key).value_or(std::numeric_limits<double>::quiet_NaN());
}

}  // namespace interleave::test
