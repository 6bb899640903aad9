// Which line is lit for each thread, at any place in a run.
#include "view/source/source_lights.h"

#include <gmock/gmock.h>

#include "view/run/names.h"
#include "view/seen_run.h"
#include "view/source/source_text.h"

namespace interleave::view {
namespace {

using test::SeenRun;

// "A next: co_await ...", in the order of threads; the step just taken comes last.
std::vector<std::string> lit(SeenRun& seen, std::optional<std::size_t> step, Tongue tongue) {
  seen.seek(step);
  const SourceText cpp = source_text(seen.model.workload->id, Tongue::cpp, seen.model.params);
  const SourceText text = source_text(seen.model.workload->id, tongue, seen.model.params);
  std::vector<std::string> out;
  for (const SourceLight& light : simulated_lights(seen.model, seen.run)) {
    auto place = cpp.place_of(light.line);
    if (place && tongue == Tongue::python) place = text.counterpart_of(cpp.lines[*place]);
    const std::string_view line = place ? text.lines[*place].text : "?";
    out.push_back(letter_of_thread(light.thread) + (light.taken ? " just: " : " next: ") +
                  std::string(line.substr(line.find_first_not_of(' '))));
  }
  return out;
}

std::string just(SeenRun& seen, std::size_t step, Tongue tongue) { return lit(seen, step, tongue).back(); }

bool one_is(const std::vector<std::string>& lines, const std::string& line) {
  return std::ranges::find(lines, line) != lines.end();
}

TEST(SourceLights, FollowTheStepsOfTheCounter) {
  SeenRun seen("workload=counter&engine=sim&threads=2&increments=3&lock=none&seed=7");
  seen.run_to_the_end();
  seen.seek(std::nullopt);
  const trace::Replay& replay = seen.run.replay();
  int reads = 0;
  int writes = 0;
  for (std::size_t step = 1; step <= replay.step_count(); ++step) {
    SCOPED_TRACE(step);
    const trace::Event& event = *replay.last_step(replay.events_of(step));
    const std::string who = letter_of_thread(event.thread);
    if (event.kind == trace::Kind::load) {
      ++reads;
      // Who has read will write next, whatever the others do.
      EXPECT_EQ(just(seen, step, Tongue::cpp),
                who + " just: const std::int32_t value = co_await rt.load(state.count);");
      EXPECT_TRUE(one_is(lit(seen, step, Tongue::cpp), who + " next: co_await rt.store(state.count, value + 1);"));
      EXPECT_EQ(just(seen, step, Tongue::python), who + " just: value = state.count");
      EXPECT_TRUE(one_is(lit(seen, step, Tongue::python), who + " next: state.count = value"));
    }
    if (event.kind == trace::Kind::store) {
      ++writes;
      EXPECT_EQ(just(seen, step, Tongue::cpp), who + " just: co_await rt.store(state.count, value + 1);");
      EXPECT_EQ(just(seen, step, Tongue::python), who + " just: state.count = value");
    }
  }
  EXPECT_EQ(reads, 6);
  EXPECT_EQ(writes, 6);
}

// Going back lights what was lit then.
TEST(SourceLights, AreTheSameOnTheWayBack) {
  SeenRun seen("workload=counter&engine=sim&threads=2&increments=3&lock=mutex&seed=7");
  seen.run_to_the_end();
  seen.seek(std::nullopt);
  const std::size_t steps = seen.run.replay().step_count();
  std::vector<std::vector<std::string>> there;
  for (std::size_t step = 0; step <= steps; ++step) there.push_back(lit(seen, step, Tongue::cpp));
  for (std::size_t step = steps + 1; step-- > 0;) EXPECT_EQ(lit(seen, step, Tongue::cpp), there[step]) << step;
  EXPECT_EQ(lit(seen, std::nullopt, Tongue::cpp).size(), 1U) << "at the end only the last step is left";
}

// A guard's release is told of the line that asked for the lock, as Python tells it of its `with`.
TEST(SourceLights, ALockIsLetGoAtTheLineThatTookIt) {
  SeenRun seen("workload=counter&engine=sim&threads=2&increments=2&lock=mutex&seed=3");
  seen.run_to_the_end();
  seen.seek(std::nullopt);
  const trace::Replay& replay = seen.run.replay();
  int releases = 0;
  for (std::size_t step = 1; step <= replay.step_count(); ++step) {
    const trace::Event& event = *replay.last_step(replay.events_of(step));
    if (event.kind != trace::Kind::release) continue;
    ++releases;
    const std::string who = letter_of_thread(event.thread);
    EXPECT_EQ(just(seen, step, Tongue::cpp), who + " just: auto held = co_await rt.acquire(state.lock);");
    EXPECT_EQ(just(seen, step, Tongue::python), who + " just: with state.lock:");
  }
  EXPECT_EQ(releases, 4);
}

// What a helper in another file does on a workload's behalf is told of the workload's line.
TEST(SourceLights, AQueueIsToldOfItsCallersLine) {
  SeenRun seen("workload=fanout&engine=sim&mode=queue&workers=2&width=2&height=2&generations=1&wait=0ns");
  seen.run_to_the_end();
  seen.seek(std::nullopt);
  const trace::Replay& replay = seen.run.replay();
  int seen_get = 0;
  for (std::size_t step = 1; step <= replay.step_count(); ++step) {
    const std::string line = just(seen, step, Tongue::python);
    EXPECT_EQ(line.find('?'), std::string::npos) << step;
    if (line.ends_with("item = state.queue.get()")) ++seen_get;
  }
  EXPECT_GT(seen_get, 4);
}

// A thread that has not been stepped to stands at what it has arrived at.
TEST(SourceLights, KnowWhatComesAtTheEndOfTheRecord) {
  SeenRun seen("workload=counter&engine=sim&threads=2&increments=2&lock=none&seed=3");
  seen.step(6);
  const std::vector<std::string> now = lit(seen, std::nullopt, Tongue::cpp);
  for (const trace::Pending& pending : seen.snapshot.pending) {
    const std::string who = letter_of_thread(pending.thread);
    const bool told =
        std::ranges::any_of(now, [&](const std::string& line) { return line.starts_with(who + " next: "); });
    EXPECT_EQ(told, pending.operation.line != 0) << who;
  }
  EXPECT_FALSE(seen.snapshot.pending.empty());
}

TEST(SourceLights, OfALiveRunAreThoseThatWait) {
  trace::Trace trace;
  for (int at = 0; at < 3; ++at) trace.add_thread({Words{Text{"t", "t"}}, ThreadId::none()});
  trace::Stream& stream = trace.add_stream();
  const auto record = [&](std::uint32_t thread, trace::Kind kind, trace::State state, std::uint16_t line) {
    trace::Event event;
    event.thread = ThreadId{thread};
    event.kind = kind;
    event.state = state;
    event.line = line;
    stream.record(event);
  };
  const auto lines = [](const LiveLights& lights) {
    std::vector<std::pair<std::uint32_t, int>> out;
    for (const SourceLight& light : lights.lights()) out.emplace_back(light.thread.value, light.line);
    return out;
  };
  LiveLights lights;
  record(1, trace::Kind::wait, trace::State::waiting_lock, 40);
  record(2, trace::Kind::sleep, trace::State::blocked, 50);
  lights.update(trace, 1);
  EXPECT_THAT(lines(lights), ::testing::ElementsAre(std::pair{1U, 40}, std::pair{2U, 50}));
  record(1, trace::Kind::acquire, trace::State::running, 40);
  record(2, trace::Kind::gauge, trace::State::running, 0);
  lights.update(trace, 1);
  EXPECT_THAT(lines(lights), ::testing::ElementsAre(std::pair{2U, 50}))
      << "who runs is not lit; a figure changes nothing";
  lights.update(trace, 2);
  EXPECT_THAT(lines(lights), ::testing::ElementsAre(std::pair{2U, 50})) << "another run is read from its start";
}

}  // namespace
}  // namespace interleave::view
