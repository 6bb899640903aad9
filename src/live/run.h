// One live run: its participants, and the watcher that finds hangs, samples progress and stops it when asked.
#pragma once

#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "live/settings.h"
#include "live/signal.h"
#include "live/waiting.h"
#include "rt/hang.h"
#include "rt/workload.h"
#include "trace/snapshot.h"

namespace interleave::live {

class Pool;

// A participant as the watcher sees it. Threads and tasks of a loop register; they stay until the run's end.
struct Participant {
  ThreadId id;
  std::atomic<std::uint32_t> flags{0};  // see Flag
  std::atomic<std::int64_t> done{0};    // units of work, told at safepoints
  std::atomic<bool> ended{false};
  std::atomic<Nanoseconds> began_at{-1};
  std::atomic<Nanoseconds> ended_at{-1};
  Waiting waiting;
  WaitPoint end;  // where joiners wait
};

// What a participant polls at safepoints and in waits.
enum Flag : std::uint32_t { flag_cancel = 1, flag_start_line = 2 };

class Run {
 public:
  Run(const Settings& settings, std::size_t budget, std::int64_t work);
  virtual ~Run();
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  // ---- for the owner: never block, safe from every thread -------------------------------------------------------
  void cancel();
  [[nodiscard]] bool finished() const { return stage_.load(std::memory_order_acquire) == Stage::finished; }
  [[nodiscard]] trace::Snapshot snapshot() const;
  void finish_unbegun();

  // ---- for the pool's watcher -----------------------------------------------------------------------------------
  // Begins the run and returns when it has ended and no worker is left in it.
  void watch_over(Pool& pool, Signal& signal);

  // ---- for the participants -------------------------------------------------------------------------------------
  Participant& add_participant(Words name, ThreadId parent, trace::Vehicle vehicle);
  void participant_ended(Participant& participant);
  trace::Stream& add_stream();
  ObjectId add_object(const rt::Name& name, trace::ObjectKind kind, std::int64_t initial);
  // Gives a job to a worker; throws rt::LimitReached where there is none left.
  void start_worker(std::function<void()> job);
  void check_failed() { failed_checks_.fetch_add(1); }
  // A loop whose tasks all wait for each other tells so itself.
  void hang_found(std::vector<rt::WaitEdge> waits);
  // A participant ran into a limit: the run ends with that outcome.
  void limit_reached(std::int64_t available);
  [[nodiscard]] bool cancelling() const { return cancelling_.load(); }
  [[nodiscard]] Nanoseconds now() const;
  [[nodiscard]] const Settings& settings() const { return settings_; }
  [[nodiscard]] std::size_t capacity() const;

 protected:
  // The outermost body, from its making to its end: runs on a worker.
  virtual void carry() = 0;
  // What was observed, in words; after every participant has ended.
  virtual Outcome judge(const rt::RunFacts& facts) = 0;

 private:
  enum class Stage : std::uint8_t { starting, running, finished };

  void sample();
  void stop_all();
  [[nodiscard]] bool all_ended() const;
  // The waits of a hang, or nothing where somebody can go on. Looks twice, a tick apart.
  std::vector<rt::WaitEdge> look_for_hang();
  [[nodiscard]] Nanoseconds elapsed() const;

  static constexpr Nanoseconds tick = 2 * millisecond;
  static constexpr Nanoseconds sample_every = 4 * millisecond;

  Settings settings_;
  std::size_t budget_;
  std::int64_t work_;
  std::shared_ptr<trace::Trace> trace_ = std::make_shared<trace::Trace>();
  trace::Stream& samples_;
  std::atomic<Stage> stage_{Stage::starting};
  std::atomic<bool> cancel_requested_{false};
  std::atomic<bool> cancelling_{false};
  std::atomic<std::int64_t> failed_checks_{0};
  std::atomic<std::int64_t> limit_{-1};
  std::atomic<std::int64_t> progress_{0};
  std::atomic<Nanoseconds> elapsed_{0};
  std::atomic<Nanoseconds> epoch_{0};
  std::atomic<Pool*> pool_{nullptr};
  mutable std::mutex mutex_;  // guards what follows, and additions to the trace; never taken by the owner
  std::deque<Participant> participants_;
  std::size_t alive_ = 0;
  std::size_t jobs_ = 0;
  Nanoseconds last_sample_ = 0;
  std::uint64_t quiet_waits_ = 0;  // the sum of wait numbers at the last look that found everybody waiting
  std::vector<rt::WaitEdge> hang_;
  std::optional<Outcome> outcome_;  // written before stage_ becomes finished, never after
};

}  // namespace interleave::live
