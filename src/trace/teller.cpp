#include "trace/teller.h"

#include "core/format.h"
#include "trace/lost_updates.h"

namespace interleave::trace {

Teller::Teller(const Trace& trace) : trace_(trace) {
  for (std::size_t at = 0; at < trace.objects().size(); ++at) {
    if (trace.objects()[at].kind == ObjectKind::variable) ++variables_;
  }
  for (const Overwrite& overwrite : overwrites(trace)) lost_.emplace(overwrite.store, overwrite.of);
}

std::vector<StoryLine> Teller::told() const {
  std::vector<StoryLine> out;
  const auto& events = trace_.streams()[0]->events();
  for (std::size_t at = 0; at < events.size() && out.size() < longest_story; ++at) {
    if (Words words = told(events[at]); !words.empty()) out.push_back({std::move(words)});
    if (const auto lost = lost_.find(at); lost != lost_.end()) {
      out.push_back(
          {fill({"{who}'s update is lost", "{who}의 갱신이 사라진다"}, {{"who", name(lost->second)}}), false});
    }
  }
  return out;
}

// Which variable is only said where there are several.
Words Teller::about_variable(const Event& event, Text alone, Text among_several, std::int64_t value) const {
  if (variables_ <= 1) return fill(alone, {{"who", name(event.thread)}, {"value", value}});
  return fill(among_several, {{"who", name(event.thread)}, {"value", value}, {"what", name(event.object)}});
}

Words Teller::about_lock(const Event& event, Text pattern) const {
  return fill(pattern, {{"who", name(event.thread)}, {"what", name(event.object)}});
}

Words Teller::compared(const Event& event) const {
  const std::int64_t value = written(event.value);
  if (found(event.value) == value) {
    return about_variable(
        event,
        {"{who} compares, finds {value} and writes nothing new", "{who}이(가) 비교해 보니 {value}, 바뀌는 것이 없다"},
        {"{who} compares {what}, finds {value} and writes nothing new",
         "{who}이(가) {what}을(를) 비교해 보니 {value}, 바뀌는 것이 없다"},
        value);
  }
  return about_variable(
      event, {"{who} compares and writes {value}", "{who}이(가) 비교하고 {value}을(를) 쓴다"},
      {"{who} compares {what} and writes {value}", "{who}이(가) {what}을(를) 비교하고 {value}을(를) 쓴다"}, value);
}

Words Teller::told(const Event& event) const {
  const std::int64_t after = trace::written(event.value);
  switch (event.kind) {
    case Kind::load:
      return about_variable(event, {"{who} reads {value}", "{who}이(가) {value}을(를) 읽는다"},
                            {"{who} reads {value} from {what}", "{who}이(가) {what}에서 {value}을(를) 읽는다"},
                            event.value);
    case Kind::store:
      return about_variable(event, {"{who} writes {value}", "{who}이(가) {value}을(를) 쓴다"},
                            {"{who} writes {value} to {what}", "{who}이(가) {what}에 {value}을(를) 쓴다"}, after);
    case Kind::fetch_add:
      return about_variable(
          event, {"{who} makes it {value} in one step", "{who}이(가) 한 걸음에 {value}(으)로 만든다"},
          {"{who} makes {what} {value} in one step", "{who}이(가) {what}을(를) 한 걸음에 {value}(으)로 만든다"}, after);
    case Kind::compare_exchange: return compared(event);
    case Kind::acquire: return about_lock(event, {"{who} takes {what}", "{who}이(가) {what}을(를) 얻는다"});
    case Kind::try_acquire:
    case Kind::acquire_for:
      return event.value == 1
                 ? about_lock(event, {"{who} tries {what} and takes it", "{who}이(가) {what}을(를) 시도해 얻는다"})
                 : about_lock(event, {"{who} tries {what} and finds it taken",
                                      "{who}이(가) {what}을(를) 시도했으나 이미 잡혀 있다"});
    case Kind::release: return about_lock(event, {"{who} releases {what}", "{who}이(가) {what}을(를) 놓는다"});
    case Kind::check_failed:
      return fill({"a check of {who} fails", "{who}의 검사가 실패한다"}, {{"who", name(event.thread)}});
    case Kind::gil_take:
    case Kind::gil_drop:
    case Kind::gil_request: return about_gil(event);
    case Kind::wait:
      if (!event.object.valid()) return {};
      if (trace_.objects()[event.object.index()].kind == ObjectKind::pipe) return about_pipe(event);
      if (trace_.objects()[event.object.index()].kind != ObjectKind::condition) return {};
      return about_lock(event, {"{who} waits for {what}", "{who}이(가) {what}을(를) 기다린다"});
    case Kind::notify:
      if (event.value == 0) {
        return about_lock(event, {"{who} tells of {what}, but nobody waits for it",
                                  "{who}이(가) {what}을(를) 알리지만 기다리는 쪽이 없다"});
      }
      return about_lock(event, {"{who} tells who waits for {what}", "{what}을(를) 기다리는 쪽에 {who}이(가) 알린다"});
    case Kind::pipe_write:
    case Kind::pipe_read:
    case Kind::pipe_close: return about_pipe(event);
    case Kind::kill:
      return fill({"{who} kills {other}", "{who}이(가) {other}을(를) 죽인다"},
                  {{"who", name(event.thread)}, {"other", name(ThreadId{static_cast<std::uint32_t>(event.value)})}});
    case Kind::exit:
      return fill({"{who} ends with return code {code}", "{who}이(가) 리턴 코드 {code}(으)로 끝난다"},
                  {{"who", name(event.thread)}, {"code", event.value}});
    case Kind::io: return about_time(event, {"{who} waits for I/O", "{who}이(가) 입출력을 기다린다"});
    case Kind::sleep: return about_time(event, {"{who} sleeps for {time}", "{who}이(가) {time} 동안 잔다"});
    case Kind::compute: return about_time(event, {"{who} computes", "{who}이(가) 계산한다"});
    default: return {};
  }
}

Words Teller::about_gil(const Event& event) const {
  const Words who = name(event.thread);
  const bool other = event.value != nobody && event.value != std::int64_t{event.thread.value};
  switch (event.kind) {
    case Kind::gil_request:
      return fill({"{who} has waited for a switch interval and asks {holder} for the GIL",
                   "{who}이(가) 전환 간격만큼 기다리고 {holder}에게 GIL을 달라고 한다"},
                  {{"who", who}, {"holder", name(ThreadId{static_cast<std::uint32_t>(event.value)})}});
    case Kind::gil_drop:
      return event.value == 1
                 ? fill({"{who} was asked for the GIL and lets it go", "{who}이(가) 부탁을 받고 GIL을 놓는다"},
                        {{"who", who}})
                 : fill({"{who} lets the GIL go", "{who}이(가) GIL을 놓는다"}, {{"who", who}});
    default: break;
  }
  if (!other) return fill({"{who} takes the GIL", "{who}이(가) GIL을 얻는다"}, {{"who", who}});
  return fill({"{who} takes the GIL, which {before} had before", "{before}이(가) 쥐었던 GIL을 {who}이(가) 얻는다"},
              {{"who", who}, {"before", name(ThreadId{static_cast<std::uint32_t>(event.value)})}});
}

Words Teller::about_pipe(const Event& event) const {
  Text pattern{"{who} waits at {what}", "{who}이(가) 기다린다 ({what})"};
  switch (event.kind) {
    case Kind::pipe_write:
      pattern = {"{who} writes {n} bytes into {what}", "{who}이(가) {n}바이트를 쓴다 ({what})"};
      break;
    case Kind::pipe_read:
      pattern = event.value > 0
                    ? Text{"{who} reads {n} bytes from {what}", "{who}이(가) {n}바이트를 읽는다 ({what})"}
                    : Text{"{who} finds the end of {what}", "{who}이(가) 더 읽을 것이 없음을 안다 ({what})"};
      break;
    case Kind::pipe_close: pattern = {"{who} closes {what}", "{who}이(가) 닫는다 ({what})"}; break;
    default: break;
  }
  return fill(pattern, {{"who", name(event.thread)}, {"n", event.value}, {"what", name(event.object)}});
}

Words Teller::about_time(const Event& event, Text pattern) const {
  const std::string time = format_duration(event.value);
  return fill(pattern, {{"who", name(event.thread)}, {"time", std::string_view(time)}});
}

Words capitalized(Words told) {
  if (!told.en.empty() && told.en[0] >= 'a' && told.en[0] <= 'z') {
    told.en[0] = static_cast<char>(told.en[0] - 'a' + 'A');
  }
  return told;
}

Words as_sentence(Words told) {
  told = capitalized(std::move(told));
  return {told.en + ".", told.ko + "."};
}

}  // namespace interleave::trace
