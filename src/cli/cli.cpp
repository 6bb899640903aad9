#include "cli/cli.h"

#include <algorithm>
#include <fstream>
#include <ostream>
#include <variant>
#include <vector>

#include "cli/arguments.h"
#include "cli/json_output.h"
#include "cli/report.h"
#include "cli/rest.h"

#include "core/clock.h"
#include "core/workload_info.h"
#include "session/catalogue_json.h"
#include "session/exports.h"
#include "session/runner.h"
#include "session/series.h"
#include "trace/perfetto.h"

namespace interleave::cli {
namespace {

// How long a simulated run works before the time limit is looked at.
constexpr Nanoseconds slice = 10 * millisecond;

class Program {
 public:
  Program(const session::Catalogue& catalogue, std::ostream& out, std::ostream& err,
          const MakeResources& make_resources)
      : catalogue_(catalogue), out_(out), err_(err), make_resources_(make_resources) {}

  int operator()(int exit_code) const { return exit_code; }

  int operator()(const ListCommand& command) const {
    if (command.json) {
      out_ << session::catalogue_json(catalogue_) << '\n';
    } else {
      print_list(catalogue_, command.language, out_);
    }
    return exit_fine;
  }

  int operator()(const RunCommand& command) const {
    const bool wanted = command.config.engine != Engine::simulate && make_resources_;
    session::Runner runner(catalogue_, session::describe_machine(), wanted ? make_resources_() : nullptr);
    session::Series series{command.config, std::nullopt, command.repeat};
    if (command.sweep) series.sweep = command.sweep->sweep;
    std::vector<SweepPoint> points;
    for (std::size_t at = 0; at < series.size(); ++at) {
      if (at % static_cast<std::size_t>(series.repeat) == 0) points.push_back({series.value_at(at), {}});
      if (!run_once(runner, session::config_at(catalogue_, series, at), command)) return exit_bad_input;
      points.back().records.push_back(*runner.latest());
      // Only the last run's trace can be written, and many together would fill the memory.
      if (at + 1 < series.size()) points.back().records.back().trace.reset();
    }
    if (!command.trace_file.empty() && !write_trace(points.back().records.back(), command)) return exit_bad_input;
    print(points, runner.machine(), command);
    const bool all_ok = std::ranges::all_of(points, [](const SweepPoint& point) {
      return std::ranges::all_of(point.records, [](const auto& one) { return one.outcome.verdict == Verdict::ok; });
    });
    // A search is for a failure: that there is one is its answer, as of any checker.
    const bool tells = command.expect_ok || command.config.engine == Engine::explore;
    return tells && !all_ok ? exit_failure : exit_fine;
  }

 private:
  // False where the run came to no outcome; why is said on `err`.
  bool run_once(session::Runner& runner, const session::Config& config, const RunCommand& command) const {
    const Result<> started = runner.start(config, {.timeout = command.timeout});
    if (!started) return complain(started.error().message, command);
    while (runner.active()) {
      const Nanoseconds before = steady_now();
      runner.advance(slice);
      // Where others work, there is nothing to do here but to look again.
      if (runner.active() && steady_now() - before < slice / 4) rest();
    }
    if (runner.problem()) return complain(*runner.problem(), command);
    if (runner.outcome()) return true;
    return complain(session::needs_a_choice, command);
  }

  bool complain(const Words& message, const RunCommand& command) const {
    err_ << "interleave: " << message.in(command.language) << '\n';
    return false;
  }

  bool write_trace(const session::RunRecord& record, const RunCommand& command) const {
    if (record.trace == nullptr) {
      return complain(Text{"This engine leaves no trace.", "이 엔진은 트레이스를 남기지 않습니다."}, command);
    }
    std::ofstream file(command.trace_file, std::ios::binary);
    trace::write_perfetto(*record.trace,
                          session::perfetto_options(catalogue_, record.config, command.language, record.hash), file);
    file.close();
    if (file) return true;
    return complain(fill({"The file \"{name}\" cannot be written.", "\"{name}\" 파일에 쓸 수 없습니다."},
                         {{"name", std::string_view(command.trace_file)}}),
                    command);
  }

  void print(const std::vector<SweepPoint>& points, const session::Machine& machine, const RunCommand& command) const {
    const std::vector<session::RunRecord>& records = points.front().records;
    const bool single = records.size() == 1;
    const Language language = command.language;
    if (command.csv) {
      print_csv(command.sweep ? &command.sweep->sweep : nullptr, points, out_);
    } else if (command.json) {
      out_ << (command.sweep ? sweep_json(catalogue_, command.sweep->sweep, points, machine, language)
               : single      ? session::run_json(catalogue_, records.front(), machine, language)
                             : session::runs_json(catalogue_, records, machine, language))
           << '\n';
    } else if (command.sweep) {
      print_sweep(catalogue_, *command.sweep, points, machine, language, out_);
    } else if (single) {
      print_run(catalogue_, records.front(), machine, language, out_);
    } else {
      print_runs(catalogue_, records, machine, language, out_);
    }
  }

  const session::Catalogue& catalogue_;
  std::ostream& out_;
  std::ostream& err_;
  const MakeResources& make_resources_;
};

}  // namespace

int run_cli(std::span<const std::string> arguments, std::span<const rt::Entry> workloads, std::ostream& out,
            std::ostream& err, const MakeResources& make_resources) {
  const session::Catalogue catalogue(workloads);
  return std::visit(Program(catalogue, out, err, make_resources), read_arguments(arguments, catalogue, out, err));
}

}  // namespace interleave::cli
