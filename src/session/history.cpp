#include "session/history.h"

#include <utility>

namespace interleave::session {

void History::add(RunRecord record) {
  record.number = ++added_;
  records_.push_back(std::move(record));
  if (records_.size() > kept_records) records_.pop_front();
  // It is kept whatever its size, until there is another.
  forget_old_traces(1);
}

void History::forget_old_traces(std::size_t shown) {
  std::size_t weight = 0;
  std::size_t at = 0;
  for (auto record = records_.rbegin(); record != records_.rend(); ++record, ++at) {
    if (record->trace == nullptr) continue;
    weight += record->trace->event_count() + events_a_participant * record->trace->threads().size();
    if (weight <= kept_events || at < shown) continue;
    record->trace.reset();
    record->metrics.threads = {};
  }
}

}  // namespace interleave::session
