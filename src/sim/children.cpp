// Every operation on a child's pipes is one step: it waits until something of what it wants can be done, and then does
// all that can be.
#include "sim/children.h"

#include <algorithm>
#include <cassert>

#include "sim/machine.h"

namespace interleave::sim {
namespace {

using rt::Pipe;
using trace::Kind;
using trace::State;

// A call into the system, and what moving bytes costs besides: measured orders of magnitude, not a promise.
constexpr Nanoseconds call_cost = microsecond;
constexpr std::size_t bytes_a_nanosecond = 4;

std::size_t room(const Channel& channel) { return rt::pipe_capacity - channel.bytes.size(); }

}  // namespace

Child::Child(Machine& machine, int child_number) : number(child_number) {
  for (std::size_t at = 0; at < rt::pipe_count; ++at) {
    pipes.at(at).id = machine.add_object(rt::name_of(static_cast<Pipe>(at), number), trace::ObjectKind::pipe, 0);
  }
  dying.child = this;
}

std::uint32_t Child::possible() const {
  std::uint32_t out = PipeState::always;
  const auto add = [&](bool is, std::uint32_t bit) { out |= is ? bit : 0; };
  add(!at(Pipe::in).bytes.empty() || at(Pipe::in).no_writer, PipeState::input);
  add(room(at(Pipe::out)) > 0, PipeState::out_room);
  add(room(at(Pipe::err)) > 0, PipeState::err_room);
  add(room(at(Pipe::in)) > 0 || at(Pipe::in).no_reader, PipeState::in_room);
  add(!at(Pipe::out).bytes.empty() || at(Pipe::out).no_writer, PipeState::output);
  add(!at(Pipe::err).bytes.empty() || at(Pipe::err).no_writer, PipeState::errors);
  add(code.has_value(), PipeState::ended);
  return out;
}

const PipeCall& pipe_call(const Thread& thread) { return *static_cast<const PipeCall*>(thread.parked->target); }

std::uint32_t wanted_of(const Thread& thread) {
  const PipeCall& call = pipe_call(thread);
  switch (thread.parked->op) {
    case Op::child_read: return PipeState::input;
    case Op::child_write: return call.pipe == Pipe::out ? PipeState::out_room : PipeState::err_room;
    case Op::child_exit: return call.child->killed ? call.child->wanted_when_killed : PipeState::always;
    case Op::talk: break;
    default: return PipeState::always;
  }
  const rt::Talk& talk = call.talk;
  std::uint32_t out = 0;
  if (!talk.input.empty()) out |= PipeState::in_room;
  if (talk.input.empty() && talk.close) out |= PipeState::always;
  if (talk.out) out |= PipeState::output;
  if (talk.err) out |= PipeState::errors;
  if (talk.end) out |= PipeState::ended;
  return out;
}

// ---- arriving, waiting, waking --------------------------------------------------------------------------------------

void Machine::arrive_at_pipe(Thread& thread) {
  const PipeCall& call = pipe_call(thread);
  Child& child = *call.child;
  if (thread.parked->op == Op::talk) child.parent = &thread;
  const bool limited = thread.parked->op == Op::talk && call.talk.limit != rt::no_limit;
  if (limited) thread.parked->operand = call.talk.limit + left_at(thread);  // the instant at which it gives up
  if ((child.possible() & wanted_of(thread)) != 0 || thread.parked->op == Op::child_exit) return;
  const ObjectId object = pipe_waited_for(thread);
  block(thread, State::blocked, object,
        object.valid() || child.thread == nullptr ? trace::nobody : std::int64_t{child.thread->id.value});
  if (!limited) return;
  if (timed_) return set_alarm(thread, thread.parked->operand);
  // Without a clock the limit may be over at any time.
  thread.blocked = false;
  thread.ready_at = std::max(thread.ready_at, thread.parked->operand);
  enable(thread);
}

// None where it is a participant's end that is waited for.
ObjectId Machine::pipe_waited_for(const Thread& thread) {
  const PipeCall& call = pipe_call(thread);
  const Child& child = *call.child;
  if (info(thread.parked->op).wanted != rt::Wanted::itself) return child.at(call.pipe).id;
  const std::optional<Pipe> pipe = rt::pipe_of(call.talk);
  return pipe ? child.at(*pipe).id : ObjectId::none();
}

void Machine::wake_at_pipes(Child& child, Nanoseconds at, const Thread& cause) {
  for (Thread* waiter : {child.thread, child.parent}) {
    if (waiter == nullptr || waiter == &cause || waiter->over || waiter->parked == nullptr) continue;
    if (info(waiter->parked->op).on != On::pipe || pipe_call(*waiter).child != &child) continue;
    if ((child.possible() & wanted_of(*waiter)) == 0) continue;
    if (waiter->blocked) {
      waiter->alarm_set = false;
      make_able(*waiter, at + settings_.cost_wake, cause);
    } else if (!timed_) {
      waiter->ready_at = std::min(waiter->ready_at, std::max(waiter->blocked_at, at + settings_.cost_wake));
    }
  }
}

rt::WaitEdge Machine::edge_at_pipe(const Thread& thread) const {
  const PipeCall& call = pipe_call(thread);
  const Child& child = *call.child;
  const ThreadId parent = child.parent != nullptr ? child.parent->id : ThreadId::none();
  const ObjectId object = pipe_waited_for(thread);
  const rt::Wanted wanted = info(thread.parked->op).wanted;
  if (wanted != rt::Wanted::itself) return {thread.id, object, parent, wanted};
  return {thread.id, object, child.thread->id, rt::wanted_at(rt::pipe_of(call.talk))};
}

// ---- steps ----------------------------------------------------------------------------------------------------------

void Machine::pipe_step(Thread& thread, Core& core, Nanoseconds start) {
  PipeCall& call = *static_cast<PipeCall*>(thread.parked->target);
  Child& child = *call.child;
  std::size_t moved = 0;
  switch (thread.parked->op) {
    case Op::child_read: moved = read_step(thread, child.at(Pipe::in), call.heard.out, start); break;
    case Op::child_write: moved = write_step(thread, child.at(call.pipe), call, start); break;
    case Op::talk: moved = talk_step(thread, call, start); break;
    case Op::kill: kill_step(thread, child, start); break;
    default: exit_step(thread, child, start); break;
  }
  const bool dies = thread.parked->op == Op::child_exit && child.killed;
  core.free_at = start + call_cost + static_cast<Nanoseconds>(moved / bytes_a_nanosecond);
  wake_at_pipes(child, core.free_at, thread);
  if (!dies) return go_on(thread);
  thread.own = {nullptr, 0, 0, thread.line, Op::ended, trace::Order::none};
  thread.parked = &thread.own;
  end(thread);
}

std::size_t Machine::read_step(Thread& thread, Channel& channel, std::string& into, Nanoseconds start) {
  into = std::exchange(channel.bytes, {});
  record(thread, start, call_cost, Kind::pipe_read, State::running, channel.id, static_cast<std::int64_t>(into.size()));
  return into.size();
}

std::size_t Machine::write_step(Thread& thread, Channel& channel, PipeCall& call, Nanoseconds start) {
  const std::size_t count = channel.no_reader ? 0 : std::min(room(channel), call.talk.input.size());
  channel.bytes += call.talk.input.substr(0, count);
  call.heard.written = count;
  record(thread, start, call_cost, Kind::pipe_write, State::running, channel.id, static_cast<std::int64_t>(count));
  return count;
}

std::size_t Machine::talk_step(Thread& thread, PipeCall& call, Nanoseconds start) {
  const rt::Talk& talk = call.talk;
  rt::Heard& heard = call.heard;
  Child& child = *call.child;
  const std::uint32_t can = child.possible() & wanted_of(thread);
  std::size_t moved = 0;
  if (can == 0) {
    heard.timed_out = true;
    record(thread, start, call_cost, Kind::wait, State::running, ObjectId::none(), child.thread->id.value);
    return 0;
  }
  Channel& in = child.at(Pipe::in);
  if ((can & PipeState::in_room) != 0) moved += write_step(thread, in, call, start);
  if (in.no_reader || (talk.close && heard.written == talk.input.size())) {
    if (!in.no_writer) record(thread, start, call_cost, Kind::pipe_close, State::running, in.id, 0);
    heard.closed = in.no_writer = true;
  }
  const auto read = [&](bool wanted, Pipe pipe, std::string& into, bool& ended) {
    Channel& channel = child.at(pipe);
    if (!wanted || (channel.bytes.empty() && !channel.no_writer)) return;
    ended = channel.bytes.empty();
    moved += read_step(thread, channel, into, start);
  };
  read(talk.out, Pipe::out, heard.out, heard.out_ended);
  read(talk.err, Pipe::err, heard.err, heard.err_ended);
  if (talk.end && child.code) {
    heard.code = child.code;
    record(thread, start, call_cost, Kind::join, State::running, ObjectId::none(), child.thread->id.value);
  }
  return moved;
}

void Machine::kill_step(Thread& thread, Child& child, Nanoseconds start) {
  Thread& victim = *child.thread;
  record(thread, start, call_cost, Kind::kill, State::running, ObjectId::none(), victim.id.value);
  if (child.code || child.killed || victim.over) return;
  // Whatever it was about to do, its next step is its end.
  child.wanted_when_killed = info(victim.parked->op).on == On::pipe ? wanted_of(victim) : PipeState::always;
  child.killed = true;
  victim.own = {&child.dying, rt::code_of_killed, 0, victim.line, Op::child_exit, trace::Order::none};
  victim.parked = &victim.own;
  if (!victim.blocked) return;
  victim.alarm_set = false;
  make_able(victim, start + settings_.cost_wake, thread);
}

void Machine::exit_step(Thread& thread, Child& child, Nanoseconds start) {
  child.code = static_cast<int>(thread.parked->operand);
  child.at(Pipe::in).no_reader = true;
  child.at(Pipe::out).no_writer = child.at(Pipe::err).no_writer = true;
  record(thread, start, call_cost, Kind::exit, State::running, ObjectId::none(), *child.code);
}

}  // namespace interleave::sim
