// Children in Workers: each runs the same small module in a memory of its own. Workers are made and ended by the page's
// main thread, which never blocks; the threads of a run may wait.
#include <limits>
#include <optional>
#include <utility>

#include <emscripten.h>
#include <emscripten/threading.h>

#include "core/clock.h"
#include "live/child_block.h"
#include "live/children.h"

// clang-format off
// For the main thread: makes a Worker for the child whose block is at that address; `moved` is the word that counts what
// children did. Its end, by itself or by interleave_child_end, is written into the block once the Worker is gone.
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

}  // namespace

struct Child::Process {
  std::string program;
  std::string argument;
  std::shared_ptr<std::atomic<std::uint32_t>> moved_by_children;
  std::unique_ptr<ChildBlock> block = std::make_unique<ChildBlock>();
  Nanoseconds last = 0;  // the latest instant of its news
  std::array<bool, rt::pipe_count> open{true, true,
                                        true};       // of out and err: what they hold has not been read to the end
  std::optional<ChildNews> blocked;                  // what it said last, where it was that
  std::array<std::int64_t, rt::pipe_count> moved{};  // bytes, by its parent

  Process(std::string_view its_program, std::string its_argument, std::shared_ptr<std::atomic<std::uint32_t>> word)
      : program(its_program),
        argument(std::move(its_argument)),
        moved_by_children(std::move(word)),
        last(steady_now()) {
    block->parent_moved = address_of(moved_by_children.get());
    on_main_thread(EM_FUNC_SIG_VIIII, &interleave_child_begin, address_of(block.get()), block->parent_moved,
                   program.c_str(), argument.c_str());
  }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process() {
    kill();
    reap();
  }
  [[nodiscard]] bool gone() const { return block->gone.load() != ChildBlock::is_here; }
  [[nodiscard]] bool was_loaded() const { return block->gone.load() != ChildBlock::was_never_loaded; }
  // A child is caught between two touches of this memory, none of which takes long: only then may its Worker be ended.
  void kill() {
    if (gone()) return;
    std::uint32_t seen = ChildBlock::open;
    while (!block->gate.compare_exchange_weak(seen, ChildBlock::shut)) {
      if (seen == ChildBlock::shut) return;
      seen = ChildBlock::open;
    }
    on_main_thread(EM_FUNC_SIG_VI, &interleave_child_end, address_of(block.get()));
  }
  void reap() {
    constexpr double ever = std::numeric_limits<double>::infinity();
    while (block->released.load() == 0) emscripten_futex_wait(&block->released, 0, ever);
  }
  [[nodiscard]] Ring ring(Pipe pipe) { return Ring(address_of(&block->pipes.at(static_cast<std::size_t>(pipe)))); }
  [[nodiscard]] bool& is_open(Pipe pipe) { return open.at(static_cast<std::size_t>(pipe)); }
  [[nodiscard]] std::int64_t& moved_in(Pipe pipe) { return moved.at(static_cast<std::size_t>(pipe)); }
  // Whether it waits for what its parent alone could do, and will not do by these wishes.
  [[nodiscard]] bool is_stuck(const rt::Talk& talk) {
    const bool killed = block->gate.load() == ChildBlock::shut;
    if (killed || !blocked || blocked->value != moved_in(blocked->pipe)) return false;
    switch (blocked->pipe) {
      case Pipe::in: return is_open(Pipe::in) && talk.input.empty() && !talk.close;
      case Pipe::out: return !talk.out;
      case Pipe::err: return !talk.err;
    }
    return false;
  }
};

struct Children::Inside {
  std::shared_ptr<std::atomic<std::uint32_t>> moved = std::make_shared<std::atomic<std::uint32_t>>(0);
  std::atomic<bool> interrupted{false};

  // Reads what a child has told about itself; false once it has ended.
  static bool listen(Child& child, const Told& told) {
    Child::Process& process = *child.process_;
    const bool gone = process.gone();  // before the last look at its news
    Ring news(address_of(&process.block->news));
    std::array<char, sizeof(ChildNews)> bytes{};
    while (news.read(bytes.data(), bytes.size()) > 0) {
      ChildNews read;
      std::copy(bytes.begin(), bytes.end(), reinterpret_cast<char*>(&read));
      // Clocks of two Workers may differ by a little, but nothing has happened before the start.
      process.last = read.time = std::max(read.time, process.last);
      process.blocked.reset();
      if (read.what == ChildNews::What::blocked) process.blocked = read;
      told.news(child, read);
    }
    return !gone;
  }

  static void reap(Child& child, const Told& told) {
    child.process_->blocked.reset();
    child.process_->reap();
    child.over_ = true;
    told.ended(child, child.process_->block->code.load());
  }

  bool wait(std::vector<Child*>& alive, Child& child, const rt::Talk& talk, Nanoseconds until, const Told& told,
            rt::Heard& heard);
  // Hears everybody; throws where a child has never been one.
  static void hear_all(std::vector<Child*>& alive, const Told& told);
  // Does what can be done without waiting; false where that is nothing.
  static bool act(Child& child, const rt::Talk& talk, const Told& told, rt::Heard& heard);
  static bool read(Child& child, Pipe pipe, std::string& into, bool& ended, const Told& told);
  static bool write(Child& child, const rt::Talk& talk, const Told& told, rt::Heard& heard);
};

bool Children::Inside::read(Child& child, Pipe pipe, std::string& into, bool& ended, const Told& told) {
  Child::Process& process = *child.process_;
  const bool gone = process.gone();  // before the last look into the pipe
  std::string bytes(process.is_open(pipe) ? rt::pipe_capacity : 0, '\0');
  const std::uint32_t count = process.ring(pipe).read(bytes.data(), bytes.size());
  if (count == 0 && process.is_open(pipe) && !gone) return false;
  bytes.resize(count);
  process.moved_in(pipe) += count;
  ended = count == 0;
  if (ended) process.is_open(pipe) = false;
  count_up(process.block->moved);
  into = std::move(bytes);
  told.own(child, pipe, trace::Kind::pipe_read, count);
  return true;
}

bool Children::Inside::write(Child& child, const rt::Talk& talk, const Told& told, rt::Heard& heard) {
  Child::Process& process = *child.process_;
  bool& is_open = process.is_open(Pipe::in);
  bool acted = false;
  if (!talk.input.empty() && is_open) {
    const std::uint32_t count = process.gone() ? 0 : process.ring(Pipe::in).write(talk.input.data(), talk.input.size());
    if (count > 0) {
      heard.written = count;
      process.moved_in(Pipe::in) += count;
      count_up(process.block->moved);
      told.own(child, Pipe::in, trace::Kind::pipe_write, count);
      acted = true;
    } else if (process.gone()) {
      is_open = false;
    }
  }
  if (is_open && talk.close && heard.written == talk.input.size()) {
    is_open = false;
    process.block->input_closed = 1;
    count_up(process.block->moved);
    told.own(child, Pipe::in, trace::Kind::pipe_close, 0);
  }
  heard.closed = !is_open;
  return acted || (heard.closed && (talk.close || !talk.input.empty()));
}

bool Children::Inside::act(Child& child, const rt::Talk& talk, const Told& told, rt::Heard& heard) {
  bool acted = write(child, talk, told, heard);
  if (talk.out) acted = read(child, Pipe::out, heard.out, heard.out_ended, told) || acted;
  if (talk.err) acted = read(child, Pipe::err, heard.err, heard.err_ended, told) || acted;
  if (talk.end && child.over_) heard.code = child.process_->block->code.load();
  return acted || heard.code.has_value();
}

void Children::Inside::hear_all(std::vector<Child*>& alive, const Told& told) {
  for (std::size_t at = alive.size(); at-- > 0;) {
    Child& child = *alive[at];
    if (listen(child, told)) continue;
    reap(child, told);
    alive.erase(alive.begin() + static_cast<std::ptrdiff_t>(at));
    if (!child.process_->was_loaded()) throw rt::LimitReached{0, rt::Scarce::processes};
  }
}

bool Children::Inside::wait(std::vector<Child*>& alive, Child& child, const rt::Talk& talk, Nanoseconds until,
                            const Told& told, rt::Heard& heard) {
  while (true) {
    const std::uint32_t seen = moved->load();
    hear_all(alive, told);
    if (interrupted) return false;
    if (act(child, talk, told, heard)) return true;
    const Nanoseconds left = until == rt::no_limit ? second : until - steady_now();
    if (left <= 0) return heard.timed_out = true;
    for (Child* other : alive) {
      const bool stuck = other->process_->is_stuck(other == &child ? talk : rt::Talk{});
      told.blocked(*other, stuck ? &*other->process_->blocked : nullptr);
    }
    emscripten_futex_wait(moved.get(), seen, static_cast<double>(left) / static_cast<double>(millisecond));
  }
}

Children::Children() : inside_(std::make_unique<Inside>()) {}
Children::~Children() = default;

void Children::start(Child& child, std::string_view program, const std::string& argument) {
  if (alive_.size() >= most_children) {
    throw rt::LimitReached{static_cast<std::int64_t>(alive_.size()), rt::Scarce::processes};
  }
  child.process_ = std::make_shared<Child::Process>(program, argument, inside_->moved);
  alive_.push_back(&child);
}

// Nobody counts as blocked while the parent does something else: it may well be about to free them.
bool Children::talk(Child& child, const rt::Talk& talk, Nanoseconds until, const Told& told, rt::Heard& heard) {
  const bool done = inside_->wait(alive_, child, talk, until, told, heard);
  for (Child* other : alive_) told.blocked(*other, nullptr);
  return done;
}

void Children::kill(Child& child) { child.process_->kill(); }

void Children::end_all(const Told& told) {
  for (Child* child : alive_) kill(*child);
  for (Child* child : alive_) Inside::reap(*child, told);
  alive_.clear();
}

void Children::interrupt() {
  inside_->interrupted = true;
  count_up(*inside_->moved);
}

}  // namespace interleave::live
