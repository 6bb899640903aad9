// Talking to a child process until it has ended: as Python's Popen.communicate does, and as it should not be done.
#pragma once

#include <algorithm>
#include <string>
#include <utility>

#include "rt/child.h"

namespace interleave::rt {

// What a child said and how it ended.
struct Collected {
  std::string out;
  std::string err;
  int code = 0;
  bool killed = false;  // it was still there at the time limit
};

// What is left of a time limit that began at `began`.
template <HasChildren R>
[[nodiscard]] Nanoseconds left_of(R& rt, Nanoseconds limit, Nanoseconds began) {
  return limit == no_limit ? no_limit : std::max<Nanoseconds>(0, limit - (rt.clock() - began));
}

// Waits for its end alone. Where the limit comes first, kills it and then waits.
template <HasChildren R>
Task<> wait_for_end(R& rt, typename R::Child& child, Nanoseconds limit, Collected& into, Site site = Site::current()) {
  Talk end{.end = true, .limit = limit};
  Heard heard = co_await rt.talk(child, end, site);
  if (heard.timed_out) {
    into.killed = true;
    co_await rt.kill(child, site);
    end.limit = no_limit;
    heard = co_await rt.talk(child, end, site);
  }
  into.code = *heard.code;
}

// Feeds its stdin and drains stdout and stderr, all in one wait, so that no pipe stays full; then waits for its end.
// After the time limit it is killed, what was in the pipes is still read, and its end is waited for.
template <HasChildren R>
Task<Collected> communicate(R& rt, typename R::Child& child, std::string_view input, Nanoseconds limit,
                            Site site = Site::current()) {
  Collected into;
  const Nanoseconds began = rt.clock();
  Talk talk{.input = input, .close = true, .out = true, .err = true};
  while (talk.close || talk.out || talk.err) {
    talk.limit = into.killed ? no_limit : left_of(rt, limit, began);
    const Heard heard = co_await rt.talk(child, talk, site);
    if (heard.timed_out) {
      into.killed = true;
      co_await rt.kill(child, site);
      continue;
    }
    talk.input.remove_prefix(heard.written);
    if (heard.closed) talk.close = false;
    if (heard.closed) talk.input = {};
    into.out += heard.out;
    into.err += heard.err;
    talk.out = talk.out && !heard.out_ended;
    talk.err = talk.err && !heard.err_ended;
  }
  co_await wait_for_end(rt, child, into.killed ? no_limit : left_of(rt, limit, began), into, site);
  co_return into;
}

// The mistake: writes all of the input, waits for the end, and reads only then. A child that has more to say than a
// pipe holds can never end.
template <HasChildren R>
Task<Collected> wait_then_read(R& rt, typename R::Child& child, std::string_view input, Nanoseconds limit,
                               Site site = Site::current()) {
  Collected into;
  const Nanoseconds began = rt.clock();
  Talk feed{.input = input, .close = true};
  while (feed.close && !into.killed) {
    feed.limit = left_of(rt, limit, began);
    const Heard heard = co_await rt.talk(child, feed, site);
    feed.input.remove_prefix(heard.written);
    feed.close = !heard.closed;
    into.killed = heard.timed_out;
  }
  if (into.killed) co_await rt.kill(child, site);
  co_await wait_for_end(rt, child, into.killed ? no_limit : left_of(rt, limit, began), into, site);
  Talk drain{.out = true, .err = true};
  while (drain.out || drain.err) {
    const Heard heard = co_await rt.talk(child, drain, site);
    into.out += heard.out;
    into.err += heard.err;
    drain.out = drain.out && !heard.out_ended;
    drain.err = drain.err && !heard.err_ended;
  }
  co_return into;
}

}  // namespace interleave::rt
