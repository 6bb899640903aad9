#include "support/fake_engine.h"

#include <algorithm>
#include <array>
#include <vector>

#include "core/rng.h"
#include "sim/schedule.h"

namespace interleave::test {
namespace {

using trace::Event;
using trace::Kind;
using trace::State;

constexpr std::array lock_options{
    Option{"none", {"none", "없음"}, {"Nothing protects.", "아무것도 지키지 않는다."}},
    Option{"mutex", {"mutex", "뮤텍스"}, {"One at a time.", "한 번에 하나."}},
};
constexpr std::array ending_options{
    Option{"judged", {"judged", "판정"}, {"Lost without a lock.", "락이 없으면 잃는다."}},
    Option{"hang", {"hang", "멈춤"}, {"Never ends.", "끝나지 않는다."}},
    Option{"limit", {"limit", "한계"}, {"Too many threads.", "스레드가 너무 많다."}},
    Option{"problem", {"problem", "문제"}, {"No outcome at all.", "결과가 없다."}},
};

enum Param : std::size_t { threads, increments, lock, delay, gentle, ending };

int& count() {
  static int executions = 0;
  return executions;
}

// A step is one event of the thread whose turn it is. A live one takes a step for each look; cancelling takes one
// more look, as real threads take a while to stop.
class FakeExecution final : public rt::Execution {
 public:
  FakeExecution(Engine engine, const rt::Start& start) : engine_(engine), start_(start), stream_(trace_->add_stream()) {
    ++count();
    for (std::int64_t at = 0; at <= param(threads); ++at) {
      const std::string name = at == 0 ? "main" : "thread " + std::to_string(at);
      const ThreadId id = trace_->add_thread({{name, name}, at == 0 ? ThreadId::none() : ThreadId{0}});
      record(id, Kind::started, State::running);
    }
    if (engine_ == Engine::simulate) {
      by_hand_ = print_value(policy(), start_.settings[0]) == "by-hand";
      random_ = Rng(static_cast<std::uint64_t>(start_.settings[1].number()));
    }
  }
  ~FakeExecution() override { --count(); }

  void advance(Nanoseconds) override {
    if (finished_) return;
    if (cancelled_) return finish();
    if (by_hand_) return;
    do_step(static_cast<std::uint32_t>(random_.below(static_cast<std::uint32_t>(param(threads))) + 1));
  }
  bool step(ThreadId thread) override {
    if (finished_ || engine_ != Engine::simulate) return false;
    if (thread.valid() && (thread.value == 0 || thread.index() >= trace_->threads().size())) return false;
    do_step(thread.valid() ? thread.value : 1);
    return true;
  }
  void cancel() override {
    cancelled_ = true;
    if (engine_ == Engine::simulate) finish();
  }
  [[nodiscard]] bool finished() const override { return finished_; }

  [[nodiscard]] trace::Snapshot snapshot() const override {
    trace::Snapshot out;
    out.phase = finished_ ? trace::Phase::finished : trace::Phase::running;
    out.engine = engine_;
    out.trace = trace_;
    out.now = now_;
    out.progress = static_cast<double>(steps_) / static_cast<double>(param(increments));
    out.outcome = outcome_;
    out.schedule = engine_ == Engine::simulate ? "A2BA." : "";
    if (finished_ && !outcome_) out.problem = Text{"The schedule does not fit.", "일정이 맞지 않습니다."};
    if (engine_ == Engine::explore) out.exploration = report();
    return out;
  }

 private:
  [[nodiscard]] std::int64_t param(Param at) const { return start_.params[at].number(); }

  static ParamSpec policy() {
    constexpr std::array options{Option{"random", {"", ""}, {"", ""}}, Option{"round-robin", {"", ""}, {"", ""}},
                                 Option{"by-hand", {"", ""}, {"", ""}}, Option{"replay", {"", ""}, {"", ""}}};
    static constexpr auto kept = options;
    return choice("policy", {"", ""}, {"", ""}, kept, {0, 0, 0});
  }

  void record(ThreadId thread, Kind kind, State state) {
    Event event;
    event.time = now_;
    event.thread = thread;
    event.kind = kind;
    event.state = state;
    stream_.record(event);
  }

  void do_step(std::uint32_t thread) {
    now_ += 10;
    record(ThreadId{thread}, Kind::load, State::running);
    if (++steps_ >= param(increments) && param(ending) != 1) finish();
  }

  void finish() {
    if (finished_) return;
    finished_ = true;
    now_ += 10;
    for (std::uint32_t at = 0; at < trace_->threads().size(); ++at) record(ThreadId{at}, Kind::ended, State::idle);
    outcome_ = judge();
    if (!cancelled_ && param(ending) == 3) outcome_.reset();
  }

  [[nodiscard]] Outcome judge() const {
    const std::int64_t expected = param(threads) * param(increments);
    const std::int64_t lost = param(lock) == 0 ? start_.settings.empty() ? 1 : 1 + now_ % 3 : 0;
    if (cancelled_) return {Verdict::cancelled, Text{"Stopped", "멈춤"}, Text{"It was stopped.", "멈췄다."}, {}, {}};
    if (param(ending) == 2) {
      return {Verdict::limit, Text{"Too many threads", "스레드가 너무 많음"}, Text{"", ""}, {}, {}};
    }
    const std::vector<Figure> figures{
        {"expected", {"Expected", "기대"}, FigureUnit::count, static_cast<double>(expected)},
        {"found", {"Found", "실제"}, FigureUnit::count, static_cast<double>(expected - lost)},
        {"lost", {"Lost", "사라짐"}, FigureUnit::count, static_cast<double>(lost), lost == 0 ? Tone::good : Tone::bad},
        {"cost", {"Cost", "비용"}, FigureUnit::nanoseconds, 0.5}};
    if (lost == 0)
      return {Verdict::ok,
              Text{"Nothing was lost", "사라진 것이 없다"},
              Text{"The lock helped.", "락 덕분이다."},
              figures,
              {}};
    return {Verdict::failure,
            Text{"Updates were lost", "갱신이 사라졌다"},
            Text{"They were overwritten.", "덮어써졌다."},
            figures,
            {}};
  }

  [[nodiscard]] trace::ExplorationReport report() const {
    const bool locked = param(lock) != 0;
    trace::ExplorationReport out;
    out.executions = locked ? 4 : 34;
    out.failures = locked ? 0 : 30;
    out.exhausted = true;
    out.histogram = {{4, 4, false, std::nullopt}};
    if (locked) return out;
    out.orders = 70;
    out.failing_orders = 64;
    out.chance = trace::Chance{0.8125, 0.8125, 0.8125, 0};
    out.states = 87;
    out.schedule = "ABA2B2.";
    out.story = {{Text{"thread 1 reads 0", "스레드 1이 0을 읽는다"}, true}};
    out.preemptions = 1;
    out.shortest = true;
    out.histogram = {{2, 30, true, 0.75}, {4, 4, false, 0.1875}};
    return out;
  }

  Engine engine_;
  rt::Start start_;
  std::shared_ptr<trace::Trace> trace_ = std::make_shared<trace::Trace>();
  trace::Stream& stream_;
  Rng random_{1};
  Nanoseconds now_ = 0;
  std::int64_t steps_ = 0;
  bool by_hand_ = false;
  bool cancelled_ = false;
  bool finished_ = false;
  std::optional<Outcome> outcome_;
};

template <Engine engine>
std::unique_ptr<rt::Execution> start(const rt::Start& start) {
  return std::make_unique<FakeExecution>(engine, start);
}

// The pipeline's parameters are fewer than the counter's; the rest is filled up.
template <Engine engine>
std::unique_ptr<rt::Execution> start_pipeline(const rt::Start& start) {
  rt::Start filled = start;
  filled.params = {1, start.params[0], 1, 0, 0, 0};
  return std::make_unique<FakeExecution>(engine, filled);
}

std::vector<rt::Entry> make_workloads() {
  using namespace std::string_view_literals;
  WorkloadInfo counter{
      "counter",
      {"Lost updates", "사라진 갱신"},
      {"Not one step but three.", "한 걸음이 아니라 세 걸음."},
      {"Try a lock.", "락을 써 보자."},
      Group::shared_data,
      {primary(integer("threads", {"Threads", "스레드"}, {"How many at once.", "함께 도는 수."}, 1, 16, {6, 2, 2})),
       integer("increments", {"Increments", "반복"}, {"How often.", "몇 번."}, 1, 100'000'000, {50, 20, 2}),
       choice("lock", {"Lock", "락"}, {"What protects it.", "무엇이 지키는가."}, lock_options, {0, 0, 0}),
       duration("delay", {"Delay", "지연"}, {"How long each waits.", "저마다 기다리는 시간."}, 0, second, {0, 0, 0}),
       toggle("gentle", {"Gentle", "살살"}, {"Whether it is gentle.", "살살 할지."}, {0, 0, 1}),
       choice("ending", {"Ending", "끝"}, {"How it ends.", "어떻게 끝나는가."}, ending_options, {0, 0, 0})},
      {{"mutex", {"With a mutex", "뮤텍스로"}, {"", ""}, Engine::simulate, {{"threads", "3"}, {"lock", "mutex"}}}}};
  WorkloadInfo pipeline{"pipeline",
                        {"Pipeline", "파이프라인"},
                        {"Stages and queues.", "단계와 큐."},
                        {"", ""},
                        Group::structure,
                        {integer("stages", {"Stages", "단계"}, {"How many.", "몇 개."}, 1, 5, {3, 3, 3})},
                        {}};
  return {{std::move(counter), {start<Engine::live>, start<Engine::simulate>, start<Engine::explore>}},
          {std::move(pipeline), {start_pipeline<Engine::live>, start_pipeline<Engine::simulate>, nullptr}}};
}

}  // namespace

std::span<const rt::Entry> fake_workloads() {
  static const std::vector<rt::Entry> entries = make_workloads();
  return entries;
}

int fake_executions() { return count(); }

}  // namespace interleave::test
