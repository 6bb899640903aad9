// All states that a program can come to, each once, in the order of how often a thread has to be interrupted for it.
//
// This is iterative context bounding (Musuvathi, Qadeer, "Iterative context bounding for systematic testing of
// multithreaded programs", PLDI 2007) with states remembered: first whatever needs no interruption, then what needs
// one, and so on. So the first failure found has the fewest, and among those of its bound the fewest steps is known
// once the bound is exhausted. Whole, the graph also says how many orders of steps there are, and, by dynamic
// programming over it, how likely each end is where the next step is picked uniformly among the threads that can take
// one.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

#include "explore/fingerprint.h"
#include "explore/memory_budget.h"
#include "explore/walk.h"

namespace interleave::explore {

// How likely an execution is to end in which way; and how many orders there are.
struct Odds {
  struct End {
    double orders = 0;
    double probability = 0;
  };
  double orders = 0;  // a count, exact up to 2^53
  End failing;
  End hanging;                       // among the failing
  std::map<std::int64_t, End> ends;  // by the subject's figure; hangs are not among them
};

// Single-threaded. The subject must outlive it; another search may use it between two calls of work().
class StateGraph {
 public:
  struct Limits {
    std::size_t states = 200'000;       // remembered at most
    std::uint32_t preemptions = 1'000;  // a bound on interruptions
  };

  StateGraph(Subject& subject, const sim::Settings& settings, Limits limits);

  // As if more states had been allowed from the beginning.
  void allow_more_states(std::size_t states) {
    limits_.states += states;
    steps_allowed_ += steps_where_endless;
    stopped_ = false;
  }
  // Whether there was something left to do when a limit stopped it that can be raised.
  [[nodiscard]] bool may_go_on() const {
    return stopped_ && (!now_.empty() || (!later_.empty() && bound_ < limits_.preemptions));
  }
  // For lack of memory, from outside.
  void stop() { stopped_ = true; }
  [[nodiscard]] std::size_t bytes() const {
    constexpr std::size_t entry = sizeof(std::pair<std::uint64_t, Index>) + 2 * sizeof(void*);
    return bytes_of(nodes_, edges_, visits_, now_, later_) + known_.size() * entry +
           known_.bucket_count() * sizeof(void*);
  }
  // Goes on for about so many steps of the machine; false where nothing is left to do within the limits.
  bool work(std::uint64_t steps);

  // A failure with the fewest interruptions of those found, and among them the fewest steps.
  struct Shortest {
    std::uint32_t preemptions = 0;
    std::uint32_t steps = 0;  // chosen ones: not those that follow by themselves
    bool certain = false;     // no failure has fewer interruptions, and none with as many has fewer steps
  };
  [[nodiscard]] std::optional<Shortest> shortest() const;
  // Its schedule. To be called after shortest() has a value.
  [[nodiscard]] sim::Schedule schedule_of_shortest();

  [[nodiscard]] bool shortest_hangs() const { return failure_hangs_; }

  [[nodiscard]] std::size_t states() const { return nodes_.size(); }
  // How many interruptions the states have that are being looked at.
  [[nodiscard]] std::uint32_t bound() const { return bound_; }
  // Every state with fewer interruptions than this has been seen.
  [[nodiscard]] std::uint32_t exhausted_below() const { return exhausted_below_; }
  // An execution was too long to be followed: nothing is known of what comes after.
  [[nodiscard]] bool too_long() const { return too_long_; }
  // Every state has been seen, whatever led there.
  [[nodiscard]] bool complete() const { return complete_; }
  // Of its ends: how many, how many of them fail or hang; and by the subject's figure, hangs left out.
  struct Ends {
    std::uint64_t all = 0;
    std::uint64_t failing = 0;
    std::uint64_t hanging = 0;
    struct Count {
      std::uint64_t all = 0;
      std::uint64_t failing = 0;
    };
    std::map<std::int64_t, Count> figures;
  };
  [[nodiscard]] const Ends& ends() const { return ends_; }
  // To be called when complete().
  [[nodiscard]] Odds odds() const;

  void leave_execution() { walk_.leave(); }

 private:
  using Index = std::uint32_t;
  static constexpr Index none = 0xffff'ffffU;
  // Where executions are without end, such as those of a loop that waits for another thread, each turn of the loop is a
  // state, and each has to be gone to from the beginning. Nothing is proved there; some steps show what fails soon.
  static constexpr std::uint64_t steps_where_endless = 5'000'000;

  struct Node {
    Index first_edge = 0;
    Index first_visit = 0;  // the visit without a thread to go on with; those of its edges' threads follow
    std::uint16_t edges = 0;
    bool failed = false;
    bool hung = false;
    std::uint32_t depth = 0;
    Index in_edge = none;  // the one by which it was found
    std::int64_t figure = 0;
  };
  struct Edge {
    Index from = none;
    Index to = none;
    std::uint32_t thread = 0;
    bool interrupts = false;  // going on with another than this thread does
  };
  // A node together with the thread that arrived there, as far as that matters for interruptions.
  struct Visit {
    bool seen = false;
    Index before = none;  // the visit from which it was reached first, with the fewest interruptions
    Index by = none;      // over this edge
  };
  struct Item {
    Index visit = none;
    Index edge = none;
  };

  struct IntoFingerprint {
    Fingerprint& fingerprint;
    void linked(std::uint32_t before, std::uint32_t after) const { fingerprint.linked(before, after); }
    void passed(std::uint32_t heir, std::uint32_t lock, bool give_up) const { fingerprint.passed(heir, lock, give_up); }
  };

  void begin();
  void go_to(Index node);
  void take(std::uint32_t thread);
  void take_for_values(sim::Thread& thread, const Step& step);
  Index arrive(Index in_edge);
  Index add_node(std::uint64_t key, Index in_edge);
  [[nodiscard]] Index visit_of(Index node, std::uint32_t arrived) const;
  void follow(Item item);
  void look_from(Index visit, Index node, std::optional<std::uint32_t> arrived, Index& next);
  void note_failure(Index node, Index visit);
  [[nodiscard]] std::vector<std::uint32_t> threads_to(Index visit) const;

  Walk walk_;
  Limits limits_;
  bool values_;  // see Fingerprint
  Fingerprint fingerprint_;
  std::unordered_map<std::uint64_t, Index> known_;
  std::vector<Node> nodes_;
  std::vector<Edge> edges_;
  std::vector<Visit> visits_;
  std::vector<Item> now_;    // edges still to be followed within the bound
  std::vector<Item> later_;  // and those that take one interruption more
  std::vector<std::uint32_t> path_;
  Index at_ = none;  // the node at which the walk stands
  std::uint64_t steps_ = 0;
  std::uint64_t steps_allowed_ = steps_where_endless;
  std::uint32_t bound_ = 0;
  std::uint32_t exhausted_below_ = 0;
  Ends ends_;
  bool begun_ = false;
  bool complete_ = false;
  bool stopped_ = false;  // by a limit
  bool too_long_ = false;
  Index failure_ = none;  // a visit
  std::uint32_t failure_steps_ = 0;
  std::uint32_t failure_preemptions_ = 0;
  bool failure_hangs_ = false;
};

}  // namespace interleave::explore
