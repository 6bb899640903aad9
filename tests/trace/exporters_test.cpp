// The file for Perfetto's UI and chrome://tracing, held against "Trace Event Format", the document that defines it.
#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "support/made_trace.h"
#include "trace/perfetto.h"

namespace interleave::trace {
namespace {

using nlohmann::json;
using test::MadeTrace;

std::string written(const Trace& trace, const PerfettoOptions& options = {}) {
  std::string out;
  write_perfetto(trace, options, [&out](std::string_view part) { out.append(part); });
  return out;
}

// Checks what the format asks of every event, and of each phase. Any failure names the event.
class Validator {
 public:
  explicit Validator(const json& document) {
    EXPECT_TRUE(document.is_object());
    EXPECT_TRUE(document.at("traceEvents").is_array());
    if (document.contains("displayTimeUnit")) {
      EXPECT_TRUE(document["displayTimeUnit"] == "ns" || document["displayTimeUnit"] == "ms");
    }
    for (const json& event : document["traceEvents"]) check(event);
    for (const auto& [id, ends] : flows_) EXPECT_EQ(ends, "sf") << "flow " << id << " has not both ends in order";
  }

 private:
  void check(const json& event) {
    const std::string text = event.dump();
    ASSERT_TRUE(event.is_object()) << text;
    ASSERT_TRUE(event.at("name").is_string()) << text;
    ASSERT_TRUE(event.at("pid").is_number_integer()) << text;
    ASSERT_TRUE(event.at("tid").is_number_integer()) << text;
    const std::string phase = event.at("ph").get<std::string>();
    ASSERT_TRUE(!event.contains("args") || event["args"].is_object()) << text;
    if (phase == "M") {
      static const std::set<std::string> known{"process_name", "process_labels", "process_sort_index", "thread_name",
                                               "thread_sort_index"};
      ASSERT_TRUE(known.contains(event["name"])) << text;
      ASSERT_FALSE(event.at("args").empty()) << text;
      return;
    }
    ASSERT_TRUE(event.at("ts").is_number()) << text;
    ASSERT_GE(event["ts"].get<double>(), 0) << text;
    if (phase == "X") {
      ASSERT_TRUE(event.at("dur").is_number()) << text;
      ASSERT_GE(event["dur"].get<double>(), 0) << text;
    } else if (phase == "i") {
      ASSERT_TRUE(event.at("s") == "g" || event.at("s") == "p" || event.at("s") == "t") << text;
    } else if (phase == "C") {
      ASSERT_FALSE(event.at("args").empty()) << text;
      for (const json& value : event["args"]) ASSERT_TRUE(value.is_number()) << text;
    } else if (phase == "s" || phase == "f") {
      ASSERT_TRUE(event.contains("id")) << text;
      ASSERT_TRUE(event.at("cat").is_string()) << text;
      ASSERT_TRUE(phase == "s" || event.at("bp") == "e") << text;
      flows_[event["id"].dump()] += phase;
    } else {
      FAIL() << "a phase that is not written here: " << text;
    }
  }

  std::map<std::string, std::string> flows_;
};

// The events of a phase, by name.
std::vector<json> of_phase(const json& document, std::string_view phase) {
  std::vector<json> out;
  for (const json& event : document["traceEvents"]) {
    if (event["ph"] == phase) out.push_back(event);
  }
  return out;
}

class APerfettoFile : public ::testing::Test {
 protected:
  APerfettoFile() {
    const ObjectId lock = made.trace.add_object({Words("lock \"A\"\n", "락 \"A\"\n"), ObjectKind::lock, 0});
    const ObjectId count = made.trace.add_object({Words("count", "count"), ObjectKind::variable, 0});
    made.add(0, 1, Kind::started, State::running);
    made.add(1'500, 2, Kind::started, State::running);
    made.add(2'000, 2, Kind::wait, State::waiting_lock, lock);
    made.at(3'001, 1, Kind::store, State::running, pack(4, 5)).object = count;
    made.event.cost = 7;
    made.event.line = 42;
    made.stream->record(made.event);
    made.add(4'000, 2, Kind::woken, State::ready, 1);
    made.add(5'000, 2, Kind::scheduled, State::running, 0);
    made.add(6'000, 1, Kind::progress, State::running, 1'000);
    made.at(7'000, 1, Kind::gauge, State::running, 3).object =
        made.trace.add_object({Words("queue 1", "큐 1"), ObjectKind::gauge, 0});
    made.stream->record(made.event);
    made.add(1'234'567'890'123, 1, Kind::ended, State::idle);
    made.add(1'234'567'890'124, 2, Kind::ended, State::idle);
  }
  [[nodiscard]] json document(const PerfettoOptions& options = {}) const {
    return json::parse(written(made.trace, options));
  }

  MadeTrace made{2};
};

TEST_F(APerfettoFile, IsWhatTheFormatAsksFor) { Validator{document()}; }

TEST_F(APerfettoFile, NamesTheProcessAndItsThreads) {
  const auto names = of_phase(document({"interleave counter", Language::ko, {}}), "M");
  EXPECT_EQ(names.at(0)["name"], "process_name");
  EXPECT_EQ(names.at(0)["args"]["name"], "interleave counter");
  EXPECT_EQ(names.at(3)["name"], "thread_name");
  EXPECT_EQ(names.at(3)["tid"], 2);
  EXPECT_EQ(names.at(3)["args"]["name"], "스레드 1");
}

TEST_F(APerfettoFile, DrawsAGaugeAsACounter) {
  const auto counters = of_phase(document(), "C");
  ASSERT_EQ(counters.size(), 2U);
  EXPECT_EQ(counters[1]["name"], "queue 1");
  EXPECT_EQ(counters[1]["args"]["value"], 3);
}

TEST_F(APerfettoFile, HasASpanForEachStateWithTheLockThatWasWaitedFor) {
  const auto spans = of_phase(document(), "X");
  ASSERT_EQ(spans.size(), 5U);
  EXPECT_EQ(spans[0]["name"], "running");
  EXPECT_EQ(spans[2]["name"], "waiting for a lock");
  EXPECT_EQ(spans[2]["args"]["object"], "lock \"A\"\n");
  EXPECT_EQ(spans[3]["args"]["cause"], "thread 1");
}

TEST_F(APerfettoFile, WritesMicrosecondsWithoutLosingANanosecond) {
  const std::string text = written(made.trace);
  EXPECT_THAT(text, ::testing::HasSubstr("\"ts\":1.500"));
  EXPECT_THAT(text, ::testing::HasSubstr("\"ts\":3.001"));
  EXPECT_THAT(text, ::testing::HasSubstr("\"ts\":1234567890.123"));
  EXPECT_THAT(text, ::testing::HasSubstr("\"ts\":1234567890.124"));
}

TEST_F(APerfettoFile, HasAnInstantForEachOperationWithItsValues) {
  const auto instants = of_phase(document(), "i");
  const auto store = std::ranges::find_if(instants, [](const json& event) { return event["cat"] == "store"; });
  ASSERT_NE(store, instants.end());
  EXPECT_EQ((*store)["args"]["object"], "count");
  EXPECT_EQ((*store)["args"]["found"], 4);
  EXPECT_EQ((*store)["args"]["written"], 5);
  EXPECT_EQ((*store)["args"]["cost_ns"], 7);
  EXPECT_EQ((*store)["args"]["line"], 42);
}

TEST_F(APerfettoFile, DrawsAnArrowFromWhoWokeToWhoWasWoken) {
  const auto from = of_phase(document(), "s");
  const auto to = of_phase(document(), "f");
  ASSERT_EQ(from.size(), 1U);
  ASSERT_EQ(to.size(), 1U);
  EXPECT_EQ(from[0]["tid"], 2);
  EXPECT_EQ(to[0]["tid"], 3);
  EXPECT_EQ(from[0]["id"], to[0]["id"]);
}

// A waiter wakes some time after the lock was let go, and by then whoever did that may be over.
TEST(PerfettoFile, DrawsAnArrowFromTheLastMomentOfWhoHasEnded) {
  MadeTrace made(2);
  made.add(0, 1, Kind::started, State::running);
  made.add(0, 2, Kind::started, State::blocked);
  made.add(1'000, 1, Kind::ended, State::idle);
  made.add(3'000, 2, Kind::woken, State::ready, 1);
  made.add(4'000, 2, Kind::ended, State::idle);
  const json document = json::parse(written(made.trace));
  Validator{document};
  ASSERT_EQ(of_phase(document, "s").size(), 1U);
  EXPECT_EQ(of_phase(document, "s")[0]["ts"], 1.0);
  EXPECT_EQ(of_phase(document, "f")[0]["ts"], 3.0);
}

TEST_F(APerfettoFile, CountsProgress) {
  const auto counters = of_phase(document(), "C");
  ASSERT_EQ(counters.size(), 2U);
  EXPECT_EQ(counters[0]["args"]["done"], 1'000);
}

TEST_F(APerfettoFile, SaysWhatItIsOf) {
  const json out = document({"title", Language::en, {{"hash", "0123"}, {"lock", "\x01\"\xFF"}}});
  EXPECT_EQ(out["otherData"]["hash"], "0123");
  EXPECT_EQ(out["otherData"]["unrecorded"], "0");
}

TEST(PerfettoFile, OfAnEmptyTraceIsStillOne) {
  const Trace trace;
  const json document = json::parse(written(trace));
  Validator{document};
  EXPECT_EQ(document["traceEvents"].size(), 1U);
}

TEST(PerfettoFile, PassesOverEventsOfNobody) {
  MadeTrace made(1);
  made.add(5, 77, Kind::started, State::running);
  made.add(5, 1, Kind::woken, State::running, 99);
  made.add(6, 1, Kind::woken, State::running, -1);
  made.add(7, 1, Kind::load, State::running, ObjectId{5});
  const json document = json::parse(written(made.trace));
  Validator{document};
  EXPECT_TRUE(of_phase(document, "s").empty());
}

}  // namespace
}  // namespace interleave::trace
