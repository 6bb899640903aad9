// Child processes: one after the other or at the same time, with their pipes and a time limit.
// Shows what starting and talking costs, how a child is ended in time, and the pipe that fills since nobody reads it.
// Leaves out shells, signals other than the one that kills, and children that have children.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "rt/communicate.h"
#include "rt/workload.h"

namespace interleave::workloads {

struct Subprocess {
  static constexpr std::string_view id = "subprocess";
  static constexpr Text title{"Child processes", "자식 프로세스"};
  static constexpr Text summary{"Starting programs, talking to them, and waiting for their end.",
                                "프로그램을 시작하고, 말을 주고받고, 끝나기를 기다린다."};
  static constexpr Text try_next{"Wait first and read then, with 100,000 bytes. Who waits for whom?",
                                 "기다린 다음에 읽어 보자. 100,000바이트로. 누가 누구를 기다리게 될까?"};
  static constexpr Group group = Group::processes;
  static constexpr std::string_view policy = "round-robin";  // it is about time

  enum class Job : std::uint8_t { echo, sleep, transform };
  static constexpr std::array jobs{
      Option{"echo",
             {"echo", "되돌려 주기"},
             {"Each child writes back what it reads: a greeting, and the payload behind it.",
              "자식마다 읽은 것을 그대로 되돌려 쓴다. 인사말과 그 뒤의 내용."}},
      Option{"sleep", {"sleep", "잠자기"}, {"Each child sleeps, and ends.", "자식마다 잠깐 자고 끝난다."}},
      Option{"transform",
             {"JSON", "JSON 바꾸기"},
             {"Each child reads a list, writes the doubles of its numbers, and complains on stderr about the rest.",
              "자식마다 목록을 읽어 수를 두 배로 쓰고, 수가 아닌 것은 stderr로 불평한다."}},
  };
  enum class Mode : std::uint8_t { serial, parallel };
  static constexpr std::array modes{
      Option{"serial",
             {"one after the other", "차례로"},
             {"The next child starts when the last one has ended.", "앞의 자식이 끝나야 다음 자식을 시작한다."}},
      Option{"parallel",
             {"at the same time", "함께"},
             {"All children are started, then waited for.", "자식을 모두 시작해 놓고 기다린다."}},
  };
  enum class Collect : std::uint8_t { communicate, wait_then_read };
  static constexpr std::array collects{
      Option{"communicate",
             {"communicate", "communicate"},
             {"Writes stdin and reads stdout and stderr in one wait, so that no pipe stays full.",
              "한 번의 기다림 속에서 stdin에 쓰고 stdout과 stderr를 읽는다. 파이프가 꽉 찬 채로 남지 않는다."}},
      Option{"wait-then-read",
             {"wait, then read", "기다린 뒤 읽기"},
             {"The mistake: a child that has more to say than its pipe holds can never end.",
              "흔한 실수. 파이프에 다 들어가지 않을 만큼 할 말이 많은 자식은 끝날 수 없다."}},
  };

  struct Params {
    Job job = Job::sleep;
    int children = 10;
    Mode mode = Mode::parallel;
    Nanoseconds time = second;
    int payload = 0;
    Collect collect = Collect::communicate;
    Nanoseconds limit = 0;

    template <class Visit>
    static void declare(Visit&& visit) {
      visit(primary(choice("task", {"Each child", "자식이 하는 일"},
                           {"What the program of each child does.", "자식 프로그램이 하는 일."}, jobs, {1, 1, 0})),
            &Params::job);
      visit(primary(integer("children", {"Children", "자식 수"}, {"How many are started.", "몇을 시작하는가."}, 1, 20,
                            {10, 10, 2})),
            &Params::children);
      visit(primary(choice("mode", {"Run them", "실행 방식"},
                           {"Whether they run at the same time.", "함께 도는가, 차례로 도는가."}, modes, {1, 1, 1})),
            &Params::mode);
      visit(needs(duration("time", {"Sleeps for", "자는 시간"}, {"Of a child that sleeps.", "잠자는 자식이 자는 시간."},
                           microsecond, 2 * second, {second, second, millisecond}),
                  "task", {Job::sleep}, {"These children do not sleep.", "이 자식들은 자지 않는다."}),
            &Params::time);
      visit(needs(primary(integer("payload", {"Payload", "보내는 양"},
                                  {"Bytes for each child's stdin, besides a greeting.",
                                   "인사말 말고 자식의 stdin에 보내는 바이트 수."},
                                  0, 1'048'576, {0, 0, 0})),
                  "task", {Job::echo, Job::transform},
                  {"A child that sleeps is sent nothing.", "잠자는 자식에게는 보내는 것이 없다."}),
            &Params::payload);
      visit(primary(choice("collect", {"Collect with", "결과 받기"},
                           {"How the parent hears what its children say.", "부모가 자식의 말을 어떻게 듣는가."},
                           collects, {0, 0, 0})),
            &Params::collect);
      visit(duration("limit", {"Time limit", "시간 제한"},
                     {"After which a child is killed, counted for each from when it is listened to; 0: none.",
                      "이 시간이 지나면 자식을 죽인다. 자식마다 말을 듣기 시작한 때부터 잰다. 0이면 없다."},
                     0, 10 * second, {0, 0, 0}),
            &Params::limit);
    }
  };

  static std::vector<Preset> presets();

  // source: begin
  // What a child runs. Its argument is "echo", "transform", or "sleep" and a number of nanoseconds.
  struct Program {
    static constexpr std::string_view id = "subprocess";
    template <rt::ProgramSide R>
    static rt::Task<int> run(R& rt, typename R::Child& self, std::string argument) {
      if (argument == "echo") {
        while (true) {
          const std::string bytes = co_await rt.read(self);  // @read
          if (bytes.empty()) co_return 0;
          const bool heard = co_await rt::write_all(rt, self, rt::Pipe::out, bytes);  // @write
          if (!heard) co_return 1;
        }
      }
      if (argument != "transform") {
        co_await rt.sleep(time_in(argument));  // @sleep
        co_return 0;
      }
      std::string document;
      while (true) {
        const std::string bytes = co_await rt.read(self);  // @read_all
        if (bytes.empty()) break;
        document += bytes;
      }
      const Transformed made = transformed(document);
      if (!made.complaint.empty()) co_await rt::write_all(rt, self, rt::Pipe::err, made.complaint);  // @complain
      co_await rt::write_all(rt, self, rt::Pipe::out, made.document);                                // @result
      co_return made.complaint.empty() ? 0 : 2;
    }
  };
  // source: end

  // Plain code, which the judgement uses too.
  struct Transformed {
    std::string document;
    std::string complaint;
  };
  static Transformed transformed(std::string_view document);
  static Nanoseconds time_in(std::string_view argument);
  static std::string argument(const Params& params);
  static std::string input(const Params& params);

  // How a child fared, as its parent knows.
  struct Fared {
    rt::Collected said;
    Nanoseconds heard_at = -1;  // its end
  };
  template <rt::HasChildren R>
  struct State {
    std::vector<std::unique_ptr<typename R::Child>> children;
    std::vector<Fared> fared;
    std::string input;
    Nanoseconds began = 0;
    Nanoseconds ended = 0;

    State(R& rt, const Params& params)
        : fared(static_cast<std::size_t>(params.children)), input(Subprocess::input(params)) {
      for (int number = 1; number <= params.children; ++number) {
        children.push_back(std::make_unique<typename R::Child>(rt, number));
      }
    }
  };

  // source: begin
  template <rt::HasChildren R>
  static rt::Task<> collect(R& rt, State<R>& state, const Params& params, std::size_t at) {
    const Nanoseconds limit = params.limit == 0 ? rt::no_limit : params.limit;
    typename R::Child& child = *state.children[at];
    Fared& fared = state.fared[at];
    if (params.collect == Collect::communicate) {
      fared.said = co_await rt::communicate(rt, child, state.input, limit);  // @communicate
    } else {
      fared.said = co_await rt::wait_then_read(rt, child, state.input, limit);  // @wait_then_read
    }
    fared.heard_at = rt.clock();
    co_await rt.safepoint(rt::Safepoint::back_edge, static_cast<std::int64_t>(at) + 1);  // @again
  }

  template <rt::HasChildren R>
  static rt::Task<> main(R& rt, State<R>& state, const Params& params) {
    state.began = rt.clock();
    for (std::size_t at = 0; at < state.children.size(); ++at) {
      co_await rt.start(*state.children[at], Program{}, argument(params));  // @start
      if (params.mode == Mode::serial) co_await collect(rt, state, params, at);
    }
    for (std::size_t at = 0; params.mode == Mode::parallel && at < state.children.size(); ++at) {
      co_await collect(rt, state, params, at);
    }
    state.ended = rt.clock();
  }
  // source: end

  static std::int64_t work(const Params& params) { return params.children; }

  struct Facts {
    std::vector<Fared> fared;
    Nanoseconds elapsed = 0;
  };
  template <rt::HasChildren R>
  static Facts observe(State<R>& state) {
    return {state.fared, state.ended - state.began};
  }
  static bool fine(const Params& params, const Facts& facts);
  static std::int64_t figure(const Facts& facts);
  static Outcome judge(const Params& params, const Facts& facts, const rt::RunFacts& run);
};

}  // namespace interleave::workloads
