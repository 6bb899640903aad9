#include "trace/trace.h"

namespace interleave::trace {
namespace {

// FNV-1a over 64-bit words, with a final mix. Words and not memory, so that padding and byte order play no part.
class Hasher {
 public:
  void add(std::uint64_t word) { state_ = mixed((state_ ^ word) * 0x0000'0100'0000'01b3ULL); }
  void add(std::int64_t word) { add(static_cast<std::uint64_t>(word)); }
  void add(std::string_view text) {
    add(std::uint64_t{text.size()});
    for (const char c : text) add(std::uint64_t{static_cast<unsigned char>(c)});
  }
  void add(const Words& words) {
    add(std::string_view(words.en));
    add(std::string_view(words.ko));
  }
  [[nodiscard]] std::uint64_t value() const { return state_; }

 private:
  static std::uint64_t mixed(std::uint64_t x) { return x ^ (x >> 29U); }
  std::uint64_t state_ = 0xcbf2'9ce4'8422'2325ULL;
};

void add(Hasher& hasher, const Event& event) {
  hasher.add(event.time);
  hasher.add(event.value);
  hasher.add(std::uint64_t{event.thread.value});
  hasher.add(std::uint64_t{event.object.value});
  hasher.add(std::uint64_t{event.cost});
  hasher.add(std::uint64_t{event.line});
  hasher.add(static_cast<std::uint64_t>(event.kind));
  hasher.add(static_cast<std::uint64_t>(event.state));
  hasher.add(static_cast<std::uint64_t>(event.order));
}

}  // namespace

std::size_t Trace::event_count() const {
  std::size_t sum = 0;
  for (std::size_t at = 0; at < streams_.size(); ++at) sum += streams_[at]->events().size();
  return sum;
}

std::uint64_t Trace::unrecorded() const {
  std::uint64_t sum = 0;
  for (std::size_t at = 0; at < streams_.size(); ++at) sum += streams_[at]->unrecorded();
  return sum;
}

std::uint64_t hash(const Trace& trace) {
  Hasher hasher;
  for (std::size_t at = 0; at < trace.threads().size(); ++at) {
    const ThreadInfo& thread = trace.threads()[at];
    hasher.add(thread.name);
    hasher.add(std::uint64_t{thread.parent.value});
    hasher.add(static_cast<std::uint64_t>(thread.vehicle));
  }
  for (std::size_t at = 0; at < trace.objects().size(); ++at) {
    const ObjectInfo& object = trace.objects()[at];
    hasher.add(object.name);
    hasher.add(static_cast<std::uint64_t>(object.kind));
    hasher.add(object.initial);
  }
  for (std::size_t at = 0; at < trace.streams().size(); ++at) {
    const Stream& stream = *trace.streams()[at];
    hasher.add(std::uint64_t{stream.unrecorded()});
    const std::size_t count = stream.events().size();
    for (std::size_t index = 0; index < count;) {
      const auto [events, run] = stream.events().run(index, count);
      for (std::size_t k = 0; k < run; ++k) add(hasher, events[k]);
      index += run;
    }
  }
  return hasher.value();
}

std::string print_hash(std::uint64_t hash) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out(16, '0');
  for (std::size_t at = 16; at-- > 0; hash >>= 4U) out[at] = digits[hash & 15U];
  return out;
}

}  // namespace interleave::trace
