// One execution after the other of a subject, taken step by step by whoever searches: what all ways of searching share.
//
// The steps are those of sim::Machine in its untimed mode. Sleeping and computing are taken as soon as a thread
// arrives at them: no other thread can tell when. Threads and objects have the names that Identities gives them.
#pragma once

#include <concepts>
#include <cstdint>

#include "explore/identities.h"
#include "explore/label.h"
#include "explore/subject.h"
#include "sim/schedule.h"

namespace interleave::explore {

// How one execution ended.
struct Ending {
  bool hung = false;
  bool cut = false;  // it was longer than the bound, so it was left: nothing is known of its rest
  // A task got a lock passed on for which it might have stopped waiting. That race is not looked for.
  bool unsure = false;
  bool failed = false;  // hung, not fine, or a failed check
  std::int64_t figure = 0;
  std::uint32_t preemptions = 0;  // a thread was left that could have gone on
  std::uint64_t steps = 0;
};

// How the machine's execution of the subject went, taken for ended.
[[nodiscard]] Ending ending_on(const sim::Machine& machine, Subject& subject);

// What is told of steps that are taken beside the chosen ones.
template <class N>
concept Notices = requires(N notices, std::uint32_t name) {
  notices.linked(name, name);        // the second goes on only after all that the first has done
  notices.passed(name, name, true);  // a thread has a lock without a step of its own; it might have given up
};

// For whoever need not know.
struct NoNotices {
  static void linked(std::uint32_t, std::uint32_t) {}
  static void passed(std::uint32_t, std::uint32_t, bool) {}
};

// Single-threaded. The subject must outlive it.
class Walk {
 public:
  // An execution with more steps than this is left. Loops that wait for others would run forever.
  static constexpr std::uint64_t longest = 20'000;
  // How many threads there may be that merely wait: each is remembered beside all that take steps.
  static constexpr std::size_t most_participants = 20'000;

  Walk(Subject& subject, const sim::Settings& settings)
      : subject_(subject), machine_(settings, false, nullptr, frames_) {
    consequences_.links.reserve(room);
    machine_.report_to(&consequences_);
    machine_.limit_participants(most_participants);
  }

  // A new execution, up to its first choice.
  template <Notices N>
  void begin(N&& notices) {
    restart({});
    settle(notices);
  }
  void begin() { begin(NoNotices{}); }
  // A new execution that begins with steps of the last one: as far as that the names are those that it had. To be
  // followed by repeat() for each of these steps.
  void begin_again(Identities::Extent common) {
    restart(common);
    settle_unseen();
  }

  // Ends the execution, so that the subject can begin elsewhere.
  void leave() { machine_.reset(); }

  // Who may take a step now; nobody where the execution is over.
  [[nodiscard]] std::span<sim::Thread* const> enabled() const { return machine_.enabled(); }
  [[nodiscard]] bool too_long() const { return machine_.steps() >= longest; }
  [[nodiscard]] const sim::Machine& machine() const { return machine_; }
  [[nodiscard]] std::uint32_t name(const sim::Thread& thread) const { return identities_.thread(thread.id); }
  // By the machine's number: after the same beginning it is the same in every walk, unlike a name.
  [[nodiscard]] sim::Thread& numbered(std::uint32_t number) const { return *machine_.threads()[number]; }
  // Null where there is no such thread, or it may not take a step now.
  [[nodiscard]] sim::Thread* able(std::uint32_t name) const {
    const std::uint32_t number = identities_.machine_thread(name);
    if (number == Identities::nobody) return nullptr;
    sim::Thread& thread = *machine_.threads()[number];
    return machine_.may_step(thread) ? &thread : nullptr;
  }
  [[nodiscard]] const sim::Thread* last() const { return last_; }
  // Whether going on with another would interrupt it. A task that has left its loop has not been interrupted.
  [[nodiscard]] bool could_go_on(const sim::Thread& thread) const {
    return machine_.may_step(thread) && thread.parked->op != sim::Op::take_loop;
  }
  // What the thread would do now.
  [[nodiscard]] Step step_of(const sim::Thread& thread);

  // It must be enabled.
  template <Notices N>
  void take(sim::Thread& thread, N&& notices) {
    step(thread);
    settle(notices);
  }

  void repeat(sim::Thread& thread) {
    step(thread);
    settle_unseen();
  }

  [[nodiscard]] std::uint32_t preemptions() const { return preemptions_; }
  [[nodiscard]] Identities::Extent extent() const {
    return {identities_.started(), static_cast<std::uint32_t>(machine_.makers().size())};
  }
  [[nodiscard]] sim::Schedule schedule() const { return sim::schedule_of(machine_); }
  // How it went, as far as it went; what was observed only where nobody may take a step.
  [[nodiscard]] Ending result();

 private:
  void restart(Identities::Extent common) {
    machine_.reset();
    consequences_.clear();
    identities_.keep(common);
    preemptions_ = 0;
    last_ = nullptr;
    subject_.begin(machine_);
  }
  void step(sim::Thread& thread) {
    if (last_ != nullptr && last_ != &thread && could_go_on(*last_)) ++preemptions_;
    last_ = &thread;
    machine_.step(thread);
  }
  // What has followed from the last step: threads that started or joined, and steps that nobody else can notice.
  template <Notices N>
  void settle(N& notices) {
    for (const auto& pass : consequences_.passed) {
      const std::uint32_t lock = identities_.object(pass.lock, machine_.makers());
      notices.passed(identities_.thread(pass.heir), lock, pass.might_give_up);
    }
    consequences_.passed.clear();
    follow_links(notices);
    std::size_t done = 0;
    while (done < consequences_.quiet.size() && machine_.steps() < longest) {
      machine_.step(*consequences_.quiet[done++]);
      follow_links(notices);
    }
    consequences_.quiet.clear();
  }
  void settle_unseen() {
    for (std::size_t done = 0; done < consequences_.quiet.size() && machine_.steps() < longest; ++done) {
      machine_.step(*consequences_.quiet[done]);
    }
    consequences_.clear();
  }
  template <Notices N>
  void follow_links(N& notices) {
    for (const auto& link : consequences_.links) {
      const std::uint32_t after =
          link.start ? identities_.add_thread(link.after, link.before) : identities_.thread(link.after);
      if (link.before.valid()) notices.linked(identities_.thread(link.before), after);
    }
    consequences_.links.clear();
  }

  Subject& subject_;
  sim::FramePool frames_;
  sim::Machine machine_;
  sim::Machine::Consequences consequences_;
  Identities identities_;
  const sim::Thread* last_ = nullptr;
  std::uint32_t preemptions_ = 0;
};

}  // namespace interleave::explore
