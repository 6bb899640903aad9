#include "session/shared_search.h"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <vector>

#include "core/clock.h"
#include "explore/exploration.h"

namespace interleave::session {
namespace {

constexpr Nanoseconds patience = 60 * millisecond;  // alone
constexpr Nanoseconds slice = 5 * millisecond;      // of a worker, between two looks at whether it is to stop
constexpr std::size_t portions_of_a_worker = 16;    // they differ in size

explore::Exploration& exploration(rt::Execution& execution) { return dynamic_cast<explore::Exploration&>(execution); }

}  // namespace

// What the workers share with whoever leads them; it stays until the last of them has let it go.
struct SharedSearch::Work {
  struct Portion {
    rt::Start start;
    std::unique_ptr<rt::Execution> search;  // made by the worker that takes it first
    bool done = false;
  };
  // Findings on their way to the leader: a stack without a lock, since a browser's main thread may not wait for one.
  struct Found {
    explore::Findings findings;
    Found* next = nullptr;
  };

  ~Work() {
    for (Found* at = found.exchange(nullptr); at != nullptr;) {
      const std::unique_ptr<Found> gone(at);
      at = gone->next;
    }
  }

  void tell(explore::Findings findings) {
    Found* own = std::make_unique<Found>(Found{std::move(findings), found.load()}).release();
    while (!found.compare_exchange_weak(own->next, own)) {
    }
  }

  void run() {
    for (std::size_t at = next.fetch_add(1); at < portions.size() && !stop; at = next.fetch_add(1)) {
      Portion& portion = portions[at];
      if (portion.done) continue;
      if (portion.search == nullptr) portion.search = begin(portion.start);
      if (exploration(*portion.search).out_of_memory()) portion.search->go_on();
      while (!portion.search->finished() && !stop) {
        portion.search->advance(slice);
        tell(exploration(*portion.search).hand_over());
      }
      portion.done = portion.search->finished() && !exploration(*portion.search).out_of_memory();
      // What it has not run, nobody has.
      if (portion.done && portion.search->snapshot().outcome->verdict == Verdict::limit) limited = true;
      if (portion.done) portion.search.reset();
    }
  }

  rt::StartFunction begin = nullptr;
  std::vector<Portion> portions;
  std::atomic<std::size_t> next{0};
  std::atomic<bool> stop{false};
  std::atomic<bool> limited{false};  // a portion ran into a limit
  std::atomic<Found*> found{nullptr};
};

SharedSearch::SharedSearch(rt::StartFunction begin, const rt::Start& start, std::shared_ptr<live::Pool> pool,
                           std::size_t workers)
    : begin_(begin), start_(start), pool_(std::move(pool)), workers_(workers), leader_(begin(start)) {
  start_.resources = nullptr;
}

SharedSearch::~SharedSearch() {
  if (work_) work_->stop = true;
}

bool SharedSearch::finished() const { return leader_->finished() && (!crew_ || crew_->finished()); }

trace::Snapshot SharedSearch::snapshot() const { return leader_->snapshot(); }

void SharedSearch::advance(Nanoseconds budget) {
  if (finished()) return;
  const Nanoseconds began = steady_now();
  leader_->advance(crew_ ? std::min(budget, slice) : budget);
  alone_ += steady_now() - began;
  if (crew_) return collect();
  if (alone_ >= patience && !work_ && exploration(*leader_).may_share()) share();
}

void SharedSearch::share() {
  explore::Exploration& leader = exploration(*leader_);
  work_ = std::make_shared<Work>();
  work_->begin = begin_;
  for (rt::Portion& portion : leader.portions(workers_ * portions_of_a_worker)) {
    rt::Start start = start_;
    start.portion = std::move(portion);
    work_->portions.push_back({std::move(start), nullptr, false});
  }
  leader.share();
  send_crew();
}

void SharedSearch::send_crew() {
  work_->next = 0;
  work_->stop = false;
  crew_ = std::make_shared<live::Crew>(workers_, [work = work_](std::size_t) { work->run(); });
  pool_->submit(crew_);
}

void SharedSearch::collect() {
  explore::Exploration& leader = exploration(*leader_);
  const bool ended = crew_->finished();
  for (Work::Found* at = work_->found.exchange(nullptr); at != nullptr;) {
    const std::unique_ptr<Work::Found> one(at);
    leader.take_in(one->findings);
    at = one->next;
  }
  if (leader.spent()) work_->stop = true;
  if (!ended || leader.finished()) return;
  crew_.reset();
  const bool all = std::ranges::all_of(work_->portions, [](const Work::Portion& portion) { return portion.done; });
  leader.end_sharing(all && !work_->limited);
}

void SharedSearch::cancel() {
  if (work_) work_->stop = true;
  leader_->cancel();
}

bool SharedSearch::go_on() {
  if (!finished() || !leader_->go_on()) return false;
  if (!work_) return true;
  crew_.reset();
  exploration(*leader_).share_on();
  send_crew();
  return true;
}

}  // namespace interleave::session
