// Carries out what the views ask for: the one seam between them and session.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/link_promise.h"
#include "session/batch.h"
#include "session/parse.h"
#include "session/runner.h"
#include "session/sharing.h"
#include "view/model.h"
#include "view/requests.h"

namespace interleave::app {

class Controller {
 public:
  // The catalogue must outlive the controller.
  explicit Controller(const session::Catalogue& catalogue);

  // What the address or the command line says. What is wrong with it is told in problems().
  void configure(const session::Listed& listed, const session::OtherKeys& others = {});
  // The same, or nothing where something is wrong with it, which is returned.
  [[nodiscard]] std::vector<Words> configure_if_right(const session::Listed& listed, const session::OtherKeys& others);
  // Engines that cannot be chosen here, and why.
  void forbid(Engine engine, Words reason);
  void add_problem(Words problem) { problems_.push_back(std::move(problem)); }
  // Called before a run is made: whoever keeps something of the one before lets it go, since a page's memory may not
  // hold both.
  void before_run(std::function<void()> let_go) { let_go_ = std::move(let_go); }
  // What to do when the reader wants to share what is shown, or to have the whole page with it.
  void on_share(std::function<void(const session::Shared& shared, bool whole_page)> share) {
    share_ = std::move(share);
  }

  // What to do when the reader wants the lesson of a workload. Where nothing is, none is offered.
  void on_lesson(std::function<void(const std::string& workload)> lesson) { lesson_ = std::move(lesson); }

  // Where a file goes that the reader takes away: its name and its bytes.
  void on_save(std::function<void(const std::string& name, const std::string& bytes)> save) { save_ = std::move(save); }
  // Hands on a file that is named after what is shown.
  void save(std::string_view extension, const std::string& bytes) const;

  void carry_out(const view::Request& request);
  // Lets a run go on, for about `budget` of real time.
  void advance(Nanoseconds budget);
  // Whether something goes on by itself, so that frames are needed.
  [[nodiscard]] bool active() const { return runner_.active() || batch_.active(); }
  // Several runs go on, each of which begins in a frame.
  [[nodiscard]] bool in_series() const { return batch_.active(); }

  // Reads the run's state; model() refers to it until the next call.
  void look();
  [[nodiscard]] view::Model model() const;

  // What the controls are set to.
  [[nodiscard]] const session::Setup& setup() const { return setup_; }
  // Whether that is not what the run that is shown had.
  [[nodiscard]] bool set_for_next() const { return setup_ != shown_; }
  [[nodiscard]] const session::Runner& runner() const { return runner_; }
  // Null in a build without threads.
  [[nodiscard]] const rt::Resources* pool() const { return pool_.get(); }
  [[nodiscard]] const trace::Snapshot& snapshot() const { return snapshot_; }
  [[nodiscard]] const std::vector<Words>& problems() const { return problems_; }
  // The canonical form of the current configuration, for a link.
  [[nodiscard]] std::string query() const;
  // Exactly what is shown, to be handed on.
  [[nodiscard]] session::Shared shared() const;
  // Changes values of the configuration, also workload, engine and preset, all or none of them. Returns what is wrong.
  [[nodiscard]] std::vector<Words> change(const session::KeyValues& changes);

 private:
  void handle(const view::RunRequest&);
  void handle(const view::StopRequest&);
  void handle(const view::ResetRequest&);
  void handle(const view::StepRequest& request);
  void handle(const view::SelectWorkload& request);
  void handle(const view::SelectEngine& request);
  void handle(const view::SetParameter& request);
  void handle(const view::SelectPreset& request);
  void handle(const view::WatchSchedule& request);
  void handle(const view::RepeatRun& request);
  void handle(const view::SweepRun& request);
  void handle(const view::CloseSeries&);
  void handle(const view::GoOnRequest&);
  void handle(const view::TryRemedy&);
  void handle(const view::RestoreRun& request);
  void handle(const view::PlayUntil& request);
  void handle(const view::FollowSchedule& request);
  void handle(const view::ExportRequest& request);
  void handle(const view::ShareRequest& request);
  void handle(const view::LessonRequest& request);

  // What is set, where another workload, engine or preset is chosen; as it is where that cannot be.
  [[nodiscard]] session::Setup with_workload(const session::Setup& setup, std::string_view workload) const;
  [[nodiscard]] session::Setup with_engine(const session::Setup& setup, Engine engine) const;
  [[nodiscard]] session::Setup with_preset(const session::Setup& setup, std::string_view key) const;
  [[nodiscard]] const std::optional<Words>& unavailable(Engine engine) const {
    return unavailable_[static_cast<std::size_t>(engine)];
  }
  [[nodiscard]] std::vector<Words> wrong_with(const session::Parsed& parsed) const;
  void take(const session::Setup& setup, const session::Listed& listed);
  void choose(session::Setup setup);
  void start(bool paused);
  void start_series(session::Series series);
  void changed();
  // After a parameter was set: at once where nothing runs, else at the next run.
  void changed_now_or_next();
  // Whether the text is a schedule, which is then followed; else why not stands among the problems.
  bool take_schedule(const std::string& schedule);
  void remember();

  const session::Catalogue& catalogue_;
  std::shared_ptr<rt::Resources> pool_;  // threads for every live run; null in a build without them
  session::Runner runner_;
  session::Batch batch_;
  Words host_;            // the runner's, told
  session::Setup setup_;  // what the controls are set to
  session::Setup shown_;  // that of the run that is shown
  LinkPromise promise_;
  trace::Snapshot snapshot_;
  std::vector<WorkloadInfo> workloads_;
  PerEngine<std::optional<Words>> unavailable_;
  std::vector<Words> problems_;
  std::function<void()> let_go_;
  std::function<void(const session::Shared&, bool)> share_;
  std::function<void(const std::string&)> lesson_;
  std::function<void(const std::string&, const std::string&)> save_;
  std::uint64_t run_ = 0;
  std::vector<view::FinishedRun> history_;  // refers to the runner's records
};

}  // namespace interleave::app
