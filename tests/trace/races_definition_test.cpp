// Which accesses race in random runs, against a definition that follows every edge there is.
#include <array>
#include <set>

#include <gtest/gtest.h>

#include "core/rng.h"
#include "support/effort.h"
#include "support/race_program.h"

namespace interleave::trace {
namespace {

using Program = test::RaceProgram;

// Happens-before as a graph: an edge for each pair that the standard orders directly, and whatever follows from them.
class ByDefinition {
 public:
  explicit ByDefinition(const Trace& trace) {
    const auto& log = trace.streams()[0]->events();
    for (std::size_t at = 0; at < log.size(); ++at) events_.push_back(log[at]);
    before_.assign(events_.size(), std::vector<bool>(events_.size(), false));
    for (std::size_t later = 0; later < events_.size(); ++later) {
      for (std::size_t earlier = 0; earlier < later; ++earlier) {
        if (!directly(earlier, later)) continue;
        before_[later][earlier] = true;
        for (std::size_t at = 0; at < earlier; ++at) {
          if (before_[earlier][at]) before_[later][at] = true;
        }
      }
    }
  }

  // The accesses that race with an earlier one, and the first of each variable.
  [[nodiscard]] std::uint64_t count() const {
    std::uint64_t out = 0;
    for (std::size_t later = 0; later < events_.size(); ++later) out += racing(later) ? 1U : 0U;
    return out;
  }
  [[nodiscard]] std::set<std::pair<std::uint32_t, std::size_t>> firsts() const {
    std::set<std::pair<std::uint32_t, std::size_t>> out;
    std::set<std::uint32_t> told;
    for (std::size_t later = 0; later < events_.size(); ++later) {
      if (racing(later) && told.insert(events_[later].object.value).second)
        out.emplace(events_[later].object.value, later);
    }
    return out;
  }
  [[nodiscard]] bool races(std::size_t earlier, std::size_t later) const {
    const Event& a = events_[earlier];
    const Event& b = events_[later];
    return is_access(a) && is_access(b) && a.object == b.object && a.thread != b.thread && (changes(a) || changes(b)) &&
           (plain(a) || plain(b)) && !before_[later][earlier];
  }

 private:
  static bool is_access(const Event& e) {
    return e.kind == Kind::load || e.kind == Kind::store || e.kind == Kind::fetch_add ||
           e.kind == Kind::compare_exchange;
  }
  static bool changes(const Event& e) {
    return e.kind == Kind::store || e.kind == Kind::fetch_add ||
           (e.kind == Kind::compare_exchange && found(e.value) != written(e.value));
  }
  static bool plain(const Event& e) {
    return (e.kind == Kind::load || e.kind == Kind::store) && (e.order == Order::relaxed || e.order == Order::none);
  }
  static bool gives_back(const Event& e) { return e.kind == Kind::release; }
  static bool takes(const Event& e) {
    return e.kind == Kind::acquire || ((e.kind == Kind::try_acquire || e.kind == Kind::acquire_for) && e.value == 1);
  }
  [[nodiscard]] bool racing(std::size_t later) const {
    for (std::size_t earlier = 0; earlier < later; ++earlier) {
      if (races(earlier, later)) return true;
    }
    return false;
  }
  // Whether the later one reads what the earlier one wrote, or what was made of that by changes in one step alone.
  [[nodiscard]] bool reads_sequence(std::size_t earlier, std::size_t later) const {
    if (!is_access(events_[later]) || events_[later].kind == Kind::store || !changes(events_[earlier])) return false;
    for (std::size_t at = earlier + 1; at < later; ++at) {
      if (events_[at].object == events_[earlier].object && events_[at].kind == Kind::store) return false;
    }
    return true;
  }
  [[nodiscard]] bool directly(std::size_t earlier, std::size_t later) const {
    const Event& a = events_[earlier];
    const Event& b = events_[later];
    if (a.thread == b.thread) return true;
    if (b.kind == Kind::started) return b.value == a.thread.value;
    if (a.kind == Kind::ended) return b.kind == Kind::join && b.value == a.thread.value;
    if (a.object != b.object || !a.object.valid()) return false;
    if (gives_back(a) && takes(b)) return true;
    const bool released = a.order == Order::release || a.order == Order::acq_rel || a.order == Order::seq_cst;
    const bool acquired = b.order == Order::acquire || b.order == Order::acq_rel || b.order == Order::seq_cst;
    return is_access(a) && released && acquired && reads_sequence(earlier, later);
  }

  std::vector<Event> events_;
  std::vector<std::vector<bool>> before_;
};

// A legal run of random operations: locks are taken when free, and threads that have ended do nothing.
void scramble(Program& program, Rng& rng, std::uint32_t threads) {
  constexpr std::array orders{Order::relaxed, Order::relaxed, Order::acquire,
                              Order::release, Order::acq_rel, Order::seq_cst};
  std::uint32_t holder = 0;
  std::vector<bool> over(threads + 1, false);
  const std::uint32_t length = 6 + rng.below(24);
  for (std::uint32_t at = 0; at < length; ++at) {
    const std::uint32_t who = 1 + rng.below(threads);
    if (over[who]) continue;
    const ObjectId variable = rng.below(2) == 0 ? Program::x : Program::flag;
    const Order order = orders.at(rng.below(orders.size()));
    switch (rng.below(8)) {
      case 0:
      case 1: program.reads(who, variable, order == Order::release ? Order::relaxed : order); break;
      case 2:
      case 3: program.writes(who, variable, order == Order::acquire ? Order::relaxed : order); break;
      case 4: program.adds(who, variable, order); break;
      case 5: program.did(who, Kind::compare_exchange, variable, pack(0, rng.below(2) == 0 ? 0 : 1), order); break;
      case 6:
        if (holder == 0) {
          program.did(who, Kind::acquire, Program::lock, 1);
          holder = who;
        } else if (holder == who) {
          program.did(who, Kind::release, Program::lock);
          holder = 0;
        } else {
          program.did(who, Kind::try_acquire, Program::lock, 0);
        }
        break;
      default:
        if (rng.below(4) != 0 || holder == who) break;
        over[who] = true;
        program.did(who, Kind::ended, ObjectId::none());
        const std::uint32_t waits = 1 + rng.below(threads);
        if (!over[waits]) program.did(waits, Kind::join, ObjectId::none(), who);
    }
  }
}

TEST(Races, AreThoseOfTheDefinitionOnRandomRuns) {
  Rng rng(20'26);
  int racy = 0;
  int clean = 0;
  for (int run = 0; run < test::fewer(4'000); ++run) {
    const std::uint32_t threads = 2 + rng.below(3);
    Program program(static_cast<int>(threads));
    scramble(program, rng, threads);
    const ByDefinition expected(program.made.trace);
    const RaceReport report = program.report();
    ASSERT_EQ(report.count, expected.count()) << "run " << run;
    (report.count > 0 ? racy : clean) += 1;
    std::set<std::pair<std::uint32_t, std::size_t>> firsts;
    for (const Race& race : report.races) {
      firsts.emplace(race.variable.value, race.second.event);
      EXPECT_TRUE(expected.races(race.first.event, race.second.event)) << "run " << run;
    }
    ASSERT_EQ(firsts, expected.firsts()) << "run " << run;
  }
  EXPECT_GT(racy, test::fewer(100)) << "the runs must be of both kinds";
  EXPECT_GT(clean, test::fewer(100));
}

}  // namespace
}  // namespace interleave::trace
