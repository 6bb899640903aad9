// What a parent does with its child processes, over whatever runs them: see child_platform.h.
#include <algorithm>
#include <utility>

#include "core/clock.h"
#include "live/child_platform.h"

namespace interleave::live {

using rt::Pipe;

// How many bytes its parent had moved when it found a pipe full, or empty, tells whether that still holds. One that was
// killed ends by itself, however long that takes.
bool ChildProcess::is_stuck(const rt::Talk& talk) const {
  if (killed || !blocked || blocked->value != moved_.at(static_cast<std::size_t>(blocked->pipe))) return false;
  switch (blocked->pipe) {
    case Pipe::in: return is_open(Pipe::in) && talk.input.empty() && !talk.close;
    case Pipe::out: return !talk.out;
    case Pipe::err: return !talk.err;
  }
  return false;
}

// The steps of a talk, which only this file needs to know.
struct Children::Steps {
  Child& child;
  const Told& told;
  ChildProcess& process = *child.process_;

  // False once it has ended.
  [[nodiscard]] bool listen() const {
    return process.listen([this](const ChildNews& news) {
      process.blocked.reset();
      if (news.what == ChildNews::What::blocked) process.blocked = news;
      told.news(child, news);
    });
  }

  // False where it never came to be.
  [[nodiscard]] bool reap() const {
    process.blocked.reset();
    const std::optional<int> code = process.reap();
    process.code = code.value_or(0);
    told.ended(child, *process.code);
    return code.has_value();
  }

  [[nodiscard]] bool read(Pipe pipe, std::string& into, bool& ended) const {
    std::optional<std::string> bytes = process.is_open(pipe) ? process.read(pipe) : std::string();
    if (!bytes) return false;
    const auto count = static_cast<std::int64_t>(bytes->size());
    process.moved_in(pipe) += count;
    ended = count == 0;
    if (ended) process.is_open(pipe) = false;
    into = std::move(*bytes);
    told.own(child, pipe, trace::Kind::pipe_read, count);
    return true;
  }

  [[nodiscard]] bool write(const rt::Talk& talk, rt::Heard& heard) const {
    bool& is_open = process.is_open(Pipe::in);
    if (!talk.input.empty() && is_open) {
      const std::optional<std::size_t> count = process.write(talk.input);
      heard.written = count.value_or(0);
      if (!count) close_input();
    }
    if (heard.written > 0) {
      const auto count = static_cast<std::int64_t>(heard.written);
      process.moved_in(Pipe::in) += count;
      told.own(child, Pipe::in, trace::Kind::pipe_write, count);
    }
    if (is_open && talk.close && heard.written == talk.input.size()) {
      close_input();
      told.own(child, Pipe::in, trace::Kind::pipe_close, 0);
    }
    heard.closed = !is_open;
    return heard.written > 0 || (heard.closed && (talk.close || !talk.input.empty()));
  }

  // What can be done without waiting; false where that is nothing.
  [[nodiscard]] bool act(const rt::Talk& talk, rt::Heard& heard) const {
    bool acted = write(talk, heard);
    if (talk.out) acted = read(Pipe::out, heard.out, heard.out_ended) || acted;
    if (talk.err) acted = read(Pipe::err, heard.err, heard.err_ended) || acted;
    if (talk.end) heard.code = process.code;
    return acted || heard.code.has_value();
  }

 private:
  void close_input() const {
    process.is_open(Pipe::in) = false;
    process.close_input();
  }
};

Children::Children() : platform_(make_child_platform()) {}
Children::~Children() = default;

void Children::start(Child& child, std::string_view program, const std::string& argument) {
  child.process_ = platform_->start(program, argument, alive_.size());
  if (!child.process_) throw rt::LimitReached{static_cast<std::int64_t>(alive_.size()), rt::Scarce::processes};
  alive_.push_back(&child);
}

void Children::hear_all(const Told& told) {
  for (std::size_t at = alive_.size(); at-- > 0;) {
    const Steps steps{*alive_[at], told};
    if (steps.listen()) continue;
    const bool came_to_be = steps.reap();
    alive_.erase(alive_.begin() + static_cast<std::ptrdiff_t>(at));
    if (!came_to_be) throw rt::LimitReached{0, rt::Scarce::processes};
  }
}

bool Children::wait(Child& child, const rt::Talk& talk, Nanoseconds until, const Told& told, rt::Heard& heard) {
  while (true) {
    platform_->look();
    hear_all(told);
    if (interrupted_) return false;
    if (Steps{child, told}.act(talk, heard)) return true;
    const Nanoseconds left = until == rt::no_limit ? second : until - steady_now();
    if (left <= 0) return heard.timed_out = true;
    std::vector<ChildProcess*> alive;
    for (Child* other : alive_) {
      ChildProcess& process = *alive.emplace_back(other->process_.get());
      const bool stuck = process.is_stuck(other == &child ? talk : rt::Talk{});
      told.blocked(*other, stuck ? &*process.blocked : nullptr);
    }
    platform_->rest(alive, *child.process_, talk, left);
  }
}

// Nobody counts as blocked while the parent does something else: it may well be about to free them.
bool Children::talk(Child& child, const rt::Talk& talk, Nanoseconds until, const Told& told, rt::Heard& heard) {
  const bool done = wait(child, talk, until, told, heard);
  for (Child* other : alive_) told.blocked(*other, nullptr);
  return done;
}

void Children::kill(Child& child) {
  child.process_->killed = true;
  child.process_->kill();
}

void Children::end_all(const Told& told) {
  for (Child* child : alive_) kill(*child);
  for (Child* child : alive_) static_cast<void>(Steps{*child, told}.reap());
  alive_.clear();
}

void Children::interrupt() {
  interrupted_ = true;
  platform_->interrupt();
}

}  // namespace interleave::live
