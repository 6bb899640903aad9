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
#include "session/batch.h"
#include "session/catalogue_json.h"
#include "session/exports.h"
#include "session/runner.h"
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
      out_ << session::text_of(session::catalogue_json(catalogue_)) << '\n';
    } else {
      print_list(catalogue_, command.language, out_);
    }
    return exit_fine;
  }

  int operator()(const RunCommand& command) const {
    const bool wanted = command.setup.engine() != Engine::simulate && make_resources_;
    session::Series series{command.setup, std::nullopt, command.repeat};
    if (command.sweep) series.sweep = command.sweep->sweep;
    const session::Host host = session::describe_host();
    std::vector<SweepPoint> points;
    std::size_t ended = 0;
    const auto keep = [&](const session::RunRecord& record) {
      if (ended % static_cast<std::size_t>(series.repeat) == 0) points.push_back({series.value_at(ended), {}});
      points.back().records.push_back(record);
      // Only the last run's trace can be written, and many together would fill the memory.
      if (++ended < series.size()) points.back().records.back().trace.reset();
    };
    session::Batch batch(host, wanted ? make_resources_() : nullptr, keep, command.timeout);
    batch.begin(series);
    while (batch.active()) {
      const Nanoseconds before = steady_now();
      batch.advance(slice);
      // Where others work, there is nothing to do here but to look again.
      if (batch.active() && steady_now() - before < slice / 4) rest();
    }
    if (batch.report()->problem) return complain(*batch.report()->problem, command), exit_bad_input;
    if (!command.trace_file.empty() && !write_trace(points.back().records.back(), command)) return exit_bad_input;
    print(points, host, command);
    const bool all_ok = std::ranges::all_of(points, [](const SweepPoint& point) {
      return std::ranges::all_of(point.records, [](const auto& one) { return one.outcome.verdict == Verdict::ok; });
    });
    // A search is for a failure: that there is one is its answer, as of any checker.
    const bool tells = command.expect_ok || command.setup.engine() == Engine::explore;
    return tells && !all_ok ? exit_failure : exit_fine;
  }

 private:
  bool complain(const Words& message, const RunCommand& command) const {
    err_ << "interleave: " << message.in(command.language) << '\n';
    return false;
  }

  bool write_trace(const session::RunRecord& record, const RunCommand& command) const {
    if (record.trace == nullptr) {
      return complain(Text{"This engine leaves no trace.", "이 엔진은 트레이스를 남기지 않습니다."}, command);
    }
    std::ofstream file(command.trace_file, std::ios::binary);
    trace::write_perfetto(*record.trace, session::perfetto_options(record.setup, command.language, record.hash),
                          [&file](std::string_view part) { file << part; });
    file.close();
    if (file) return true;
    return complain(fill({"The file \"{name}\" cannot be written.", "\"{name}\" 파일에 쓸 수 없습니다."},
                         {{"name", std::string_view(command.trace_file)}}),
                    command);
  }

  void print(const std::vector<SweepPoint>& points, const session::Host& host, const RunCommand& command) const {
    const std::vector<session::RunRecord>& records = points.front().records;
    const bool single = records.size() == 1;
    const Language language = command.language;
    if (command.csv) {
      print_csv(command.sweep ? &command.sweep->sweep : nullptr, points, out_);
    } else if (command.json) {
      out_ << (command.sweep ? sweep_json(command.sweep->sweep, points, host, language)
               : single      ? session::run_json(records.front(), host, language)
                             : session::runs_json(records, host, language))
           << '\n';
    } else if (command.sweep) {
      print_sweep(*command.sweep, points, host, language, out_);
    } else if (single) {
      print_run(records.front(), host, language, out_);
    } else {
      print_runs(records, host, language, out_);
    }
  }

  const session::Catalogue& catalogue_;
  std::ostream& out_;
  std::ostream& err_;
  const MakeResources& make_resources_;
};

}  // namespace

int run_cli(std::span<const std::string> arguments, std::span<const rt::Entry> workloads, std::istream& in,
            std::ostream& out, std::ostream& err, const MakeResources& make_resources) {
  const session::Catalogue catalogue(workloads);
  return std::visit(Program(catalogue, out, err, make_resources), read_arguments(arguments, catalogue, in, out, err));
}

}  // namespace interleave::cli
