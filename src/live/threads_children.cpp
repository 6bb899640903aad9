// The child processes of a live run, as its threads see them.
#include "core/clock.h"
#include "live/threads.h"

namespace interleave::live {

using trace::Kind;
using trace::State;

Child::Child(Threads& rt, int child_number) : number_(child_number) {
  for (std::size_t at = 0; at < rt::pipe_count; ++at) {
    pipes_.at(at) = rt.run().add_object(rt::name_of(static_cast<rt::Pipe>(at), number_), trace::ObjectKind::pipe, 0);
  }
}

void Threads::record_child(const Child& child, Nanoseconds time, Kind kind, State state, ObjectId object,
                           std::int64_t value) {
  record_at(time, *child.member_, 0, kind, state, object, value);
}

void Threads::start_child(Child& child, std::string_view program, const std::string& argument) {
  open_start_line();
  stop_if_cancelled();
  if (!processes_) processes_ = std::make_unique<Children>();
  const Nanoseconds at = run_.now();  // before anything that the child may tell
  processes_->start(child, program, argument);
  const rt::Name name{{"child", "자식"}, child.number_};
  child.member_ = &run_.add_member(name.words(), carrier_.id, trace::Vehicle::process);
  child.member_->began_at = at;
  record(Kind::spawn, State::running, ObjectId::none(), child.member_->id.value);
  record_child(child, at, Kind::started, State::running, ObjectId::none(), carrier_.id.value);
}

// The child's own clock is ours, so that what it did stands in the trace at the time at which it did it.
void Threads::hear(Child& child, const ChildNews& news) {
  const Nanoseconds time = run_.time_of(news.time);
  const ObjectId pipe = child.pipes_.at(static_cast<std::size_t>(news.pipe));
  const auto tell = [&](Kind kind, State state, ObjectId object, std::int64_t value) {
    record_child(child, time, kind, state, object, value);
  };
  switch (news.what) {
    case ChildNews::What::sleeps: return tell(Kind::sleep, State::blocked, ObjectId::none(), news.value);
    case ChildNews::What::blocked: return tell(Kind::wait, State::blocked, pipe, trace::nobody);
    case ChildNews::What::goes_on: return tell(Kind::woken, State::running, ObjectId::none(), child.member_->id.value);
    case ChildNews::What::exits:
      child.exit_told_ = true;
      return tell(Kind::exit, State::running, ObjectId::none(), news.value);
    case ChildNews::What::moved:
      return tell(news.pipe == rt::Pipe::in ? Kind::pipe_read : Kind::pipe_write, State::running, pipe, news.value);
  }
}

// For the watcher. A child that waits for its parent does so for as long as its parent waits here.
void Threads::show_blocked(Child& child, const ChildNews* blocked) {
  Waiting& waiting = child.member_->waiting;
  const auto what = blocked != nullptr ? Waiting::For::pipe : Waiting::For::nothing;
  if (waiting.what.load() == what) return;
  waiting.number.fetch_add(1);
  if (blocked != nullptr) {
    waiting.other = &carrier_;
    waiting.pipe = child.pipes_.at(static_cast<std::size_t>(blocked->pipe));
    waiting.wanted = blocked->pipe == rt::Pipe::in ? rt::Wanted::bytes : rt::Wanted::room;
  }
  waiting.what = what;
}

Children::Told Threads::listener() {
  return {[this](Child& child, const ChildNews& news) { hear(child, news); },
          [this](Child& child, const ChildNews* blocked) { show_blocked(child, blocked); },
          [this](Child& child, int code) {
            show_blocked(child, nullptr);
            if (!child.exit_told_) record_child(child, run_.now(), Kind::exit, State::running, ObjectId::none(), code);
            record_child(child, run_.now(), Kind::ended, State::idle, ObjectId::none(), 0);
            run_.member_ended(*child.member_);
          },
          [this](Child& child, rt::Pipe pipe, Kind kind, std::int64_t value) {
            record(kind, State::running, child.pipes_.at(static_cast<std::size_t>(pipe)), value);
          }};
}

Ready<rt::Heard> Threads::talk(Child& child, const rt::Talk& talk, rt::Site site) {
  open_start_line();
  const AtLine at(line_, site);
  const Nanoseconds until = talk.limit == rt::no_limit ? rt::no_limit : steady_now() + talk.limit;
  rt::Heard heard;
  const bool had_gil = has_gil_;
  drop_gil(false);
  const std::optional<rt::Pipe> pipe = rt::pipe_of(talk);
  const ObjectId object = pipe ? child.pipes_.at(static_cast<std::size_t>(*pipe)) : ObjectId::none();
  const auto who = std::int64_t{child.member_->id.value};
  record(Kind::wait, State::blocked, object, pipe ? trace::nobody : who);
  {
    std::optional<WaitInSight> wait;
    if (talk.limit == rt::no_limit) {
      wait.emplace(carrier_, *processes_, *child.member_, object, rt::wanted_at(pipe));
    } else {
      wait.emplace(carrier_, *processes_);
    }
    stop_if_cancelled();
    if (!processes_->talk(child, talk, until, listener(), heard)) throw rt::Cancelled{};
  }
  record(Kind::woken, had_gil ? awake() : State::running, ObjectId::none(), who);
  if (heard.code) record(Kind::join, State::running, ObjectId::none(), who);
  if (had_gil) take_gil();
  return {std::move(heard)};
}

Ready<void> Threads::kill(Child& child, rt::Site) {
  record(Kind::kill, State::running, ObjectId::none(), child.member_->id.value);
  processes_->kill(child);
  return {};
}

}  // namespace interleave::live
