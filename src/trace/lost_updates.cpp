#include "trace/lost_updates.h"

#include <map>

namespace interleave::trace {
namespace {

struct Write {
  std::size_t index = 0;
  ThreadId by;
  std::int32_t value = 0;
};

struct Variable {
  std::uint64_t version = 0;  // how often it was written
  Write last;
  std::map<ThreadId, std::uint64_t> loaded;  // the version that each thread read last
};

}  // namespace

std::vector<Overwrite> overwrites(const Trace& trace) {
  std::vector<Overwrite> out;
  if (trace.streams().size() == 0) return out;
  std::map<ObjectId, Variable> variables;
  const auto& events = trace.streams()[0]->events();
  for (std::size_t index = 0, count = events.size(); index < count; ++index) {
    const Event& event = events[index];
    if (!event.object.valid()) continue;
    if (event.kind == Kind::load) {
      Variable& variable = variables[event.object];
      variable.loaded[event.thread] = variable.version;
    } else if (event.kind == Kind::store || event.kind == Kind::fetch_add || event.kind == Kind::compare_exchange) {
      Variable& variable = variables[event.object];
      const auto seen = variable.loaded.find(event.thread);
      // An atomic operation reads what it overwrites, and a store without a load before it is no update.
      if (event.kind == Kind::store && seen != variable.loaded.end() && seen->second != variable.version) {
        out.push_back({index, variable.last.index, event.thread, variable.last.by, event.object, written(event.value),
                       variable.last.value});
      }
      ++variable.version;
      variable.last = {index, event.thread, written(event.value)};
      variable.loaded[event.thread] = variable.version;
    }
  }
  return out;
}

}  // namespace interleave::trace
