// The read-write lock on every engine: nobody is in beside a writer, readers are in together, and writers come first.
#include "rt/rwlock.h"

#include <array>

#include "engines/crowd.h"

namespace interleave::test {
namespace {

// The first writes, the others read; each counts who is in.
struct Page : Crowd<Page> {
  enum Variant : std::int64_t { right, reads_unprotected, writes_within_a_read, reads_within_a_read, in_turn };

  template <rt::Runtime R>
  struct State {
    rt::RwLock<R> lock;
    typename R::Var readers;
    typename R::Var writers;
    typename R::Var together;
    typename R::Var entries;
    std::array<std::int32_t, 8> entry{};  // of each, and written only by it
    State(R& rt, const Params&)
        : lock(rt, {{"page", "쪽"}, 1}),
          readers(rt, {{"readers", "독자"}}, 0),
          writers(rt, {{"writers", "저자"}}, 0),
          together(rt, {{"together", "함께"}}, 0),
          entries(rt, {{"entries", "입장"}}, 0) {}
  };

  template <rt::Runtime R>
  static rt::Task<> write(R& rt, State<R>& state) {
    co_await state.lock.acquire_write(rt);
    const std::int32_t writers = co_await rt.fetch_add(state.writers, 1);
    const std::int32_t readers = co_await rt.load(state.readers);
    rt.check(writers == 0 && readers == 0, {"a writer is not alone", "저자가 혼자가 아니다"});
    co_await rt.fetch_add(state.writers, -1);
    co_await state.lock.release_write(rt);
  }

  template <rt::Runtime R>
  static rt::Task<> read(R& rt, State<R>& state, Params params) {
    if (params.variant != reads_unprotected) co_await state.lock.acquire_read(rt);
    if (params.variant == reads_within_a_read) co_await state.lock.acquire_read(rt);
    const std::int32_t others = co_await rt.fetch_add(state.readers, 1);
    if (others > 0) co_await rt.store(state.together, 1);
    const std::int32_t writers = co_await rt.load(state.writers);
    rt.check(writers == 0, {"a reader is beside a writer", "독자가 저자와 함께 있다"});
    co_await rt.fetch_add(state.readers, -1);
    if (params.variant == reads_unprotected) co_return;
    if (params.variant == writes_within_a_read) co_await write(rt, state);
    co_await state.lock.release_read(rt);
    if (params.variant == reads_within_a_read) co_await state.lock.release_read(rt);
  }

  // A reader, a writer and another reader, one second after the other; the first reads for longer than that.
  template <rt::Runtime R>
  static rt::Task<> come_in_turn(R& rt, State<R>& state, std::int64_t number) {
    co_await rt.sleep(number * second);
    if (number == 1) {
      co_await state.lock.acquire_write(rt);
    } else {
      co_await state.lock.acquire_read(rt);
    }
    state.entry.at(static_cast<std::size_t>(number)) = co_await rt.fetch_add(state.entries, 1);
    if (number == 0) co_await rt.sleep(5 * second);
    if (number == 1) {
      co_await state.lock.release_write(rt);
    } else {
      co_await state.lock.release_read(rt);
    }
  }

  template <rt::Runtime R>
  static rt::Task<> body(R& rt, State<R>& state, std::int64_t number, Params params) {
    if (params.variant == in_turn) {
      co_await come_in_turn(rt, state, number);
      co_return;
    }
    const std::int64_t writers = params.size;
    for (std::int64_t round = 0; round < params.rounds; ++round) {
      if (number < writers) {
        co_await write(rt, state);
      } else {
        co_await read(rt, state, params);
      }
    }
  }

  // Whether readers have been in together; of those that come in turn, in which order the three were in.
  template <rt::Runtime R>
  static Facts observe(State<R>& state) {
    if (state.entries.peek() == 0) return {state.together.peek()};
    return {100 * state.entry[0] + 10 * state.entry[1] + state.entry[2]};
  }
  static bool fine(const Params&, const Facts&) { return true; }
};

TEST(RwLock, LetsNobodyInBesideAWriterWhereverItRuns) {
  for (const std::int64_t writers : {0, 2, 6}) {
    expect_fine_wherever_it_runs<Page>({.bodies = 6, .rounds = 40, .size = writers});
  }
}

TEST(RwLock, IsProvedToLetNobodyInBesideAWriterInAnyOrder) {
  expect_fine_in_every_order<Page>({.bodies = 2, .rounds = 2, .size = 1});
  expect_fine_in_every_order<Page>({.bodies = 3, .rounds = 1, .size = 1});
  expect_fine_in_every_order<Page>({.bodies = 3, .rounds = 1, .size = 2});
}

TEST(RwLock, LetsReadersInTogether) {
  const auto report = explored<Page>({.bodies = 2, .rounds = 1, .size = 0});
  ASSERT_EQ(report.histogram.size(), 2U) << "in some orders, and not in others";
  EXPECT_EQ(report.histogram[1].value, 1);
}

TEST(RwLock, LetsAWriterThatWaitsInBeforeAReaderThatComesLater) {
  for (const bool tasks : {false, true}) {
    const trace::Snapshot end = simulated<Page>({.bodies = 3, .variant = Page::in_turn, .tasks = tasks});
    EXPECT_EQ(figure(end, "value"), 12) << "the reader that was there, the writer, the other reader";
  }
}

TEST(RwLock, AReaderWithoutItIsBesideAWriter) {
  EXPECT_GT(explored<Page>({.bodies = 2, .variant = Page::reads_unprotected}).failures, 0U);
}

TEST(RwLock, AWriteWithinAReadIsAHangToldByName) {
  const Page::Params params{.bodies = 2, .size = 0, .variant = Page::writes_within_a_read};
  expect_hang_told<Page>(params, "waits for write access to read-write lock 1", "읽기-쓰기 락 1의 쓰기 권한");
  expect_hang_wherever_it_runs<Page>(params);
}

TEST(RwLock, AReaderThatAcquiresItAgainWhileAWriterWaitsHangs) {
  expect_hang_told<Page>({.bodies = 2, .variant = Page::reads_within_a_read},
                         "waits for read access to read-write lock 1", "읽기-쓰기 락 1의 읽기 권한");
}

}  // namespace
}  // namespace interleave::test
