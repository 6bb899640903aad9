// Child processes of a live run. What runs them differs by platform: see child_platform.h.
#pragma once

#include <array>
#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "live/interruptible.h"
#include "live/waiting.h"
#include "rt/child.h"
#include "trace/event.h"

namespace interleave::live {

class ChildPlatform;
class ChildProcess;
class Threads;

// What a child tells its parent about itself, through a fourth pipe: natively the bytes of this struct, in order. The
// end of that pipe is the end of the child.
struct ChildNews {
  enum class What : std::uint8_t { sleeps, goes_on, blocked, moved, exits };
  std::int64_t time = 0;   // of the steady clock, which is the same in every process
  std::int64_t value = 0;  // sleeps: for how long; moved: bytes; exits: return code; blocked: see below
  What what = What::goes_on;
  rt::Pipe pipe = rt::Pipe::in;
  std::array<std::byte, 6> unused{};
};
static_assert(sizeof(ChildNews) == 24);
// A blocked child tells how many bytes its parent had moved when it looked: read from a full stdout or stderr, or
// written to an empty stdin. As long as the parent has moved no more, the child is still blocked, however long that
// takes: a child that is only slow is never taken for one that hangs.

class Child {
 public:
  // At its end it kills and reaps what has not been.
  Child(Threads& rt, int child_number);
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

 private:
  friend class Threads;
  friend class Children;
  int number_;
  std::array<ObjectId, rt::pipe_count> pipes_{};
  Member* member_ = nullptr;
  bool exit_told_ = false;
  std::shared_ptr<ChildProcess> process_;  // it knows how to end what only one file knows
};

// Those that one participant has started, which alone talks to them.
class Children final : public Interruptible {
 public:
  // Tells what a child did: its news, and whether it is provably blocked now.
  struct Told {
    std::function<void(Child&, const ChildNews&)> news;
    std::function<void(Child&, const ChildNews*)> blocked;  // null: it is not
    std::function<void(Child&, int code)> ended;
    std::function<void(Child&, rt::Pipe, trace::Kind, std::int64_t)> own;  // what the parent itself has done
  };

  Children();
  ~Children() override;

  // Throws rt::LimitReached where there can be no more.
  void start(Child& child, std::string_view program, const std::string& argument);
  // False where it was interrupted. `until` is an instant of the steady clock, or rt::no_limit.
  [[nodiscard]] bool talk(Child& child, const rt::Talk& talk, Nanoseconds until, const Told& told, rt::Heard& heard);
  void kill(Child& child);
  // Kills and reaps whoever is left.
  void end_all(const Told& told);
  void interrupt() override;

 private:
  struct Steps;
  void hear_all(const Told& told);
  bool wait(Child& child, const rt::Talk& talk, Nanoseconds until, const Told& told, rt::Heard& heard);

  std::unique_ptr<ChildPlatform> platform_;
  std::atomic<bool> interrupted_{false};
  std::vector<Child*> alive_;
};

}  // namespace interleave::live
