#include "trace/metrics.h"

#include <algorithm>
#include <functional>

namespace interleave::trace {
namespace {

// What one thread is doing while its events are read.
struct Current {
  State state = State::idle;
  Nanoseconds since = 0;
  bool begun = false;
};

class Measurement {
 public:
  explicit Measurement(std::size_t threads) : current_(threads) { out_.threads.resize(threads); }

  void add(const Event& event) {
    const Nanoseconds end = event.time + static_cast<Nanoseconds>(event.cost);
    end_ = std::max(end_, end);
    // Such events do not tell what a thread is doing.
    if (is_figure(event.kind)) return;
    // A thread that was added after its stream was counted belongs to a later measurement.
    if (!event.thread.valid() || event.thread.index() >= current_.size()) return;
    Current& current = current_[event.thread.index()];
    ThreadMetrics& thread = out_.threads[event.thread.index()];
    if (!current.begun) {
      current = {event.state, event.time, true};
      thread.begin = event.time;
    }
    if (event.kind == Kind::gil_take) {
      ++out_.gil_takes;
      if (event.value != nobody && event.value != std::int64_t{event.thread.value}) ++out_.gil_handovers;
    }
    if (event.kind == Kind::gil_request) ++out_.gil_requests;
    if (event.kind == Kind::ended) {
      thread.ended = true;
      thread.end = event.time;
    }
    if (event.state != current.state) {
      if (current.state == State::running && event.kind != Kind::ended) ++thread.switches;
      close(thread, current, event.time);
      current = {event.state, event.time, true};
    }
  }

  Metrics finish() {
    for (std::size_t at = 0; at < current_.size(); ++at) {
      ThreadMetrics& thread = out_.threads[at];
      if (!current_[at].begun) continue;
      if (!thread.ended) {
        thread.end = end_;
        close(thread, current_[at], end_);
      }
      out_.switches += thread.switches;
      out_.waits += thread.waits;
      out_.wait_total += thread.wait_total;
      out_.wait_max = std::max(out_.wait_max, thread.wait_max);
    }
    out_.elapsed = whole_duration();
    out_.overlap = most_at_once();
    return std::move(out_);
  }

 private:
  void close(ThreadMetrics& thread, const Current& span, Nanoseconds end) {
    const Nanoseconds length = std::max<Nanoseconds>(end - span.since, 0);
    thread.in_state[static_cast<std::size_t>(span.state)] += length;
    if (waits_for_object(span.state)) {
      ++thread.waits;
      thread.wait_total += length;
      thread.wait_max = std::max(thread.wait_max, length);
    }
    if (span.state == State::running && length > 0) {
      begins_.push_back(span.since);
      ends_.push_back(end);
    }
  }

  [[nodiscard]] Nanoseconds whole_duration() const {
    Nanoseconds first = INT64_MAX;
    Nanoseconds last = INT64_MIN;
    for (std::size_t at = 0; at < current_.size(); ++at) {
      if (!current_[at].begun) continue;
      first = std::min(first, out_.threads[at].begin);
      last = std::max(last, out_.threads[at].end);
    }
    return last >= first ? last - first : 0;
  }

  // How many spans hold one instant, at most. A span that ends where another begins does not
  // overlap with it.
  std::uint32_t most_at_once() {
    for (std::vector<Nanoseconds>* times : {&begins_, &ends_}) {
      if (!std::ranges::is_sorted(*times)) std::ranges::sort(*times);
    }
    std::size_t ended = 0;
    std::size_t most = 0;
    for (std::size_t begun = 0; begun < begins_.size(); ++begun) {
      while (ends_[ended] <= begins_[begun]) ++ended;
      most = std::max(most, begun + 1 - ended);
    }
    return static_cast<std::uint32_t>(most);
  }

  Metrics out_;
  std::vector<Current> current_;     // indexed by ThreadId
  std::vector<Nanoseconds> begins_;  // of all running spans
  std::vector<Nanoseconds> ends_;
  Nanoseconds end_ = 0;
};

}  // namespace

Metrics measure(const Trace& trace) {
  // Events of threads that are added from now on are left to a later measurement.
  Measurement measurement(trace.threads().size());
  std::uint64_t events = 0;
  for (std::size_t at = 0; at < trace.streams().size(); ++at) {
    const auto& log = trace.streams()[at]->events();
    const std::size_t count = log.size();
    events += count;
    for (std::size_t index = 0; index < count;) {
      const auto [first, run] = log.run(index, count);
      for (std::size_t k = 0; k < run; ++k) measurement.add(first[k]);
      index += run;
    }
  }
  Metrics out = measurement.finish();
  out.events = events;
  out.unrecorded = trace.unrecorded();
  return out;
}

}  // namespace interleave::trace
