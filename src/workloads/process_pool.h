// A pool of processes: tasks are encoded, sent through a pipe and computed there; results come back the same way.
// Shows when that pays against threads, which have nothing to send, and against doing all in turn.
// Leaves out workers that end and are replaced, and shared memory in place of sending.
#pragma once

#include <algorithm>
#include <array>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include "rt/communicate.h"
#include "rt/interpreter.h"
#include "rt/workload.h"
#include "workloads/message.h"

namespace interleave::workloads {

struct ProcessPool {
  static constexpr std::string_view id = "process_pool";
  static constexpr Text title{"Process pool", "프로세스 풀"};
  static constexpr Text summary{"Work in other processes, and what it costs to send it there.",
                                "다른 프로세스에 맡긴 일. 그리고 그 일을 보내는 값."};
  static constexpr Text try_next{"Send 100,000 bytes with each task. Do processes still pay?",
                                 "작업마다 100,000바이트를 보내 보자. 그래도 프로세스가 이득일까?"};
  static constexpr Group group = Group::processes;
  static constexpr std::string_view policy = "round-robin";  // it is about time

  enum class Mode : std::uint8_t { serial, threads, processes };
  static constexpr std::array modes{
      Option{"serial",
             {"one after the other", "차례로"},
             {"The main thread does every task.", "메인 스레드가 모든 작업을 한다."}},
      Option{"threads",
             {"threads", "스레드"},
             {"Workers are threads: nothing has to be sent.", "일꾼이 스레드라서 보낼 것이 없다."}},
      Option{"processes",
             {"processes", "프로세스"},
             {"Workers are processes, each with an interpreter of its own.",
              "일꾼이 프로세스다. 저마다 인터프리터를 따로 가진다."}},
  };

  // A page's memory is fixed: six workers with the largest payloads need some 25 MiB of it.
  static constexpr int largest_chunk = 8;

  struct Params {
    Mode mode = Mode::processes;
    int tasks = 32;
    int workers = 2;
    int chunk = 1;
    int units = 1'000'000;
    int sent = 100;
    int returned = 100;
    rt::Interpreter interpreter = rt::Interpreter::cpython310;
    Nanoseconds switch_interval = 5 * millisecond;

    template <class Visit>
    static void declare(Visit&& visit) {
      visit(primary(choice("mode", {"Workers are", "일꾼"}, {"Who does the tasks.", "누가 작업을 하는가."}, modes,
                           {2, 2, 2})),
            &Params::mode);
      visit(primary(rt::interpreter_param(rt::Interpreter::cpython310)), &Params::interpreter);
      visit(
          integer("tasks", {"Tasks", "작업 수"}, {"How many there are to do.", "모두 몇 개인가."}, 1, 256, {32, 32, 2}),
          &Params::tasks);
      const auto of_workers = [](ParamSpec spec) {
        return needs(std::move(spec), "mode", {Mode::threads, Mode::processes},
                     {"In turn everything is done by the main thread.", "차례로 하면 메인 스레드가 모두 한다."});
      };
      const auto of_processes = [](ParamSpec spec) {
        return needs(std::move(spec), "mode", {Mode::processes},
                     {"Only processes are sent anything: threads share their memory.",
                      "무언가를 주고받는 것은 프로세스뿐이다. 스레드는 메모리를 함께 쓴다."});
      };
      visit(
          of_workers(primary(integer("workers", {"Workers", "일꾼 수"},
                                     {"How many threads or processes.", "스레드나 프로세스의 수."}, 1, 6, {2, 2, 2}))),
          &Params::workers);
      visit(of_workers(primary(integer("chunk", {"Chunk", "묶음"},
                                       {"How many tasks are sent in one message.", "메시지 하나에 담는 작업 수."}, 1,
                                       largest_chunk, {1, 1, 1}))),
            &Params::chunk);
      visit(integer("units", {"Work", "작업의 크기"}, {"Divisions in each task.", "작업마다 하는 나눗셈 수."}, 0,
                    20'000'000, {10'000'000, 1'000'000, 4}),
            &Params::units);
      visit(of_processes(
                primary(integer("sent", {"Sent", "보내는 양"},
                                {"Bytes that go to a process with each task.", "작업마다 프로세스로 가는 바이트 수."},
                                0, 100'000, {100, 100, 0}))),
            &Params::sent);
      visit(of_processes(integer("returned", {"Returned", "돌아오는 양"},
                                 {"Bytes that come back with each result.", "결과마다 돌아오는 바이트 수."}, 0, 100'000,
                                 {100, 100, 0})),
            &Params::returned);
      visit(needs(rt::switch_interval_param(), "mode", {Mode::threads, Mode::processes}, rt::one_thread_only),
            &Params::switch_interval);
    }
  };

  static std::vector<Preset> presets();

  // What encoding or decoding a byte takes in virtual time: an order of magnitude, of a copy with a checksum. What
  // moving it takes is the pipes' own (see sim/children.cpp); what a unit of work takes is as in `factorize`.
  static constexpr Nanoseconds coding_a_byte = 1;
  static Nanoseconds unit_cost(const Params& params);

  // Of 1 to `units`, how many does the task's own divisor divide? Between begin + 1 and end.
  static std::int64_t divided_between(std::int64_t task, std::int64_t begin, std::int64_t end);
  static std::int64_t divided(std::int64_t task, std::int64_t units) { return units / divisor(task); }
  static std::int64_t divisor(std::int64_t task) { return task % 13 + 2; }

  // What a program is told when it starts, as its argument.
  struct Orders {
    std::int64_t units = 0;
    Nanoseconds unit_cost = 0;
    std::int64_t returned = 0;  // bytes with each result
    std::int64_t chunk = 1;     // tasks in a message, at most
  };
  static std::string written(const Orders& orders);
  static Orders orders_in(const std::string& argument);
  static int chunk_of(const Params& params) { return std::min(params.chunk, params.tasks); }
  static Orders orders(const Params& params) {
    return {params.units, unit_cost(params), params.returned, chunk_of(params)};
  }

  // Encoding is really done, at once, and its virtual time is charged beside it.
  template <class R>
  static auto charge(R& rt, std::size_t bytes, rt::Site site = rt::Site::current()) {
    return rt.compute(
        static_cast<std::int64_t>(bytes), coding_a_byte, rt::Safepoint::bytecode, [](std::int64_t, std::int64_t) {},
        site);
  }
  // Live really divides; the simulator knows what comes of it.
  struct Dividing {
    std::int64_t task = 0;
    std::int64_t operator()(std::int64_t begin, std::int64_t end) const { return divided_between(task, begin, end); }
    [[nodiscard]] std::int64_t foretell(std::int64_t units) const { return divided(task, units); }
  };
  template <class R>
  static auto work_on(R& rt, std::int64_t task, const Orders& orders, rt::Site site = rt::Site::current()) {
    return rt.compute(orders.units, orders.unit_cost, rt::Safepoint::back_edge, Dividing{task}, site);
  }

  // source: begin mode=processes
  // Says that it is there with an empty message. Then it reads messages of tasks until its stdin ends, and answers each
  // with one of results.
  struct Program {
    static constexpr std::string_view id = "process_pool";
    template <rt::ProgramSide R>
    static rt::Task<int> run(R& rt, typename R::Child& self, std::string argument) {
      const Orders orders = orders_in(argument);
      const std::string results = message::payload(orders.returned * orders.chunk);
      const std::string greeting = message::encode(message::Message{});
      bool heard_by_parent = co_await rt::write_all(rt, self, rt::Pipe::out, greeting);  // @greet
      std::string heard;
      while (heard_by_parent) {
        while (!message::whole(heard)) {
          const std::string bytes = co_await rt.read(self);  // @read
          if (bytes.empty()) co_return heard.empty() ? 0 : 1;
          heard += bytes;
        }
        const Nanoseconds began = rt.clock();
        const auto asked = message::decode(heard);
        co_await charge(rt, heard.size());  // @decode_there
        if (!asked) co_return 2;
        const Nanoseconds decoded = rt.clock();
        message::Message answer;
        for (const std::int64_t task : asked->numbers) {
          const std::int64_t found = co_await work_on(rt, task, orders);  // @compute_there
          answer.numbers.push_back(found);
        }
        const Nanoseconds computed = rt.clock();
        answer.payload =
            std::string_view(results).substr(0, static_cast<std::size_t>(orders.returned) * asked->numbers.size());
        std::string encoded = message::encode(answer);
        co_await charge(rt, encoded.size());  // @encode_there
        message::stamp(encoded, {.coding = rt.clock() - computed + decoded - began, .computing = computed - decoded});
        heard_by_parent = co_await rt::write_all(rt, self, rt::Pipe::out, std::move(encoded));  // @answer
        heard.clear();
      }
      co_return 3;
    }
  };
  // source: end

  // What each gauge of a run tells, in the order in which State makes them.
  enum class Told : std::uint8_t { tasks, phases, coding, computing };
  static constexpr std::size_t gauges = 4;
  // What a worker is about, as the gauge of phases tells it.
  enum class Phase : std::uint8_t { idle, starts, encodes, away, decodes, computes };
  // What the gauge of tasks tells: the task's number times two, and one more when it is done.
  static std::int64_t note(int task, bool done) { return std::int64_t{task} * 2 + (done ? 1 : 0); }
  struct Noted {
    std::size_t task = 0;
    bool done = false;
  };
  static Noted noted(std::int64_t note) { return {static_cast<std::size_t>(note / 2), note % 2 == 1}; }

  // What a worker did, written by itself alone. Its process tells its own share of coding and computing. The rest of
  // the time that a chunk was away was spent in moving: in pipes, in being woken, in waiting for a core or the parent's
  // GIL.
  struct Split {
    Nanoseconds starting = 0;  // its process, until that said that it is there
    Nanoseconds coding = 0;
    Nanoseconds moving = 0;
    Nanoseconds computing = 0;  // from the beginning of a task to its end: also where it waited for the GIL or a core
    Nanoseconds fastest = -1;   // task; -1: none
    Nanoseconds coding_there = 0;  // of coding, in its process
    std::int64_t bytes = 0;
    std::int64_t messages = 0;
    std::int64_t tasks = 0;
    bool broken = false;  // its process ended before it was told to, or said what nobody understands

    void computed(Nanoseconds time, std::int64_t count) {
      computing += time;
      tasks += count;
      fastest = fastest < 0 ? time / count : std::min(fastest, time / count);
    }
  };

  template <rt::HasChildren R>
  struct State {
    typename R::Lock lock;
    typename R::Var next;
    // In the order of Told. The last two are of the process, in all so far.
    typename R::Gauge told_tasks;
    typename R::Gauge told_phases;
    typename R::Gauge told_coding;
    typename R::Gauge told_computing;
    std::vector<std::unique_ptr<typename R::Child>> children;
    std::vector<std::int64_t> found;  // of each task; -1: not done. Written only by whoever does it
    std::vector<Split> splits;
    std::string payload;  // of a whole chunk, or of its results
    Nanoseconds alone = -1;
    Nanoseconds began = 0;
    Nanoseconds ended = 0;

    State(R& rt, const Params& params)
        : lock(rt, {{"lock of the work list", "작업 목록의 락"}}, rt::LockKind::mutex),
          next(rt, {{"next task", "다음 작업"}}, 0),
          told_tasks(rt, {{"task", "작업"}}, 0),
          told_phases(rt, {{"what a worker is about", "일꾼이 하는 일"}}, 0),
          told_coding(rt, {{"coding in a process", "프로세스 안의 인코딩"}}, 0),
          told_computing(rt, {{"computing in a process", "프로세스 안의 계산"}}, 0),
          found(static_cast<std::size_t>(params.tasks), -1),
          splits(static_cast<std::size_t>(params.workers)) {
      if (params.mode != Mode::processes) return;
      payload = message::payload(std::int64_t{std::max(params.sent, params.returned)} * chunk_of(params));
      for (int number = 1; number <= params.workers; ++number) {
        children.push_back(std::make_unique<typename R::Child>(rt, number));
      }
    }
    [[nodiscard]] std::string_view payload_of(int each, int count) const {
      return std::string_view(payload).substr(0, static_cast<std::size_t>(each) * static_cast<std::size_t>(count));
    }
    Nanoseconds tell(R& rt, Phase phase) { return rt.tell(told_phases, static_cast<std::int64_t>(phase)); }
  };

  // source: begin mode=serial,threads
  // A task done by a thread of the parent's.
  template <rt::HasChildren R>
  static rt::Task<> here(R& rt, State<R>& state, const Params& params, int task, Split& split) {
    rt.tell(state.told_tasks, note(task, false));
    const Nanoseconds began = state.tell(rt, Phase::computes);
    const std::int64_t found = co_await work_on(rt, task, orders(params));  // @compute
    state.found[static_cast<std::size_t>(task)] = found;
    split.computed(state.tell(rt, Phase::idle) - began, 1);
    rt.tell(state.told_tasks, note(task, true));
  }
  // source: end

  // Sends a message and hears a whole one; "" where the process ended before that.
  template <rt::HasChildren R>
  static rt::Task<std::string> exchange(R& rt, typename R::Child& child, std::string_view message,
                                        rt::Site site = rt::Site::current()) {
    std::string reply;
    rt::Talk talk{.input = message, .out = true};
    while (!message::whole(reply)) {
      const rt::Heard heard = co_await rt.talk(child, talk, site);
      talk.input.remove_prefix(heard.written);
      reply += heard.out;
      if (heard.out_ended) co_return std::string();
    }
    co_return reply;
  }

  // source: begin mode=processes
  // A chunk sent to the worker's process, and its results heard.
  template <rt::HasChildren R>
  static rt::Task<> there(R& rt, State<R>& state, const Params& params, std::size_t worker, int first, int count) {
    Split& split = state.splits[worker];
    message::Message chunk;
    chunk.numbers.resize(static_cast<std::size_t>(count));
    std::iota(chunk.numbers.begin(), chunk.numbers.end(), first);
    for (int task = first; task < first + count; ++task) rt.tell(state.told_tasks, note(task, false));
    const Nanoseconds began = state.tell(rt, Phase::encodes);
    chunk.payload = state.payload_of(params.sent, count);
    const std::string encoded = message::encode(chunk);
    co_await charge(rt, encoded.size());  // @encode
    const Nanoseconds sent_at = state.tell(rt, Phase::away);
    const std::string reply = co_await exchange(rt, *state.children[worker], encoded);  // @exchange
    const Nanoseconds heard_at = state.tell(rt, Phase::decodes);
    const auto answer = message::decode(reply);
    co_await charge(rt, reply.size());  // @decode
    const Nanoseconds decoded = state.tell(rt, Phase::idle);
    const auto chunk_begin = static_cast<std::size_t>(first);
    // source: end
    split.broken = !answer || answer->numbers.size() != chunk.numbers.size() ||
                   answer->payload != state.payload_of(params.returned, count);
    if (split.broken) co_return;
    for (int task = first; task < first + count; ++task) {
      state.found[static_cast<std::size_t>(task)] = answer->numbers[static_cast<std::size_t>(task) - chunk_begin];
      rt.tell(state.told_tasks, note(task, true));
    }
    const auto& [coding, computing] = answer->times;
    split.coding += sent_at - began + decoded - heard_at + coding;
    split.moving += std::max<Nanoseconds>(0, heard_at - sent_at - coding - computing);
    split.computed(computing, count);
    split.bytes += static_cast<std::int64_t>(encoded.size() + reply.size());
    split.messages += 2;
    split.coding_there += coding;
    rt.tell(state.told_coding, split.coding_there);
    rt.tell(state.told_computing, split.computing);
  }

  // source: begin mode=processes
  // Starts the worker's process and waits until it is there, so that how long that takes is known by itself.
  template <rt::HasChildren R>
  static rt::Task<> begin(R& rt, State<R>& state, const Params& params, std::size_t at) {
    const Nanoseconds began = state.tell(rt, Phase::starts);
    co_await rt.start(*state.children[at], Program{}, written(orders(params)));   // @start_child
    const std::string greeting = co_await exchange(rt, *state.children[at], {});  // @greeted
    state.splits[at].starting = state.tell(rt, Phase::idle) - began;
    state.splits[at].broken = !message::decode(greeting);
  }
  // source: end

  // source: begin mode=threads,processes
  // A thread of the parent's for each worker. Where workers are processes it starts and feeds one, so that all of them
  // can be waited for at once; Python's pools do alike with threads that manage the queues.
  template <rt::HasChildren R>
  static rt::Task<> worker(R& rt, State<R>& state, Params params, std::size_t at) {
    const bool process = params.mode == Mode::processes;
    if (process) co_await begin(rt, state, params, at);
    while (!state.splits[at].broken) {
      std::int32_t first = 0;
      {
        auto held = co_await rt.acquire(state.lock);                                  // @lock
        first = co_await rt.load(state.next);                                         // @next
        co_await rt.store(state.next, std::min(first + params.chunk, params.tasks));  // @take
      }
      const int end = std::min(first + params.chunk, params.tasks);
      if (first >= end) break;
      if (process) {
        co_await there(rt, state, params, at, first, end - first);
      } else {
        for (int task = first; task < end; ++task) co_await here(rt, state, params, task, state.splits[at]);
      }
      co_await rt.safepoint(rt::Safepoint::back_edge, state.splits[at].tasks);  // @again
    }
    if (!process) co_return;
    const rt::Collected end = co_await rt::communicate(rt, *state.children[at], {}, rt::no_limit);  // @end
    if (end.code != 0) state.splits[at].broken = true;
  }
  // source: end

  // source: begin
  template <rt::HasChildren R>
  static rt::Task<> main(R& rt, State<R>& state, const Params& params) {
    state.began = rt.clock();
    std::vector<rt::Participant> threads;
    if (params.mode == Mode::serial) {
      for (int task = 0; task < params.tasks; ++task) {
        co_await here(rt, state, params, task, state.splits.front());
        co_await rt.safepoint(rt::Safepoint::back_edge, task + 1);  // @done
      }
    } else {
      for (std::size_t at = 0; at < state.splits.size(); ++at) {
        const rt::SpawnOptions options{{{"worker", "일꾼"}, static_cast<int>(at) + 1}, rt::Vehicle::thread};  // @start
        threads.push_back(co_await rt.spawn(
            options, [](R& own, State<R>& all, Params p, std::size_t number) { return worker(own, all, p, number); },
            state, params, at));
      }
    }
    for (const rt::Participant thread : threads) co_await rt.join(thread);  // @join
    state.ended = rt.clock();
    if (params.mode == Mode::serial) co_return;
    // One task alone, after the others: what speed-up is measured by.
    co_await work_on(rt, 0, orders(params));  // @alone
    state.alone = rt.clock() - state.ended;
  }
  // source: end

  static rt::Interpreting interpreter(const Params& params) { return {params.interpreter, params.switch_interval}; }
  static std::int64_t work(const Params& params) { return params.tasks; }

  struct Facts {
    std::vector<std::int64_t> found;
    std::vector<Split> splits;
    Nanoseconds alone = -1;  // what a task took alone; -1: not measured
    Nanoseconds elapsed = 0;
  };
  template <rt::HasChildren R>
  static Facts observe(State<R>& state) {
    return {state.found, state.splits, state.alone, state.ended - state.began};
  }
  static bool fine(const Params& params, const Facts& facts);
  static std::int64_t figure(const Facts& facts);
  static Outcome judge(const Params& params, const Facts& facts, const rt::RunFacts& run);
};

}  // namespace interleave::workloads
