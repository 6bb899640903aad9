// A child in a Worker. Its memory is its own; the pipes lie in its parent's.
#include <cstring>

#include <emscripten.h>

#include "live/child_block.h"
#include "live/program_side.h"

// clang-format off
// `parent` is what cmake/run_as_child.js has put there.
EM_JS(std::uint32_t, interleave_parent_block, (), { return Module.parent.block; });
EM_JS(std::uint32_t, interleave_parent_load, (std::uint32_t at), {
  return Atomics.load(Module.parent.words, at >>> 2);
});
EM_JS(void, interleave_parent_store, (std::uint32_t at, std::uint32_t value), {
  Atomics.store(Module.parent.words, at >>> 2, value);
});
EM_JS(void, interleave_parent_add, (std::uint32_t at), {
  Atomics.add(Module.parent.words, at >>> 2, 1);
  Atomics.notify(Module.parent.words, at >>> 2);
});
EM_JS(int, interleave_parent_replace, (std::uint32_t at, std::uint32_t old, std::uint32_t value), {
  return Atomics.compareExchange(Module.parent.words, at >>> 2, old, value) === old ? 1 : 0;
});
EM_JS(void, interleave_parent_wait, (std::uint32_t at, std::uint32_t seen), {
  Atomics.wait(Module.parent.words, at >>> 2, seen | 0);
});
EM_JS(void, interleave_parent_put, (std::uint32_t at, const char* from, std::uint32_t size), {
  Module.parent.bytes.set(HEAPU8.subarray(from, from + size), at);
});
EM_JS(void, interleave_parent_get, (char* into, std::uint32_t at, std::uint32_t size), {
  HEAPU8.set(Module.parent.bytes.subarray(at, at + size), into);
});
// Waits for so many milliseconds, or for ever, on a word that nobody else knows.
EM_JS(void, interleave_child_rest, (double time), {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, time < 0 ? Infinity : time);
});
// The clock of a module with threads, which its parent is: the same in every Worker.
EM_JS(double, interleave_parent_clock, (), { return performance.timeOrigin + performance.now(); });
// clang-format on

namespace interleave::live {
namespace {

struct ParentMemory {
  static std::uint32_t load(Address at) { return interleave_parent_load(at); }
  static void store(Address at, std::uint32_t value) { interleave_parent_store(at, value); }
  static void put(Address at, const char* from, std::uint32_t size) { interleave_parent_put(at, from, size); }
  static void get(char* into, Address at, std::uint32_t size) { interleave_parent_get(into, at, size); }
};

using Ring = RingOver<ParentMemory>;

Address at(std::size_t offset) { return interleave_parent_block() + static_cast<Address>(offset); }

Ring ring_of(rt::Pipe pipe) {
  return Ring(at(offsetof(ChildBlock, pipes) + static_cast<std::size_t>(pipe) * sizeof(ByteRing)));
}

// Held while something is written into the parent's memory. Who comes to a shut gate has been killed, and waits to be
// ended.
class AtTheGate {
 public:
  AtTheGate() {
    if (interleave_parent_replace(at(offsetof(ChildBlock, gate)), ChildBlock::open, ChildBlock::passing) == 0) {
      interleave_child_rest(-1);
    }
  }
  ~AtTheGate() {
    interleave_parent_add(ParentMemory::load(at(offsetof(ChildBlock, parent_moved))));
    ParentMemory::store(at(offsetof(ChildBlock, gate)), ChildBlock::open);
  }
  AtTheGate(const AtTheGate&) = delete;
  AtTheGate& operator=(const AtTheGate&) = delete;
};

}  // namespace

ProgramRuntime::ProgramRuntime() = default;

// News that finds no room is dropped: then a hang may stay unseen, but none is made up.
void ProgramRuntime::tell(ChildNews::What what, rt::Pipe pipe, std::int64_t value) {
  const auto now = static_cast<std::int64_t>(interleave_parent_clock() * static_cast<double>(millisecond));
  const ChildNews news{now, value, what, pipe, {}};
  std::array<char, sizeof news> bytes{};
  std::memcpy(bytes.data(), &news, sizeof news);
  const AtTheGate passing;
  Ring ring(at(offsetof(ChildBlock, news)));
  if (ring.room() >= sizeof news) ring.write(bytes.data(), bytes.size());
}

// What its parent has done is read off before the last look, so that no wake-up is missed; and what is told of a pipe
// that is found full, or empty, is true of that very moment.
void ProgramRuntime::wait_until(rt::Pipe pipe) {
  const Address moved = at(offsetof(ChildBlock, moved));
  const bool reads = pipe == rt::Pipe::in;
  const auto ready = [&] {
    if (!reads) return ring_of(pipe).room() > 0;
    return ring_of(pipe).filled() > 0 || ParentMemory::load(at(offsetof(ChildBlock, input_closed))) != 0;
  };
  std::uint32_t seen = ParentMemory::load(moved);
  if (ready()) return;
  const std::int64_t own = moved_.at(static_cast<std::size_t>(pipe));
  tell(ChildNews::What::blocked, pipe, reads ? own : own - static_cast<std::int64_t>(rt::pipe_capacity));
  while (!ready()) {
    interleave_parent_wait(moved, seen);
    seen = ParentMemory::load(moved);
  }
  tell(ChildNews::What::goes_on, pipe, 0);
}

Ready<std::string> ProgramRuntime::read(Child&) {
  std::string bytes(rt::pipe_capacity, '\0');
  const auto take = [&] {
    const AtTheGate passing;
    return ring_of(rt::Pipe::in).read(bytes.data(), bytes.size());
  };
  std::uint32_t count = 0;
  // Closed is looked at first: what was written before that is then seen.
  while (true) {
    const bool closed = ParentMemory::load(at(offsetof(ChildBlock, input_closed))) != 0;
    count = take();
    if (count > 0 || closed) break;
    wait_until(rt::Pipe::in);
  }
  bytes.resize(count);
  moved_.front() += count;
  tell(ChildNews::What::moved, rt::Pipe::in, count);
  return {std::move(bytes)};
}

// Its parent reads for as long as it is there, so that there is always room in the end.
Ready<std::size_t> ProgramRuntime::write(Child&, rt::Pipe pipe, std::string_view bytes, rt::Site) {
  const auto give = [&] {
    const AtTheGate passing;
    return ring_of(pipe).write(bytes.data(), bytes.size());
  };
  std::uint32_t count = 0;
  while ((count = give()) == 0 && !bytes.empty()) wait_until(pipe);
  moved_.at(static_cast<std::size_t>(pipe)) += count;
  tell(ChildNews::What::moved, pipe, count);
  return {count};
}

Ready<void> ProgramRuntime::sleep(Nanoseconds time) {
  tell(ChildNews::What::sleeps, rt::Pipe::in, time);
  interleave_child_rest(static_cast<double>(time) / static_cast<double>(millisecond));
  tell(ChildNews::What::goes_on, rt::Pipe::in, 0);
  return {};
}

}  // namespace interleave::live
