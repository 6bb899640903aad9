// Small programs, explored: every order of their steps that matters, in a few lines.
//
//     using namespace interleave;
//     explore::Program<> program;
//     program
//         .threads(2, [](auto& rt, auto& shared) -> rt::Task<> {
//           const auto value = co_await rt.load(shared.x);
//           co_await rt.store(shared.x, value + 1);
//         })
//         .figure([](const auto& shared) { return shared.x.peek(); })
//         .fine([](const auto& shared) { return shared.x.peek() == 2; });
//     const explore::Findings found = explore::explore(program);
//     // found.executions == 4, found.failures == 2, found.outcomes.at(1).executions == 2,
//     // found.shortest->text() == "AB2A.", found.shortest->story[0].words.en == "thread 1 reads 0"
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "explore/findings.h"
#include "explore/settings.h"
#include "explore/subject.h"

namespace interleave::explore {

// What most small programs share: three variables that begin at 0 and three mutexes.
struct Shared {
  explicit Shared(sim::Machine& rt)
      : x(rt, {{"x", "x"}}, 0),
        y(rt, {{"y", "y"}}, 0),
        z(rt, {{"z", "z"}}, 0),
        a(rt, {{"lock a", "락 a"}}, rt::LockKind::mutex),
        b(rt, {{"lock b", "락 b"}}, rt::LockKind::mutex),
        c(rt, {{"lock c", "락 c"}}, rt::LockKind::mutex) {}

  sim::Machine::Var x, y, z;
  sim::Machine::Lock a, b, c;
};

// Threads that begin together and are joined at the end. State is anything that can be made from a sim::Machine& (or
// by the function given); it outlives the threads and is made anew for each execution.
template <class State = Shared>
class Program final : public Subject {
 public:
  using Make = std::function<State(sim::Machine&)>;

  Program() = default;
  // For a State that needs more than a machine to be made.
  explicit Program(Make make) : make_(std::move(make)) {}

  // One more thread. The body is a lambda without captures that returns rt::Task<>, or an object of such a class.
  template <class Body>
    requires std::is_empty_v<Body> && std::is_invocable_r_v<rt::Task<>, Body, sim::Machine&, State&>
  Program& thread(Body body) {
    return threads(1, body);
  }
  // `count` more threads with the same body.
  template <class Body>
    requires std::is_empty_v<Body> && std::is_invocable_r_v<rt::Task<>, Body, sim::Machine&, State&>
  Program& threads(int count, Body) {
    const auto start = [](sim::Machine& rt, State& state) { return Body{}(rt, state); };
    bodies_.insert(bodies_.end(), static_cast<std::size_t>(count), start);
    return *this;
  }
  // The number that outcomes are told apart by; 0 where none is given.
  Program& figure(std::function<std::int64_t(const State&)> figure) {
    figure_ = std::move(figure);
    return *this;
  }
  // Whether an execution that came to its end is as it should be; always where nothing is given. Hangs and failed
  // checks are failures in any case.
  Program& fine(std::function<bool(const State&)> fine) {
    fine_ = std::move(fine);
    return *this;
  }

  void begin(sim::Machine& machine) override {
    if (make_) {
      state_.reset();
      state_.emplace(Made{make_, machine});
    } else if constexpr (std::is_constructible_v<State, sim::Machine&>) {
      state_.emplace(machine);
    }
    started_.clear();
    machine.begin(main(machine, *this));
  }
  [[nodiscard]] bool all_in_variables() const override { return std::is_same_v<State, Shared>; }
  Observation observe() override { return {figure_ ? figure_(*state_) : 0, !fine_ || fine_(*state_)}; }
  Outcome judge(const rt::RunFacts& run) override {
    Outcome out;
    const bool good = observe().fine && run.failed_checks == 0;
    out.verdict = good ? Verdict::ok : Verdict::failure;
    out.headline =
        good ? Text{"As it should be", "있어야 할 대로다"} : Text{"Not as it should be", "있어야 할 대로가 아니다"};
    return out;
  }

 private:
  using Start = rt::Task<> (*)(sim::Machine&, State&);
  // Makes a State in place, so that it need not be movable.
  struct Made {
    const Make& make;
    sim::Machine& machine;
    operator State() const { return make(machine); }  // NOLINT(google-explicit-constructor)
  };

  static rt::Task<> main(sim::Machine& rt, Program& program) {
    for (const Start body : program.bodies_) {
      const rt::SpawnOptions options{{{"thread", "스레드"}, static_cast<int>(program.started_.size()) + 1}};
      const auto run = [](sim::Machine& own, State& shared, Start start) { return start(own, shared); };
      program.started_.push_back(co_await rt.spawn(options, run, *program.state_, body));
    }
    for (const rt::Participant thread : program.started_) co_await rt.join(thread);
  }

  Make make_;
  std::vector<Start> bodies_;
  std::function<std::int64_t(const State&)> figure_;
  std::function<bool(const State&)> fine_;
  std::optional<State> state_;
  std::vector<rt::Participant> started_;  // in this execution; here, since its memory is used again
};

// Searches to the end, or until the settings' budget of executions is spent, and tells the shortest failure found.
[[nodiscard]] Findings explore(Subject& subject, const Settings& settings = {});

// How the subject ends when it follows the schedule; nothing where the schedule does not fit it.
[[nodiscard]] std::optional<Ending> replay(Subject& subject, const sim::Schedule& schedule,
                                           const Settings& settings = {});

}  // namespace interleave::explore
