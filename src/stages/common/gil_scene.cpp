#include "stages/common/gil_scene.h"

#include <algorithm>
#include <utility>

#include "trace/each_event.h"

namespace interleave::stages {
namespace {

using trace::Event;
using trace::Kind;
using trace::State;

struct OfThread {
  State state = State::idle;
  Nanoseconds waits_since = 0;
  std::optional<Nanoseconds> has_since;
  std::optional<Nanoseconds> asked;
};

// Streams of a live run are read one after the other: nothing here depends on the order of events between threads.
class GilReader {
 public:
  explicit GilReader(std::size_t threads) : threads_(threads) {}

  void add(const Event& event) {
    scene_.now = std::max(scene_.now, event.time);
    if (!event.thread.valid() || trace::is_figure(event.kind)) return;
    if (event.thread.index() >= threads_.size()) threads_.resize(event.thread.index() + 1);
    OfThread& thread = threads_[event.thread.index()];
    switch (event.kind) {
      case Kind::gil_take:
        thread.has_since = event.time;
        latest_take_ = std::max(latest_take_, event.time);
        if (event.value != trace::nobody && event.value != std::int64_t{event.thread.value}) ++scene_.handovers;
        break;
      case Kind::gil_drop: thread.has_since.reset(); break;
      case Kind::gil_request:
        ++scene_.requests;
        thread.asked = event.time;
        break;
      case Kind::ended: thread.has_since.reset(); break;
      default: break;
    }
    if (event.state == State::waiting_gil && event.kind != Kind::gil_request) {
      // Woken too late to take it, a thread begins to wait anew.
      thread.waits_since = event.time;
      thread.asked.reset();
    }
    thread.state = event.state;
  }

  GilScene finish() {
    for (std::size_t at = 0; at < threads_.size(); ++at) {
      const OfThread& thread = threads_[at];
      const ThreadId id{static_cast<std::uint32_t>(at)};
      scene_.states.push_back(thread.state);
      // Read while they run, two streams may each be a little behind: the one that took it last has it.
      if (thread.has_since && (!scene_.holder || *thread.has_since > scene_.held_since)) {
        scene_.holder = id;
        scene_.held_since = *thread.has_since;
      }
      if (thread.state == State::waiting_gil) {
        scene_.waiting.push_back({id, thread.waits_since, thread.asked && *thread.asked >= latest_take_});
      }
    }
    std::ranges::sort(scene_.waiting, {},
                      [](const GilWaiter& waiter) { return std::pair(waiter.since, waiter.thread); });
    return std::move(scene_);
  }

 private:
  GilScene scene_;
  std::vector<OfThread> threads_;
  Nanoseconds latest_take_ = 0;
};

}  // namespace

const GilWaiter* GilScene::waiter(ThreadId thread) const {
  const auto found = std::ranges::find(waiting, thread, &GilWaiter::thread);
  return found == waiting.end() ? nullptr : &*found;
}

GilScene make_gil_scene(const trace::Trace& trace, std::size_t events) {
  GilReader reader(trace.threads().size());
  trace::each_event(trace, events, [&](const Event& event) { reader.add(event); });
  GilScene scene = reader.finish();
  for (std::size_t at = 0; at < trace.objects().size(); ++at) {
    if (trace.objects()[at].kind != trace::ObjectKind::interpreter) continue;
    scene.present = true;
    scene.lock = ObjectId{static_cast<std::uint32_t>(at)};
  }
  return scene;
}

float interval_share(const GilWaiter& waiter, Nanoseconds now, Nanoseconds interval) {
  if (waiter.asked || interval <= 0) return 1;
  const Nanoseconds waited = std::max<Nanoseconds>(now - waiter.since, 0) % interval;
  return static_cast<float>(static_cast<double>(waited) / static_cast<double>(interval));
}

std::vector<Nanoseconds> computed(const trace::Trace& trace, std::size_t events, bool timed) {
  struct Piece {
    Nanoseconds since = 0;
    Nanoseconds left = 0;  // none where it is not computing
  };
  std::vector<Nanoseconds> out(trace.threads().size());
  std::vector<Piece> pieces(out.size());
  Nanoseconds now = 0;
  const auto stop = [&](std::size_t thread, Nanoseconds at) {
    out[thread] += std::clamp<Nanoseconds>(at - pieces[thread].since, 0, pieces[thread].left);
    pieces[thread] = {};
  };
  trace::each_event(trace, events, [&](const Event& event) {
    now = std::max(now, event.time);
    const std::size_t thread = event.thread.index();
    if (!event.thread.valid() || thread >= out.size()) return;
    stop(thread, event.time);
    if (event.kind != Kind::compute) return;
    if (timed) {
      pieces[thread] = {event.time, event.value};
    } else {
      out[thread] += event.value;
    }
  });
  for (std::size_t thread = 0; thread < out.size(); ++thread) stop(thread, now);
  return out;
}

std::vector<std::int64_t> told_progress(const trace::Trace& trace) {
  std::vector<std::int64_t> out(trace.threads().size());
  trace::each_event(trace, all_events, [&](const Event& event) {
    if (event.kind != Kind::progress && event.kind != Kind::ended) return;
    if (!event.thread.valid() || event.thread.index() >= out.size()) return;
    out[event.thread.index()] = std::max(out[event.thread.index()], event.value);
  });
  return out;
}

}  // namespace interleave::stages
