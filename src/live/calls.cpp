#include "live/calls.h"

#include "live/gil.h"
#include "live/loop.h"
#include "live/threads.h"

namespace interleave::live {

using trace::Kind;
using trace::State;

template <class Self>
void Calls<Self>::check(bool condition, Text /*text*/) {
  if (condition) return;
  run_.check_failed();
  record(Kind::check_failed, State::running, ObjectId::none(), 0);
}

template <class Self>
void Calls<Self>::attend(rt::Safepoint place) {
  me().open_start_line();
  stop_if_cancelled();
  if ((carrier_.flags.load() & flag_gil) == 0 || !run_.interpreting().hands_over_at(place)) return;
  drop_gil(true);
  take_gil();
}

template <class Self>
void Calls<Self>::record_gil(Kind kind, State state, std::int64_t value) {
  record(carrier_, me().carrier_line(), kind, state, gil_->object(), value);
}

template <class Self>
void Calls<Self>::take_gil() {
  if (gil_ == nullptr) return;
  if (!gil_->take(carrier_, gil_listener())) throw rt::Cancelled{};
  has_gil_ = true;
}

template <class Self>
void Calls<Self>::drop_gil(bool on_request) {
  if (!has_gil_) return;
  has_gil_ = false;
  gil_->drop(carrier_, on_request, gil_listener());
}

template <class Self>
trace::Stream& Calls<Self>::stream_for_one_more() {
  if (spare_streams_.empty()) return run_.add_stream();
  trace::Stream& out = *spare_streams_.back();
  spare_streams_.pop_back();
  return out;
}

template <class Self>
void Calls<Self>::start_worker(Member& member, std::function<void()> job) {
  try {
    run_.start_worker(std::move(job));
  } catch (const rt::LimitReached&) {
    run_.member_ended(member);
    throw;
  }
}

template <class Self>
void Calls<Self>::wait_until_ended(Member& member) {
  std::unique_lock hold(member.end.mutex);
  member.end.changed.wait(hold, [&] { return member.ended.load(std::memory_order_acquire); });
}

template class Calls<Threads>;
template class Calls<Loop>;

}  // namespace interleave::live
