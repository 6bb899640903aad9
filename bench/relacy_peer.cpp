#include "relacy_peer.h"

#include <algorithm>
#include <array>
#include <sstream>

#include <relacy/relacy.hpp>

namespace interleave::bench {
namespace {

template <int Threads, int Times>
struct RelacyIncrements : rl::test_suite<RelacyIncrements<Threads, Times>, Threads> {
  rl::atomic<int> x;
  void before() { x($) = 0; }
  void thread(unsigned /*number*/) {
    for (int done = 0; done < Times; ++done) {
      const int value = x.load(rl::mo_seq_cst, $);
      x.store(value + 1, rl::mo_seq_cst, $);
    }
  }
};

struct RelacyMutex : rl::test_suite<RelacyMutex, 3> {
  rl::mutex lock;
  rl::atomic<int> x;
  void before() { x($) = 0; }
  void thread(unsigned /*number*/) {
    lock.lock($);
    const int value = x.load(rl::mo_seq_cst, $);
    x.store(value + 1, rl::mo_seq_cst, $);
    lock.unlock($);
  }
};

// Relacy stops at the first deadlock, so the forks are taken in order.
struct RelacyPhilosophers : rl::test_suite<RelacyPhilosophers, 3> {
  std::array<rl::mutex, 3> forks;
  rl::atomic<int> x;
  void before() { x($) = 0; }
  void thread(unsigned number) {
    const unsigned other = (number + 1) % 3;
    rl::mutex& first = forks[std::min(number, other)];
    rl::mutex& second = forks[std::max(number, other)];
    first.lock($);
    second.lock($);
    x.fetch_add(1, rl::mo_seq_cst, $);
    second.unlock($);
    first.unlock($);
  }
};

template <class Suite>
std::uint64_t search() {
  std::ostringstream nowhere;
  rl::test_params params;
  params.search_type = rl::sched_full;
  params.iteration_count = 1'000'000'000;
  params.output_stream = &nowhere;
  params.progress_stream = &nowhere;
  return rl::simulate<Suite>(params) ? params.stop_iteration : 0;
}

}  // namespace

std::uint64_t search_with_relacy(RelacyProgram program) {
  switch (program) {
    case RelacyProgram::increments_2x1: return search<RelacyIncrements<2, 1>>();
    case RelacyProgram::increments_3x2: return search<RelacyIncrements<3, 2>>();
    case RelacyProgram::mutex_3: return search<RelacyMutex>();
    case RelacyProgram::philosophers_3: return search<RelacyPhilosophers>();
  }
  return 0;
}

}  // namespace interleave::bench
