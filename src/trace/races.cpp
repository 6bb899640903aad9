#include "trace/races.h"

#include <algorithm>
#include <cassert>

#include "trace/replay.h"

namespace interleave::trace {
namespace {

template <class T, class Id>
T& at(std::vector<T>& all, Id id) {
  if (id.index() >= all.size()) all.resize(id.index() + 1);
  return all[id.index()];
}

bool is_access(Kind kind) {
  return kind == Kind::load || kind == Kind::store || kind == Kind::fetch_add || kind == Kind::compare_exchange;
}

bool in_one_step(Kind kind) { return kind == Kind::fetch_add || kind == Kind::compare_exchange; }

bool writes(const Event& event) {
  if (event.kind == Kind::compare_exchange) return found(event.value) != written(event.value);
  return event.kind == Kind::store || event.kind == Kind::fetch_add;
}

bool takes_lock(const Event& event) {
  switch (event.kind) {
    case Kind::acquire:
    case Kind::gil_take: return true;
    case Kind::try_acquire:
    case Kind::acquire_for: return event.value == 1;
    default: return false;
  }
}

// Whether everything that it names is there.
bool is_whole(const Trace& trace, const Event& event) {
  const auto is_thread = [&](std::int64_t number) {
    return number >= 0 && static_cast<std::size_t>(number) < trace.threads().size();
  };
  if (!is_thread(event.thread.value)) return false;
  switch (event.kind) {
    case Kind::started: return event.value == nobody || is_thread(event.value);
    case Kind::join:
    case Kind::kill: return is_thread(event.value);
    case Kind::release:
    case Kind::gil_drop:
    case Kind::pipe_write:
    case Kind::pipe_close:
    case Kind::pipe_read: return event.object.index() < trace.objects().size();
    default: return (!is_access(event.kind) && !takes_lock(event)) || event.object.index() < trace.objects().size();
  }
}

}  // namespace

void Races::update(const Trace& trace) {
  if (trace.streams().size() == 0) return;
  const Stream& stream = *trace.streams()[0];
  const std::size_t count = stream.events().size();
  while (read_ < count && report_.checked != Checked::too_many) {
    const auto [events, run] = stream.events().run(read_, count);
    for (std::size_t k = 0; k < run && report_.checked != Checked::too_many; ++k, ++read_) add(trace, events[k]);
  }
  if (report_.checked == Checked::whole && stream.unrecorded() > 0) report_.checked = Checked::cut;
}

void Races::add(const Trace& trace, const Event& event) {
  if (event.thread.valid() && is_step(event.kind)) ++steps_;
  if (!is_whole(trace, event)) return;
  const std::uint32_t number = number_of(trace, event.thread);
  if (number == no_clock) {
    *this = Races{};
    report_.checked = Checked::too_many;
    return;
  }
  if (is_access(event.kind)) return access(event, number);
  if (takes_lock(event)) return merge(clocks_[number], at(passed_, event.object));
  switch (event.kind) {
    case Kind::started: return begin(trace, event, number);
    case Kind::ended:
    case Kind::exit:
      // What a task has done is known to its loop, and through that to whoever waits for it.
      if (trace.threads()[event.thread.index()].vehicle != Vehicle::task) release(number, at(ends_, event.thread));
      return;
    case Kind::join: return join(trace, event, number);
    case Kind::release:
    case Kind::gil_drop:
    case Kind::pipe_write:
    case Kind::pipe_close: return release(number, at(passed_, event.object));
    case Kind::pipe_read: return merge(clocks_[number], at(passed_, event.object));
    case Kind::kill: {
      const std::uint32_t victim = number_of(trace, ThreadId{static_cast<std::uint32_t>(event.value)});
      if (victim != no_clock) release(number, clocks_[victim]);
      return;
    }
    default: return;
  }
}

void Races::begin(const Trace& trace, const Event& event, std::uint32_t number) {
  if (event.value == nobody) return;
  const std::uint32_t parent = number_of(trace, ThreadId{static_cast<std::uint32_t>(event.value)});
  if (parent != no_clock && parent != number) release(parent, clocks_[number]);
}

void Races::join(const Trace& trace, const Event& event, std::uint32_t number) {
  const ThreadId other{static_cast<std::uint32_t>(event.value)};
  if (other.index() < ends_.size() && !ends_[other.index()].empty()) {
    return merge(clocks_[number], ends_[other.index()]);
  }
  // A task, whose loop may have gone on since: what it did later counts as known as well, so that nothing is called a
  // race that is none.
  const std::uint32_t loop = number_of(trace, other);
  if (loop != no_clock && loop != number) release(loop, clocks_[number]);
}

void Races::access(const Event& event, std::uint32_t number) {
  ++report_.accesses;
  Variable& variable = at(variables_, event.object);
  const bool both = in_one_step(event.kind);
  const bool change = writes(event);
  if ((event.kind == Kind::load || both) && acquires(event.order)) merge(clocks_[number], variable.released);
  const Seen now{{read_, steps_, event.thread, event.kind},
                 number,
                 clocks_[number][number],
                 !both && is_plain(event.order),
                 change};
  find_race(variable, event.object, now);
  // Whatever races with an access that this one follows races with this one, too, if that can race with as much.
  std::erase_if(variable.seen, [&](const Seen& before) {
    return (!before.writes || now.writes) && (!before.plain || now.plain) && ordered(before, number);
  });
  variable.seen.push_back(now);
  if (!change) return;
  // A store begins a new sequence of what it releases, or ends the one there was; a change in one step goes on with it.
  if (!both) variable.released.clear();
  if (releases(event.order)) release(number, variable.released);
}

void Races::find_race(Variable& variable, ObjectId object, const Seen& now) {
  const Access* latest = nullptr;
  for (const Seen& before : variable.seen) {
    const bool conflict = (before.writes || now.writes) && (before.plain || now.plain);
    if (!conflict || ordered(before, now.by)) continue;
    if (latest == nullptr || before.access.event > latest->event) latest = &before.access;
    if (variable.race != 0) break;  // told already: that it races is all that counts
  }
  if (latest == nullptr) return;
  if (variable.race == 0) {
    report_.races.push_back({object, *latest, now.access, 0});
    variable.race = report_.races.size();
  }
  ++report_.races[variable.race - 1].count;
  ++report_.count;
}

std::uint32_t Races::number_of(const Trace& trace, ThreadId thread) {
  if (thread.index() >= numbers_.size()) numbers_.resize(thread.index() + 1, no_clock);
  if (numbers_[thread.index()] != no_clock) return numbers_[thread.index()];
  const ThreadInfo& info = trace.threads()[thread.index()];
  std::uint32_t number = no_clock;
  if (info.vehicle == Vehicle::task && info.parent.valid()) {
    number = number_of(trace, info.parent);
  } else if (clocks_.size() < most_clocks) {
    number = static_cast<std::uint32_t>(clocks_.size());
    Clock& clock = clocks_.emplace_back(number + 1, 0);
    clock[number] = 1;
  }
  numbers_[thread.index()] = number;
  return number;
}

bool Races::ordered(const Seen& before, std::uint32_t number) const {
  const Clock& clock = clocks_[number];
  return before.by == number || (before.by < clock.size() && clock[before.by] >= before.at);
}

void Races::release(std::uint32_t number, Clock& into) {
  merge(into, clocks_[number]);
  ++clocks_[number][number];
}

void Races::merge(Clock& into, const Clock& from) {
  if (from.size() > into.size()) into.resize(from.size(), 0);
  for (std::size_t at = 0; at < from.size(); ++at) into[at] = std::max(into[at], from[at]);
}

}  // namespace interleave::trace
