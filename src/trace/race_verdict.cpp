#include "trace/race_verdict.h"

#include <algorithm>

#include "trace/lost_updates.h"

namespace interleave::trace {
namespace {

struct Did {
  Text first;   // "{who} wrote {what} (step 12)", as a noun in Korean
  Text second;  // "{who} wrote it (step 15)"
};

constexpr Did did(Kind kind) {
  switch (kind) {
    case Kind::store:
      return {{"{who} wrote {what} (step {step})", "{who}이(가) {step}단계에서 {what}을(를) 쓴 것"},
              {"{who} wrote it (step {step})", "{who}이(가) {step}단계에서 쓴 것"}};
    case Kind::fetch_add:
      return {{"{who} added to {what} (step {step})", "{who}이(가) {step}단계에서 {what}에 더한 것"},
              {"{who} added to it (step {step})", "{who}이(가) {step}단계에서 더한 것"}};
    case Kind::compare_exchange:
      return {{"{who} compared {what} (step {step})", "{who}이(가) {step}단계에서 {what}을(를) 비교한 것"},
              {"{who} compared it (step {step})", "{who}이(가) {step}단계에서 비교한 것"}};
    default:
      return {{"{who} read {what} (step {step})", "{who}이(가) {step}단계에서 {what}을(를) 읽은 것"},
              {"{who} read it (step {step})", "{who}이(가) {step}단계에서 읽은 것"}};
  }
}

Words told(Text pattern, const Words& who, const Words& what, const Access& access) {
  return fill(pattern, {{"who", who}, {"what", what}, {"step", static_cast<std::int64_t>(access.step)}});
}

Words told(const NamedRace& named) {
  const Race& race = named.race;
  return fill(
      {"{first} and {second}, and nothing orders the two", "{first}과(와) {second} 사이에 순서를 정해 주는 것이 없다"},
      {{"first", told(did(race.first.kind).first, named.first, named.variable, race.first)},
       {"second", told(did(race.second.kind).second, named.second, named.variable, race.second)}});
}

Words how_many(const RaceReport& report) {
  const auto count = static_cast<std::int64_t>(report.count);
  if (count == 1) return {};
  if (report.races.size() == 1) {
    return fill({" {count} accesses race in all.", " 경쟁하는 접근은 모두 {count}번이다."}, {{"count", count}});
  }
  return fill({" {count} accesses to {variables} variables race in all.",
               " 경쟁하는 접근은 변수 {variables}개에 모두 {count}번이다."},
              {{"count", count}, {"variables", static_cast<std::int64_t>(report.races.size())}});
}

RaceVerdict racing(const Trace& trace, const RaceReport& report, bool right) {
  RaceVerdict out{RaceFinding::race, {}, report.count, report.races.size(), {}};
  for (std::size_t at = 0; at < std::min(report.races.size(), RaceVerdict::most_named); ++at) {
    const Race& race = report.races[at];
    out.named.push_back({trace.objects()[race.variable.index()].name, trace.threads()[race.first.thread.index()].name,
                         trace.threads()[race.second.thread.index()].name, race});
  }
  out.sentence = fill(right ? Text{"This run happened to be right, and is a data race all the same: {race}.{count}",
                                   "이번 결과는 맞았지만 그래도 데이터 경쟁이다. {race}.{count}"}
                            : Text{"A data race: {race}.{count}", "데이터 경쟁이다. {race}.{count}"},
                      {{"race", told(out.named.front())}, {"count", how_many(report)}});
  return out;
}

}  // namespace

RaceVerdict judge_races(const Trace& trace, const RaceReport& report, std::optional<Verdict> verdict) {
  const auto only = [](RaceFinding finding, Words sentence) {
    return RaceVerdict{finding, std::move(sentence), 0, 0, {}};
  };
  if (report.checked == Checked::too_many) {
    return only(RaceFinding::unchecked, fill({"Not checked for data races: that is done for {most} threads at most.",
                                              "데이터 경쟁은 확인하지 않았다. 스레드 {most}개까지만 확인한다."},
                                             {{"most", static_cast<std::int64_t>(Races::most_clocks)}}));
  }
  if (!report.races.empty()) return racing(trace, report, verdict == Verdict::ok);
  if (report.accesses == 0) return {};
  if (report.checked == Checked::cut) {
    return only(RaceFinding::unchecked, Text{"No data race among the events that were kept; the rest was not checked.",
                                             "기록한 사건에는 데이터 경쟁이 없다. 나머지는 확인하지 못했다."});
  }
  if (verdict == Verdict::failure && !overwrites(trace).empty()) {
    return only(RaceFinding::none_lost,
                Text{"No data race: every access came before or after every other. An update is lost all the same "
                     "where another comes between the read and the write.",
                     "데이터 경쟁은 없다. 모든 접근에 앞뒤가 정해져 있다. 그래도 읽기와 쓰기 사이에 다른 쓰기가 "
                     "끼어들면 갱신은 사라진다."});
  }
  if (!verdict) return only(RaceFinding::none, Text{"No data race so far.", "지금까지 데이터 경쟁은 없다."});
  return only(RaceFinding::none, Text{"No data race in this run, which proves nothing for other orders.",
                                      "이번 실행에는 데이터 경쟁이 없다. 다른 순서에서도 없다는 증명은 아니다."});
}

}  // namespace interleave::trace
