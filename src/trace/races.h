// Data races of a simulated run: two accesses of one variable, at least one of which writes, by two threads, with
// nothing that orders the one before the other. Such a program is wrong even where this run's outcome was right.
//
// Happens-before as C++20's [intro.races] has it, found with vector clocks and the last accesses only, as FastTrack
// does (Flanagan and Freund 2009). What orders, besides the order within a thread: a start, an end that is waited for,
// a lock that one lets go and another takes (a condition's is let go and taken again), a store or a change in one step
// that releases and one of the same variable that acquires what it wrote, bytes and ends of pipes, a kill.
//
// load and store without an order (or relaxed) stand for a plain variable's; with one, and fetch_add and
// compare_exchange always, they are atomic, and two atomic accesses never race. Tasks of one event loop are one thread,
// and the interpreter lock orders as every lock does: on a loop or under a GIL `count += 1` may well lose an update,
// and that is no data race, since every access comes before or after every other. The reverse holds too: a data race
// may do no harm in one run.
#pragma once

#include <cstdint>
#include <vector>

#include "trace/trace.h"

namespace interleave::trace {

struct Access {
  std::size_t event = 0;  // its index in the trace's first stream
  std::size_t step = 0;   // counted from 1, as Replay counts them
  ThreadId thread;
  Kind kind = Kind::load;
};

// The first two of a variable.
struct Race {
  ObjectId variable;
  Access first;
  Access second;
  std::uint64_t count = 0;  // accesses of this variable that race with an earlier one
};

enum class Checked : std::uint8_t {
  whole,     // every event of the trace
  cut,       // as far as events were kept
  too_many,  // not at all: more threads than clocks are kept for
};

struct RaceReport {
  std::vector<Race> races;     // a variable once, in the order in which they were found
  std::uint64_t count = 0;     // of all variables
  std::uint64_t accesses = 0;  // of variables, racing or not
  Checked checked = Checked::whole;
};

// Follows the first stream of a growing simulated trace: each update reads only the events that are new.
class Races {
 public:
  // A clock has a number for each thread that runs by itself (tasks of a loop share one), so memory and time grow with
  // the square of how many there are.
  static constexpr std::size_t most_clocks = 1024;

  // Reads what was added to the trace. It must be the same trace each time, until clear().
  void update(const Trace& trace);
  void clear() { *this = Races{}; }

  [[nodiscard]] const RaceReport& report() const { return report_; }

 private:
  using Clock = std::vector<std::uint32_t>;  // by number of the thread's clock; what is not there is 0
  static constexpr std::uint32_t no_clock = 0xffff'ffffU;

  // An access that a later one may yet race with.
  struct Seen {
    Access access;
    std::uint32_t by = 0;  // number of the thread's clock,
    std::uint32_t at = 0;  // and what it stood at
    bool plain = false;
    bool writes = false;
  };
  struct Variable {
    std::vector<Seen> seen;
    Clock released;        // what is known to whoever acquires what was written last
    std::size_t race = 0;  // its place in the report, from 1
  };

  void add(const Trace& trace, const Event& event);
  void access(const Event& event, std::uint32_t number);
  void find_race(Variable& variable, ObjectId object, const Seen& now);
  void begin(const Trace& trace, const Event& event, std::uint32_t number);
  void join(const Trace& trace, const Event& event, std::uint32_t number);
  // The number of the thread's clock, or no_clock where there are too many.
  std::uint32_t number_of(const Trace& trace, ThreadId thread);
  [[nodiscard]] bool ordered(const Seen& before, std::uint32_t number) const;
  // Whoever gets to know `into` knows all that this thread has done so far.
  void release(std::uint32_t number, Clock& into);
  static void merge(Clock& into, const Clock& from);

  std::size_t read_ = 0;
  std::size_t steps_ = 0;
  std::vector<std::uint32_t> numbers_;  // by ThreadId
  std::vector<Clock> clocks_;           // by number
  std::vector<Clock> ends_;             // of threads that have ended, by ThreadId
  std::vector<Clock> passed_;           // what whoever takes the lock or reads the pipe gets to know, by ObjectId
  std::vector<Variable> variables_;     // by ObjectId
  RaceReport report_;
};

}  // namespace interleave::trace
