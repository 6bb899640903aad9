// Children in Workers: each runs the same small module in a memory of its own. Workers are made and ended by the page's
// main thread, which never blocks; the threads of a run may wait.
#include <limits>
#include <optional>
#include <utility>

#include <emscripten.h>
#include <emscripten/threading.h>

#include "core/clock.h"
#include "live/child_block.h"
#include "live/child_platform.h"

// clang-format off
// For the main thread: makes a Worker for the child whose block is at that address; `moved` is the word that counts
// what children did. Its end, by itself or by interleave_child_end, is written into the block once the Worker is gone.
EM_JS(void, interleave_child_begin, (std::uint32_t block, std::uint32_t moved, const char* program,
                                     const char* argument), {
  const children = Module.childProcesses ||= { alive: new Map(), module: null };
  const words = new Int32Array(wasmMemory.buffer);
  const order = { block, memory: wasmMemory.buffer, program: UTF8ToString(program), argument: UTF8ToString(argument) };
  const [goneAt, codeAt, releasedAt, gateAt] = [0, 1, 2, 3].map((at) => (block >>> 2) + at);
  const [ended, lost, shut, killed, crashed] = [1, 2, 2, -9, -6];
  let worker = null;
  let over = false;
  const end = async (how, code) => {
    if (over) return;
    over = true;
    await worker?.terminate();  // Node tells when it is gone
    children.alive.delete(block);
    Atomics.store(words, codeAt, code);
    Atomics.store(words, goneAt, how);
    Atomics.add(words, moved >>> 2, 1);
    Atomics.notify(words, moved >>> 2);
    // Then the block may be taken away.
    Atomics.store(words, releasedAt, 1);
    Atomics.notify(words, releasedAt);
  };
  const lose = (why) => {
    err(`A child process could not be loaded: ${why}`);
    end(lost, 0);
  };
  children.alive.set(block, () => end(ended, killed));
  // Compiled once. What could not be downloaded is tried again for the next child.
  children.module ||= readAsync(locateFile('interleave-child.wasm')).then((bytes) => WebAssembly.compile(bytes));
  children.module.then((module) => {
    if (over) return;
    // Killed already, though that message is still on its way.
    if (Atomics.load(words, gateAt) === shut) return end(ended, killed);
    worker = new Worker(locateFile('interleave-child.mjs'), { type: 'module', name: 'child' });
    const hear = (what, act) => worker.on ? worker.on(what, act) : worker.addEventListener(what, act);
    hear('message', (message) => {
      const { code, failed } = message.data ?? message;
      if (failed !== undefined) err(`A child process crashed: ${failed}`);
      end(ended, failed === undefined ? code : crashed);
    });
    hear('error', () => lose('its Worker could not be started'));
    worker.postMessage({ ...order, module });
  }).catch((error) => {
    children.module = null;
    lose(error);
  });
});
EM_JS(void, interleave_child_end, (std::uint32_t block), { Module.childProcesses.alive.get(block)?.(); });
// clang-format on

namespace interleave::live {
namespace {

using rt::Pipe;

// What interleave_child_begin takes for granted.
static_assert(offsetof(ChildBlock, gone) == 0 && offsetof(ChildBlock, code) == 4 &&
              offsetof(ChildBlock, released) == 8 && offsetof(ChildBlock, gate) == 12);
static_assert(ChildBlock::has_ended == 1 && ChildBlock::was_never_loaded == 2 && ChildBlock::shut == 2);

// Workers cost a browser some megabytes each.
constexpr std::size_t most_children = 64;

struct OwnMemory {
  static std::atomic<std::uint32_t>& word(Address at) { return *reinterpret_cast<std::atomic<std::uint32_t>*>(at); }
  static std::uint32_t load(Address at) { return word(at).load(); }
  static void store(Address at, std::uint32_t value) { word(at).store(value); }
  static void put(Address at, const char* from, std::uint32_t size) {
    std::copy_n(from, size, reinterpret_cast<char*>(at));
  }
  static void get(char* into, Address at, std::uint32_t size) {
    std::copy_n(reinterpret_cast<const char*>(at), size, into);
  }
};

using Ring = RingOver<OwnMemory>;

// Has a function called by the main thread, soon.
template <class Function, class... Arguments>
void on_main_thread([[maybe_unused]] EM_FUNC_SIGNATURE signature, Function* function, Arguments... arguments) {
#ifdef __EMSCRIPTEN_PTHREADS__
  emscripten_async_run_in_main_runtime_thread(signature, function, arguments...);
#else
  function(arguments...);
#endif
}

Address address_of(const void* what) { return reinterpret_cast<Address>(what); }

void count_up(std::atomic<std::uint32_t>& word) {
  word.fetch_add(1);
  emscripten_futex_wake(&word, std::numeric_limits<int>::max());
}

// Counts what any child of one parent did. It outlives them: the main thread writes to it at their end.
using Word = std::shared_ptr<std::atomic<std::uint32_t>>;

class ChildWorker final : public ChildProcess {
 public:
  ChildWorker(std::string_view program, std::string argument, Word moved_by_children)
      : program_(program),
        argument_(std::move(argument)),
        moved_by_children_(std::move(moved_by_children)),
        last_(steady_now()) {
    block_->parent_moved = address_of(moved_by_children_.get());
    on_main_thread(EM_FUNC_SIG_VIIII, &interleave_child_begin, address_of(block_.get()), block_->parent_moved,
                   program_.c_str(), argument_.c_str());
  }
  ~ChildWorker() override {
    ChildWorker::kill();
    ChildWorker::reap();
  }

  bool listen(const std::function<void(const ChildNews&)>& hear) override {
    const bool is_gone = gone();  // before the last look at its news
    Ring news(address_of(&block_->news));
    std::array<char, sizeof(ChildNews)> bytes{};
    while (news.read(bytes.data(), bytes.size()) > 0) {
      ChildNews read;
      std::copy(bytes.begin(), bytes.end(), reinterpret_cast<char*>(&read));
      // Clocks of two Workers may differ by a little, but nothing has happened before the start.
      last_ = read.time = std::max(read.time, last_);
      hear(read);
    }
    return !is_gone;
  }

  std::optional<std::string> read(Pipe pipe) override {
    const bool is_gone = gone();  // before the last look into the pipe
    std::string bytes(rt::pipe_capacity, '\0');
    const std::uint32_t count = ring(pipe).read(bytes.data(), bytes.size());
    if (count == 0 && !is_gone) return std::nullopt;
    bytes.resize(count);
    count_up(block_->moved);
    return bytes;
  }

  std::optional<std::size_t> write(std::string_view bytes) override {
    if (gone()) return std::nullopt;
    const std::uint32_t count = ring(Pipe::in).write(bytes.data(), bytes.size());
    if (count > 0) count_up(block_->moved);
    return count;
  }

  void close_input() override {
    block_->input_closed = 1;
    count_up(block_->moved);
  }

  // A child is caught between two touches of this memory, none of which takes long: only then may its Worker be ended.
  void kill() override {
    if (gone()) return;
    std::uint32_t seen = ChildBlock::open;
    while (!block_->gate.compare_exchange_weak(seen, ChildBlock::shut)) {
      if (seen == ChildBlock::shut) return;
      seen = ChildBlock::open;
    }
    on_main_thread(EM_FUNC_SIG_VI, &interleave_child_end, address_of(block_.get()));
  }

  std::optional<int> reap() override {
    constexpr double ever = std::numeric_limits<double>::infinity();
    while (block_->released.load() == 0) emscripten_futex_wait(&block_->released, 0, ever);
    if (block_->gone.load() == ChildBlock::was_never_loaded) return std::nullopt;
    return block_->code.load();
  }

 private:
  [[nodiscard]] bool gone() const { return block_->gone.load() != ChildBlock::is_here; }
  [[nodiscard]] Ring ring(Pipe pipe) const {
    return Ring(address_of(&block_->pipes.at(static_cast<std::size_t>(pipe))));
  }

  std::string program_;
  std::string argument_;
  Word moved_by_children_;
  std::unique_ptr<ChildBlock> block_ = std::make_unique<ChildBlock>();
  Nanoseconds last_;  // the latest instant of its news
};

class Workers final : public ChildPlatform {
 public:
  std::unique_ptr<ChildProcess> start(std::string_view program, const std::string& argument,
                                      std::size_t alive) override {
    return alive < most_children ? std::make_unique<ChildWorker>(program, argument, moved_) : nullptr;
  }
  void look() override { seen_ = moved_->load(); }
  void rest(std::span<ChildProcess* const> /*alive*/, ChildProcess& /*waited_for*/, const rt::Talk& /*talk*/,
            Nanoseconds limit) override {
    emscripten_futex_wait(moved_.get(), seen_, static_cast<double>(limit) / static_cast<double>(millisecond));
  }
  void interrupt() override { count_up(*moved_); }

 private:
  Word moved_ = std::make_shared<std::atomic<std::uint32_t>>(0);
  std::uint32_t seen_ = 0;  // of the parent's thread alone
};

}  // namespace

std::unique_ptr<ChildPlatform> make_child_platform() { return std::make_unique<Workers>(); }

}  // namespace interleave::live
