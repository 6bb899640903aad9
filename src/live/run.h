// One live run: its participants, and the watcher that finds hangs, samples progress and stops it when asked.
#pragma once

#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "live/pool.h"
#include "live/settings.h"
#include "live/signal.h"
#include "live/waiting.h"
#include "rt/hang.h"
#include "rt/interpreter.h"
#include "rt/workload.h"
#include "trace/snapshot.h"

namespace interleave::live {

class Gil;

// A participant as its run and the watcher know it. Threads and tasks of a loop register; they stay until the run's
// end.
struct Member {
  ThreadId id;
  std::atomic<std::uint32_t> flags{0};  // see Flag
  std::atomic<std::int64_t> done{0};    // units of work, told at safepoints
  std::atomic<bool> ended{false};
  std::atomic<Nanoseconds> began_at{-1};
  std::atomic<Nanoseconds> ended_at{-1};
  std::int64_t done_told = -1;  // the watcher's: what the last event of its progress said
  Waiting waiting;
  WaitPoint end;  // where joiners wait
};

// What a participant polls at safepoints and in waits: to end, to let those begin that it has spawned, to hand the
// interpreter lock over.
enum Flag : std::uint32_t { flag_cancel = 1, flag_start_line = 2, flag_gil = 4 };

// Tells the watcher what a participant waits for, from before it looks at the cancel flag until after the wait.
class WaitInSight {
 public:
  WaitInSight(Member& self, Waiting::For what, WaitPoint& point, const Lock* lock = nullptr,
              const Member* other = nullptr)
      : waiting_(self.waiting) {
    waiting_.number.fetch_add(1);
    waiting_.lock = lock;
    waiting_.other = other;
    waiting_.point = &point;
    waiting_.what = what;
  }
  WaitInSight(Member& self, WaitPoint& point, const Condition& condition)
      : WaitInSight(self, Waiting::For::nothing, point) {
    waiting_.condition = &condition;
    waiting_.what = Waiting::For::condition;
  }
  WaitInSight(Member& self, Interruptible& io) : waiting_(self.waiting) {
    waiting_.number.fetch_add(1);
    waiting_.io = &io;
    waiting_.what = Waiting::For::time;
  }
  // For a child process, without a limit of time.
  WaitInSight(Member& self, Interruptible& io, const Member& child, ObjectId pipe, rt::Wanted wanted)
      : waiting_(self.waiting) {
    waiting_.number.fetch_add(1);
    waiting_.io = &io;
    waiting_.other = &child;
    waiting_.pipe = pipe;
    waiting_.wanted = wanted;
    waiting_.what = Waiting::For::child;
  }
  ~WaitInSight() {
    waiting_.what = Waiting::For::nothing;
    waiting_.point = nullptr;
    waiting_.io = nullptr;
  }
  WaitInSight(const WaitInSight&) = delete;
  WaitInSight& operator=(const WaitInSight&) = delete;

 private:
  Waiting& waiting_;
};

class Run : public Errand {
 public:
  Run(const Settings& settings, const rt::Interpreting& interpreting, std::size_t budget, std::int64_t work);
  ~Run() override;

  // ---- for the owner: never block, safe from every thread -------------------------------------------------------
  void cancel();
  [[nodiscard]] bool finished() const { return stage_.load(std::memory_order_acquire) == Stage::finished; }
  [[nodiscard]] trace::Snapshot snapshot() const;
  void finish_unbegun() final;

  // ---- for the pool's watcher -----------------------------------------------------------------------------------
  // Begins the run and returns when it has ended and no worker is left in it.
  void watch_over(Pool& pool, Signal& signal) final;

  // ---- for the participants -------------------------------------------------------------------------------------
  Member& add_member(Words name, ThreadId parent, trace::Vehicle vehicle);
  void member_ended(Member& member);
  // The same of one that a worker has carried, and leaves now.
  void body_ended(Member& member);
  // For whoever is one of many that write.
  trace::Stream& add_stream();
  // For a loop, which writes for all its tasks.
  trace::Stream& add_loop_stream();
  ObjectId add_object(const rt::Name& name, trace::ObjectKind kind, std::int64_t initial);
  // Gives a job to a worker; throws rt::LimitReached where there is none left.
  void start_worker(std::function<void()> job);
  void check_failed() { failed_checks_.fetch_add(1); }
  // A loop whose tasks all wait for each other tells so itself.
  void hang_found(std::vector<rt::WaitEdge> waits);
  // A participant ran into a limit: the run ends with that outcome.
  void limit_reached(const rt::LimitReached& limit);
  [[nodiscard]] bool cancelling() const { return cancelling_.load(); }
  [[nodiscard]] Nanoseconds now() const;
  // The same of an instant of the steady clock.
  [[nodiscard]] Nanoseconds time_of(Nanoseconds steady) const {
    return steady - epoch_.load(std::memory_order_relaxed);
  }
  [[nodiscard]] const Settings& settings() const { return settings_; }
  [[nodiscard]] const rt::Interpreting& interpreting() const { return interpreting_; }
  // The interpreter lock; null where there is none.
  [[nodiscard]] Gil* gil() const { return gil_.get(); }
  [[nodiscard]] std::size_t capacity() const;

 protected:
  // The outermost body, from its making to its end: runs on a worker.
  virtual void carry() = 0;
  // What was observed, in words; after every participant has ended.
  virtual Outcome judge(const rt::RunFacts& facts) = 0;
  // A hang's outcome, with what the workload knows of its cause.
  virtual Outcome explained(Outcome hang) = 0;
  // What it took to carry the bodies; after every participant has ended.
  [[nodiscard]] virtual rt::Usage usage() const;

 private:
  enum class Stage : std::uint8_t { starting, running, finished };

  void sample();
  void stop_all();
  [[nodiscard]] bool all_ended() const;
  [[nodiscard]] bool all_jobs_ended() const { return jobs_ == 0; }
  // The waits of a hang, or nothing where somebody can go on. Looks twice, a tick apart.
  std::vector<rt::WaitEdge> look_for_hang();
  [[nodiscard]] Nanoseconds elapsed() const;

  static constexpr Nanoseconds tick = 2 * millisecond;
  static constexpr Nanoseconds sample_every = 4 * millisecond;
  // Looking at thousands of tasks takes as long as many of their steps.
  static constexpr std::size_t many = 1'000;
  static constexpr Nanoseconds sample_many_every = 64 * millisecond;

  Settings settings_;
  rt::Interpreting interpreting_;
  std::size_t budget_;
  std::int64_t work_;
  std::shared_ptr<trace::Trace> trace_ = std::make_shared<trace::Trace>();
  trace::Stream& samples_;
  std::unique_ptr<Gil> gil_;
  std::atomic<Stage> stage_{Stage::starting};
  std::atomic<bool> cancel_requested_{false};
  std::atomic<bool> cancelling_{false};
  std::atomic<std::int64_t> failed_checks_{0};
  std::atomic<std::int64_t> progress_{0};
  std::atomic<Nanoseconds> elapsed_{0};
  std::atomic<Nanoseconds> epoch_{0};
  std::atomic<Pool*> pool_{nullptr};
  mutable std::mutex mutex_;  // guards what follows, and additions to the trace; never taken by the owner
  std::deque<Member> members_;
  std::size_t jobs_ = 0;
  std::int64_t bodies_ = 0;  // jobs whose bodies have not ended: a loop's own counts to the end
  std::int64_t most_bodies_ = 0;
  bool has_loop_ = false;
  Nanoseconds last_sample_ = 0;
  std::uint64_t quiet_waits_ = 0;  // the sum of wait numbers at the last look that found everybody waiting
  std::vector<rt::WaitEdge> hang_;
  std::optional<rt::LimitReached> limit_;
  std::optional<Outcome> outcome_;  // written before stage_ becomes finished, never after
};

}  // namespace interleave::live
