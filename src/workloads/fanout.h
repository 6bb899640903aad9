// Fan-out: the Game of Life, where each cell of a generation is a small task of its own.
// Shows what carries small tasks: one thread, a thread each, a queue with workers, a pool, tasks of an event loop.
// Leaves out what would be done in earnest: larger tasks, such as a row of cells, and cells that need no look.
#pragma once

#include <array>
#include <vector>

#include "rt/interpreter.h"
#include "rt/queue.h"
#include "rt/workload.h"
#include "workloads/busy.h"
#include "workloads/life.h"

namespace interleave::workloads {

struct Fanout {
  static constexpr std::string_view id = "fanout";
  static constexpr Text title{"Fan-out", "일 나누기"};
  static constexpr Text summary{"The Game of Life: many small tasks, and who does them.",
                                "생명 게임. 작은 일이 아주 많을 때 누가 하는가."};
  static constexpr Text try_next{"Give each cell a thread of its own. How many threads will that take?",
                                 "칸마다 스레드를 하나씩 주면 스레드가 몇 개나 들까? 먼저 맞혀 보자."};
  static constexpr Group group = Group::structure;
  static constexpr std::string_view policy = "round-robin";  // it is about time

  enum class Mode : std::uint8_t { serial, threads, queue, pool, tasks };
  static constexpr std::array modes{
      Option{"serial",
             {"one after the other", "차례로"},
             {"The main thread computes every cell.", "메인 스레드가 모든 칸을 계산한다."}},
      Option{"threads",
             {"a thread for each cell", "칸마다 스레드"},
             {"Every cell of every generation starts a thread, which ends when the cell is done.",
              "세대마다 칸마다 스레드를 만든다. 칸 하나를 끝내면 스레드도 끝난다."}},
      Option{"queue",
             {"queue and workers", "큐와 일꾼"},
             {"A fixed number of threads take the cells from a queue, one by one. New work can come at any time.",
              "정해진 수의 스레드가 큐에서 칸을 하나씩 꺼낸다. 일은 언제든 더 들어올 수 있다."}},
      Option{"pool",
             {"pool", "풀"},
             {"As an executor's map does: the cells are numbered, and each worker takes the next few by one atomic "
              "addition. No lock for each cell, but all the work must be known beforehand.",
              "executor.map처럼 칸에 번호를 매기고, 일꾼이 원자적 더하기 한 번으로 다음 몇 칸을 가져간다. 칸마다 락을 "
              "잡지 않지만, 할 일을 미리 다 알아야 한다."}},
      Option{"tasks",
             {"coroutines", "코루틴"},
             {"Each cell is a task of one event loop, which waits for all of them.",
              "칸마다 태스크 하나. 이벤트 루프 하나가 모두를 기다린다."}},
  };

  enum class Pattern : std::uint8_t { glider, blinker, soup };
  static constexpr std::array patterns{
      Option{"glider", {"glider", "글라이더"}, {"Five cells that wander diagonally.", "비스듬히 나아가는 다섯 칸."}},
      Option{"blinker", {"blinker", "깜빡이"}, {"Three cells that turn and turn.", "가로세로로 번갈아 서는 세 칸."}},
      Option{"soup",
             {"random soup", "무작위"},
             {"A third of the cells live, by the run's seed.", "시드에 따라 셋 중 하나꼴로 살아 있다."}},
  };

  struct Params {
    Mode mode = Mode::queue;
    int workers = 8;
    int width = 16;
    int height = 12;
    int generations = 5;
    Nanoseconds wait = 2 * millisecond;
    Nanoseconds work = 0;
    int chunk = 4;
    Pattern pattern = Pattern::soup;
    rt::Interpreter interpreter = rt::Interpreter::cpython310;
    Nanoseconds switch_interval = 5 * millisecond;

    template <class Visit>
    static void declare(Visit&& visit) {
      visit(primary(choice("mode", {"Compute them", "실행 방식"}, {"Who computes the cells.", "누가 칸을 계산하는가."},
                           modes, {2, 2, 2})),
            &Params::mode);
      visit(
          needs(primary(integer("workers", {"Workers", "일꾼"},
                                {"How many threads there are for the queue or the pool.", "큐나 풀에 둘 스레드의 수."},
                                1, 16, {8, 4, 2})),
                "mode", {Mode::queue, Mode::pool},
                {"Only the queue and the pool have workers.", "일꾼은 큐와 풀에만 있다."}),
          &Params::workers);
      visit(primary(integer("width", {"Grid width", "격자 너비"},
                            {"The edges meet: what leaves on one side comes back on the other.",
                             "가장자리는 맞닿아 있다. 한쪽으로 나가면 반대쪽으로 들어온다."},
                            1, 48, {16, 8, 2})),
            &Params::width);
      visit(primary(integer(
                "height", {"Grid height", "격자 높이"},
                {"Every cell of the grid is a task in each generation.", "격자의 칸 하나하나가 세대마다 일 하나다."}, 1,
                32, {12, 6, 1})),
            &Params::height);
      visit(integer("generations", {"Generations", "세대"},
                    {"Each begins when every cell of the one before is done.", "앞 세대의 모든 칸이 끝나야 시작한다."},
                    1, 20, {5, 3, 1}),
            &Params::generations);
      visit(duration("wait", {"A cell waits", "칸마다 기다림"},
                     {"How long each cell waits for an answer from outside.", "칸 하나가 바깥의 답을 기다리는 시간."},
                     0, 100 * millisecond, {2 * millisecond, 2 * millisecond, 0}),
            &Params::wait);
      visit(duration("work", {"A cell computes", "칸마다 계산"},
                     {"How long each cell keeps a processor busy.", "칸 하나가 CPU를 쓰는 시간."}, 0, 10 * millisecond,
                     {0, 0, 0}),
            &Params::work);
      visit(needs(integer("chunk", {"Cells at a time", "한 번에 칸"},
                          {"How many cells a worker of the pool takes at once: map's chunksize.",
                           "풀의 일꾼이 한 번에 가져가는 칸의 수. map의 chunksize와 같다."},
                          1, 64, {4, 4, 1}),
                  "mode", {Mode::pool},
                  {"Only the pool hands out several cells at a time.", "한 번에 여러 칸을 나눠 주는 것은 풀뿐이다."}),
            &Params::chunk);
      visit(choice("pattern", {"Pattern", "무늬"}, {"Which cells live to begin with.", "처음에 살아 있는 칸."},
                   patterns, {2, 0, 1}),
            &Params::pattern);
      visit(rt::interpreter_param(rt::Interpreter::cpython310), &Params::interpreter);
      visit(needs(rt::switch_interval_param(), "mode", {Mode::threads, Mode::queue, Mode::pool}, rt::one_thread_only),
            &Params::switch_interval);
    }

    [[nodiscard]] int cells() const { return width * height; }
  };

  static std::vector<Preset> presets();

  // What the run's first gauge tells, for the stage: a cell's number, counted through all generations, and what became
  // of it.
  enum class Note : std::uint8_t { begun, dead, alive };
  static constexpr std::int64_t note_of(int item, Note what) { return item * std::int64_t{4} + static_cast<int>(what); }

  template <rt::Runtime R>
  struct State {
    // Two grids in turn. Each cell is written by whoever computes it, and read after the fan-in: by then the writer was
    // joined, or has been to the queue or the pool's lock.
    std::array<LifeGrid, 2> grids;
    LifeGrid first;
    std::vector<ThreadId> who;  // computed each cell of each generation
    typename R::Gauge told;     // see Note
    rt::Queue<R, int> queue;
    // The pool's: which generation may be computed, and how many workers have not come back from it, both guarded by
    // the lock; and the first cell that nobody has taken.
    typename R::Lock lock;
    typename R::Condition go;
    typename R::Condition back;
    typename R::Var next;
    int released = 0;
    int working = 0;
    // The main body's.
    int made = 0;
    int alive = 0;
    int most_alive = 0;
    Nanoseconds elapsed = 0;

    State(R& rt, const Params& params)
        : who(static_cast<std::size_t>(params.cells() * params.generations), ThreadId::none()),
          told(rt, {{"cell", "칸"}}, 0),
          queue(rt, {{"the queue", "큐"}}, 0),
          lock(rt, {{"the pool", "풀"}}, rt::LockKind::mutex),
          go(rt, {{"a generation", "다음 세대"}}, lock),
          back(rt, {{"the workers", "일꾼들"}}, lock),
          next(rt, {{"the next cell", "다음 칸"}}, 0) {}
  };

  // source: begin
  // The cell with this number of all generations. `done` is how many its carrier has computed then.
  template <rt::Runtime R>
  static rt::Task<> cell(R& rt, State<R>& state, Params params, int item, int done) {
    rt.tell(state.told, note_of(item, Note::begun));
    if (params.wait > 0) co_await rt.io(rt::IoCall::select, params.wait, rt::GilDuringIo::released);  // @wait
    if (params.work > 0) {
      co_await rt.compute(params.work, 1, rt::Safepoint::back_edge,  // @compute
                          [](std::int64_t begin, std::int64_t end) { busy(begin / busy_unit, end / busy_unit); });
    }
    const auto generation = static_cast<std::size_t>(item / params.cells());
    const int at = item % params.cells();
    const bool lives = life_next(state.grids[generation % 2], at);
    state.grids[(generation + 1) % 2].cells[static_cast<std::size_t>(at)] = lives ? 1 : 0;
    state.who[static_cast<std::size_t>(item)] = rt.self();
    rt.tell(state.told, note_of(item, lives ? Note::alive : Note::dead));
    co_await rt.safepoint(rt::Safepoint::back_edge, done);  // @done
  }
  // source: end

  // ---- the workers -------------------------------------------------------------------------------------------------
  // source: begin mode=queue
  template <rt::Runtime R>
  static rt::Task<> serve_queue(R& rt, State<R>& state, Params params) {
    for (int done = 1;; ++done) {
      const std::optional<int> item = co_await state.queue.get(rt);  // @get
      if (!item) break;
      co_await cell(rt, state, params, *item, done);
      co_await state.queue.task_done(rt);  // @task_done
    }
  }
  // source: end

  // source: begin mode=pool
  template <rt::Runtime R>
  static rt::Task<> serve_pool(R& rt, State<R>& state, Params params) {
    int done = 0;
    for (int generation = 0; generation < params.generations; ++generation) {
      {
        auto held = co_await rt.acquire(state.lock);                      // @lock
        while (state.released <= generation) co_await rt.wait(state.go);  // @wait_go
      }
      for (int first = 0;;) {
        first = co_await rt.fetch_add(state.next, params.chunk);  // @take
        if (first >= params.cells()) break;
        const int end = std::min(first + params.chunk, params.cells());
        for (int at = first; at < end; ++at) {
          co_await cell(rt, state, params, generation * params.cells() + at, ++done);
        }
      }
      auto held = co_await rt.acquire(state.lock);                   // @lock_back
      if (--state.working == 0) co_await rt.notify_one(state.back);  // @back
    }
  }
  // source: end

  // ---- the main body -----------------------------------------------------------------------------------------------
  template <rt::Runtime R>
  static void count_spawned(State<R>& state) {
    ++state.made;
    state.most_alive = std::max(state.most_alive, ++state.alive);
  }

  // source: begin mode=threads,queue,pool,tasks
  template <rt::Runtime R>
  static rt::Task<> join_all(R& rt, State<R>& state, std::vector<rt::Participant>& started) {
    for (const rt::Participant one : started) co_await rt.join(one);  // @join
    state.alive -= static_cast<int>(started.size());
    started.clear();
  }
  // source: end

  // source: begin mode=threads,tasks
  // Fans each generation out to participants of its own, and in by joining them.
  template <rt::Runtime R>
  static rt::Task<> one_for_each(R& rt, State<R>& state, const Params& params) {
    const bool tasks = params.mode == Mode::tasks;
    std::vector<rt::Participant> started;
    for (int item = 0; item < params.cells() * params.generations; ++item) {
      const rt::Name name{tasks ? Text{"task", "태스크"} : Text{"thread", "스레드"}, item + 1};
      const rt::SpawnOptions options{name, tasks ? rt::Vehicle::task : rt::Vehicle::thread};  // @start
      started.push_back(co_await rt.spawn(
          options, [](R& own, State<R>& shared, Params p, int number) { return cell(own, shared, p, number, 1); },
          state, params, item));
      count_spawned(state);
      if ((item + 1) % params.cells() == 0) co_await join_all(rt, state, started);
    }
  }
  // source: end

  // source: begin mode=queue
  template <rt::Runtime R>
  static rt::Task<> feed_queue(R& rt, State<R>& state, const Params& params) {
    for (int item = 0; item < params.cells() * params.generations; ++item) {
      co_await state.queue.put(rt, item);                                   // @put
      if ((item + 1) % params.cells() == 0) co_await state.queue.join(rt);  // @join_queue
    }
    co_await state.queue.shutdown(rt);  // @shutdown
  }
  // source: end

  // source: begin mode=pool
  template <rt::Runtime R>
  static rt::Task<> lead_pool(R& rt, State<R>& state, const Params& params) {
    for (int generation = 0; generation < params.generations; ++generation) {
      auto held = co_await rt.acquire(state.lock);  // @lead
      co_await rt.store(state.next, 0);             // @rewind
      state.working = params.workers;
      state.released = generation + 1;
      co_await rt.notify_all(state.go);                        // @go
      while (state.working > 0) co_await rt.wait(state.back);  // @wait_back
    }
  }
  // source: end

  // source: begin mode=queue,pool
  template <rt::Runtime R>
  static rt::Task<> with_workers(R& rt, State<R>& state, const Params& params) {
    std::vector<rt::Participant> workers;
    for (int number = 1; number <= params.workers; ++number) {
      const rt::SpawnOptions options{{{"worker", "일꾼"}, number}, rt::Vehicle::thread};  // @start_worker
      workers.push_back(co_await rt.spawn(
          options,
          [](R& own, State<R>& shared, Params p) {
            return p.mode == Mode::queue ? serve_queue(own, shared, p) : serve_pool(own, shared, p);
          },
          state, params));
      count_spawned(state);
    }
    if (params.mode == Mode::queue) {
      co_await feed_queue(rt, state, params);
    } else {
      co_await lead_pool(rt, state, params);
    }
    co_await join_all(rt, state, workers);
  }
  // source: end

  // source: begin
  template <rt::Runtime R>
  static rt::Task<> main(R& rt, State<R>& state, const Params& params) {
    state.first = start_of(params, [&rt](std::uint32_t bound) { return rt.random(bound); });
    state.grids = {state.first, state.first};
    const Nanoseconds began = rt.clock();
    switch (params.mode) {
      case Mode::serial:
        for (int item = 0; item < params.cells() * params.generations; ++item) {
          co_await cell(rt, state, params, item, item + 1);
        }
        break;
      case Mode::threads:
      case Mode::tasks: co_await one_for_each(rt, state, params); break;
      case Mode::queue:
      case Mode::pool: co_await with_workers(rt, state, params); break;
    }
    state.elapsed = rt.clock() - began;
  }
  // source: end

  static LifeGrid start_of(const Params& params, const std::function<std::uint32_t(std::uint32_t)>& below);

  static rt::Vehicle vehicle(const Params& params) {
    return params.mode == Mode::tasks ? rt::Vehicle::task : rt::Vehicle::thread;
  }
  static rt::Interpreting interpreter(const Params& params) { return {params.interpreter, params.switch_interval}; }
  static std::int64_t work(const Params& params) {
    return static_cast<std::int64_t>(params.cells()) * params.generations;
  }

  struct Facts {
    LifeGrid first;
    LifeGrid last;
    std::vector<ThreadId> who;  // by generation, then by cell; none where nobody has computed it
    std::int64_t made = 0;      // threads or tasks, the main body not counted
    std::int64_t most_alive = 0;
    Nanoseconds elapsed = 0;
  };
  template <rt::Runtime R>
  static Facts observe(State<R>& state) {
    // The grid that was written last: which of the two it is depends on how many generations there were.
    const std::size_t cells = state.first.cells.size();
    const std::size_t generations = cells == 0 ? 0 : state.who.size() / cells;
    return {state.first, state.grids[generations % 2], state.who, state.made, state.most_alive, state.elapsed};
  }
  static bool fine(const Params& params, const Facts& facts);
  static std::int64_t figure(const Facts& facts) { return facts.last.living(); }
  static Outcome judge(const Params& params, const Facts& facts, const rt::RunFacts& run);
};

}  // namespace interleave::workloads
