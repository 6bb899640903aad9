#include "stages/subprocess/scene.h"

#include <algorithm>
#include <map>

namespace interleave::stages {
namespace {

using trace::Event;
using trace::Kind;

class Reading {
 public:
  Reading(const trace::Trace& trace, std::span<const std::size_t> numbers) {
    for (std::size_t at = 0; at < trace.objects().size(); ++at) {
      if (trace.objects()[at].kind == trace::ObjectKind::pipe) pipes_.emplace(at, pipes_.size());
    }
    out_.resize(pipes_.size() / rt::pipe_count);
    for (std::size_t at = 0; at < trace.threads().size(); ++at) {
      if (trace.threads()[at].vehicle != trace::Vehicle::process) continue;
      const std::size_t started = children_.size();
      children_.emplace(at, started < numbers.size() ? numbers[started] : started);
    }
  }

  void add(const Event& event) {
    const auto pipe = event.object.valid() ? pipes_.find(event.object.index()) : pipes_.end();
    if (pipe != pipes_.end()) {
      PipeSeen& seen = out_[pipe->second / rt::pipe_count].pipes.at(pipe->second % rt::pipe_count);
      if (event.kind == Kind::pipe_write) seen.passed += event.value;
      if (event.kind == Kind::pipe_write) seen.level += event.value;
      if (event.kind == Kind::pipe_read) seen.level -= event.value;
    }
    if (event.kind == Kind::kill) {
      const auto victim = children_.find(static_cast<std::size_t>(event.value));
      if (victim != children_.end() && victim->second < out_.size()) out_[victim->second].killed = true;
    }
    const auto child = children_.find(event.thread.index());
    if (child == children_.end() || child->second >= out_.size() || event.kind == Kind::progress) return;
    ChildSeen& seen = out_[child->second];
    seen.started = true;
    seen.state = event.state;
    seen.asleep = event.kind == Kind::sleep;
    seen.waits_at.reset();
    if (event.kind == Kind::wait && pipe != pipes_.end()) {
      seen.waits_at = static_cast<rt::Pipe>(pipe->second % rt::pipe_count);
    }
    if (event.kind != Kind::exit) return;
    seen.code = event.value;
    seen.ended_at = event.time;
  }

  // A live child's news may be heard after what its parent did about it.
  std::vector<ChildSeen> finish() {
    for (ChildSeen& child : out_) {
      for (PipeSeen& pipe : child.pipes) pipe.level = std::max<std::int64_t>(pipe.level, 0);
      if (!child.code) continue;
      child.place = 1 + std::ranges::count_if(out_, [&](const ChildSeen& other) {
                      return other.code && other.ended_at < child.ended_at;
                    });
    }
    return std::move(out_);
  }

 private:
  std::map<std::size_t, std::size_t> pipes_;     // by the object's number
  std::map<std::size_t, std::size_t> children_;  // by the participant's number
  std::vector<ChildSeen> out_;
};

}  // namespace

std::vector<ChildSeen> children_of(const trace::Trace& trace, std::size_t events,
                                   std::span<const std::size_t> numbers) {
  Reading reading(trace, numbers);
  for (std::size_t at = 0; at < trace.streams().size(); ++at) {
    const auto& log = trace.streams()[at]->events();
    const std::size_t count = std::min(log.size(), events);
    for (std::size_t index = 0; index < count; ++index) reading.add(log[index]);
  }
  return reading.finish();
}

}  // namespace interleave::stages
