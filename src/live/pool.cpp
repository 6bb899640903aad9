#include "live/pool.h"

namespace interleave::live {

struct Pool::Worker {
  Signal signal;
  std::function<void()> job;
  std::thread thread;
};

Pool::Pool(std::size_t workers, Begin begin) : capacity_(workers) {
  workers_.reserve(workers);
  idle_.reserve(workers);
  if (begin == Begin::beforehand) {
    for (std::size_t at = 0; at < workers; ++at) add_worker();
  }
  watcher_ = std::thread([this] { watch(); });
}

Pool::~Pool() {
  closing_ = true;
  nudge();
  watcher_.join();
  for (const auto& worker : workers_) worker->signal.raise();
  for (const auto& worker : workers_) worker->thread.join();
}

void Pool::add_worker() {
  workers_.push_back(std::make_unique<Worker>());
  Worker& worker = *workers_.back();
  worker.thread = std::thread([this, &worker] { work(*this, worker); });
  idle_.push_back(&worker);
}

void Pool::submit(std::shared_ptr<Errand> errand) {
  // A mailbox of one: what was replaced before it began has been cancelled by its owner.
  const std::unique_ptr<std::shared_ptr<Errand>> replaced(
      next_.exchange(std::make_unique<std::shared_ptr<Errand>>(std::move(errand)).release()));
  if (replaced) (*replaced)->finish_unbegun();
  nudge();
}

bool Pool::try_start(std::function<void()> job) {
  Worker* worker = nullptr;
  {
    const std::lock_guard hold(mutex_);
    if (idle_.empty() && workers_.size() < capacity_) add_worker();
    if (idle_.empty()) return false;
    worker = idle_.back();
    idle_.pop_back();
    ++busy_;
  }
  worker->job = std::move(job);
  worker->signal.raise();
  return true;
}

void Pool::work(Pool& pool, Worker& worker) {
  while (true) {
    worker.signal.wait();
    if (!worker.job) return;  // the pool is closing
    worker.job();
    worker.job = nullptr;
    const std::lock_guard hold(pool.mutex_);
    pool.idle_.push_back(&worker);
    --pool.busy_;
  }
}

void Pool::watch() {
  while (!closing_) {
    const std::unique_ptr<std::shared_ptr<Errand>> errand(next_.exchange(nullptr));
    if (errand) {
      (*errand)->watch_over(*this, watcher_signal_);
    } else {
      watcher_signal_.wait();
    }
  }
  const std::unique_ptr<std::shared_ptr<Errand>> left(next_.exchange(nullptr));
  if (left) (*left)->finish_unbegun();
}

}  // namespace interleave::live
