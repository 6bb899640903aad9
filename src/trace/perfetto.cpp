#include "trace/perfetto.h"

#include <algorithm>
#include <optional>

#include "core/utf8.h"
#include "trace/lanes.h"

namespace interleave::trace {
namespace {

constexpr Text label_of(State state) {
  switch (state) {
    case State::idle: return {"idle", "쉼"};
    case State::running: return {"running", "실행 중"};
    case State::ready: return {"ready, without a core", "코어를 기다림"};
    case State::waiting_lock: return {"waiting for a lock", "락을 기다림"};
    case State::waiting_gil: return {"waiting for the GIL", "GIL을 기다림"};
    case State::blocked: return {"blocked", "막힘"};
  }
  return {"", ""};
}

std::string quoted(std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out = "\"";
  const std::string replaced = is_utf8(text) ? std::string{} : quotable(text, text.size());
  for (const char c : replaced.empty() ? text : std::string_view(replaced)) {
    const unsigned byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out.append({'\\', c});
    } else if (byte < 0x20U) {
      out.append("\\u00").append({digits[byte >> 4U], digits[byte & 15U]});
    } else {
      out.push_back(c);
    }
  }
  return out + '"';
}

// Microseconds with all three decimals, by integers: a double would round long traces.
std::string microseconds(Nanoseconds time) {
  const std::string decimals = std::to_string(1'000 + time % 1'000);
  return std::to_string(time / 1'000) + "." + decimals.substr(1);
}

// No stream: a page would carry the library's locales for it.
using Write = std::function<void(std::string_view)>;

// One trace event, written once it has been put together.
class Entry {
 public:
  Entry(const Write& write, bool& first, std::string_view phase, std::string_view name) : write_(write) {
    text_.append(first ? "\n{" : ",\n{").append("\"ph\":").append(quoted(phase));
    text_.append(",\"name\":").append(quoted(name)).append(",\"pid\":1");
    first = false;
  }
  Entry(const Entry&) = delete;
  Entry& operator=(const Entry&) = delete;
  ~Entry() {
    if (has_args_) text_ += '}';
    text_ += '}';
    write_(text_);
  }

  Entry& thread(std::size_t index) { return raw("tid", std::to_string(index + 1)); }
  Entry& category(std::string_view name) { return raw("cat", quoted(name)); }
  Entry& at(Nanoseconds time) { return raw("ts", microseconds(time)); }
  Entry& raw(std::string_view key, std::string_view json) {
    text_.append(",").append(quoted(key)).append(":").append(json);
    return *this;
  }
  // After all other members.
  Entry& arg(std::string_view key, std::string_view json) {
    text_.append(has_args_ ? "," : ",\"args\":{").append(quoted(key)).append(":").append(json);
    has_args_ = true;
    return *this;
  }
  Entry& arg(std::string_view key, std::int64_t number) { return arg(key, std::to_string(number)); }

 private:
  const Write& write_;
  std::string text_;
  bool has_args_ = false;
};

class Writer {
 public:
  Writer(const Trace& trace, const PerfettoOptions& options, const Write& write)
      : trace_(trace), options_(options), write_(write), threads_(trace.threads().size()) {
    lanes_.update(trace_);
  }

  void write() {
    std::string head = "{\"displayTimeUnit\":\"ns\",\"otherData\":{\"unrecorded\":\"";
    head.append(std::to_string(trace_.unrecorded())).append("\"");
    for (const auto& [key, value] : options_.metadata) {
      head.append(",").append(quoted(key)).append(":").append(quoted(value));
    }
    write_(head.append("},\"traceEvents\":["));
    write_names();
    write_spans();
    write_events();
    write_("\n]}\n");
  }

 private:
  Entry entry(std::string_view phase, std::string_view name) { return {write_, first_, phase, name}; }
  [[nodiscard]] std::string thread_name(std::size_t index) const {
    return trace_.threads()[index].name.in(options_.language);
  }
  [[nodiscard]] std::string object_name(ObjectId object) const {
    return object.index() < trace_.objects().size()
               ? quoted(trace_.objects()[object.index()].name.in(options_.language))
               : quoted("?");
  }

  void write_names() {
    entry("M", "process_name").raw("tid", "0").arg("name", quoted(options_.title));
    for (std::size_t at = 0; at < threads_; ++at) {
      entry("M", "thread_name").thread(at).arg("name", quoted(thread_name(at)));
      entry("M", "thread_sort_index").thread(at).arg("sort_index", static_cast<std::int64_t>(at));
    }
  }

  void write_spans() {
    for (std::size_t at = 0; at < std::min(threads_, lanes_.lanes().size()); ++at) {
      for (const Span span : lanes_.lanes()[at].spans) {
        if (span.state == State::idle) continue;
        Entry complete = entry("X", label_of(span.state).in(options_.language));
        complete.category("state").thread(at).at(span.begin);
        complete.raw("dur", microseconds(std::max<Nanoseconds>(span.end - span.begin, 0)));
        if (span.object.valid()) complete.arg("object", object_name(span.object));
        if (span.cause.valid() && span.cause.index() < threads_) {
          complete.arg("cause", quoted(thread_name(span.cause.index())));
        }
      }
    }
  }

  void write_events() {
    for (std::size_t at = 0; at < trace_.streams().size(); ++at) {
      const auto& events = trace_.streams()[at]->events();
      const std::size_t count = events.size();
      for (std::size_t index = 0; index < count;) {
        const auto [begin, run] = events.run(index, count);
        for (std::size_t k = 0; k < run; ++k) {
          if (begin[k].thread.valid() && begin[k].thread.index() < threads_) write_event(begin[k]);
        }
        index += run;
      }
    }
  }

  void write_event(const Event& event) {
    if (event.kind == Kind::progress) {
      entry("C",
            std::string(info(Kind::progress).label.in(options_.language)) + ", " + thread_name(event.thread.index()))
          .thread(event.thread.index())
          .at(event.time)
          .arg("done", event.value);
      return;
    }
    if (event.kind == Kind::gauge) {
      if (event.object.index() < trace_.objects().size()) {
        entry("C", trace_.objects()[event.object.index()].name.in(options_.language))
            .thread(event.thread.index())
            .at(event.time)
            .arg("value", event.value);
      }
      return;
    }
    if (event.kind == Kind::woken) write_arrow(event);
    Entry instant = entry("i", info(event.kind).label.in(options_.language));
    instant.category(info(event.kind).key).thread(event.thread.index()).at(event.time).raw("s", "\"t\"");
    if (event.object.valid()) instant.arg("object", object_name(event.object));
    write_value(event, instant);
    if (event.cost > 0) instant.arg("cost_ns", event.cost);
    if (event.line > 0) instant.arg("line", event.line);
  }

  // The latest instant up to the given one at which the thread has a span that is drawn.
  [[nodiscard]] std::optional<Nanoseconds> last_drawn(std::size_t thread, Nanoseconds time) const {
    if (thread >= lanes_.lanes().size()) return std::nullopt;
    const Spans& spans = lanes_.lanes()[thread].spans;
    for (std::size_t at = spans.begun_by(time); at-- > 0;) {
      if (spans.state_of(at) != State::idle) return std::min(time, spans.end_of(at));
    }
    return std::nullopt;
  }

  // Both ends bind to the span that holds them: the waker's, which may be over by the time at which the other wakes,
  // and the woken's.
  void write_arrow(const Event& event) {
    const auto waker = static_cast<std::size_t>(event.value);
    if (event.value < 0 || waker >= threads_) return;
    const std::optional<Nanoseconds> begin = last_drawn(waker, event.time);
    if (!begin || last_drawn(event.thread.index(), event.time) != event.time) return;
    const std::string id = std::to_string(++arrows_);
    const Text name{"wakes", "깨움"};
    entry("s", name.in(options_.language)).category("wake").thread(waker).at(*begin).raw("id", id);
    entry("f", name.in(options_.language))
        .category("wake")
        .thread(event.thread.index())
        .at(event.time)
        .raw("id", id)
        .raw("bp", "\"e\"");
  }

  void write_value(const Event& event, Entry& instant) const {
    switch (event.kind) {
      case Kind::load: instant.arg("found", event.value); break;
      case Kind::store:
      case Kind::fetch_add:
      case Kind::compare_exchange: instant.arg("found", found(event.value)).arg("written", written(event.value)); break;
      case Kind::spawn:
      case Kind::join:
      case Kind::woken: {
        const auto other = static_cast<std::size_t>(event.value);
        if (event.value >= 0 && other < threads_) instant.arg("thread", quoted(thread_name(other)));
        break;
      }
      case Kind::started:
      case Kind::ended:
      case Kind::acquire:
      case Kind::release: break;
      default: instant.arg("value", event.value);
    }
  }

  const Trace& trace_;
  const PerfettoOptions& options_;
  const Write& write_;
  std::size_t threads_;
  Lanes lanes_;
  bool first_ = true;
  std::uint64_t arrows_ = 0;
};

}  // namespace

void write_perfetto(const Trace& trace, const PerfettoOptions& options, const Write& write) {
  Writer(trace, options, write).write();
}

}  // namespace interleave::trace
