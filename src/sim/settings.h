// What a reader may set of the simulator: declared once, like a workload's parameters.
#pragma once

#include <array>

#include "core/params.h"
#include "core/time.h"

namespace interleave::sim {

enum class PolicyKind : std::uint8_t { random, round_robin, by_hand, replay };
inline constexpr std::array policy_options{
    Option{"random",
           {"random", "무작위"},
           {"Any thread that can go on may be next; decided by the seed. Untimed.",
            "갈 수 있는 스레드 가운데 아무나 다음 차례다. 시드가 정한다. 시간을 따르지 않는다."}},
    Option{"round-robin",
           {"round robin", "라운드 로빈"},
           {"Each thread runs for a time slice on a core, then the next in the queue. Timed.",
            "스레드마다 코어에서 시간 조각만큼 돌고, 줄의 다음 스레드로 넘긴다. 가상 시간을 따른다."}},
    Option{"by-hand",
           {"by hand", "손으로"},
           {"You choose who goes next, at every step. Untimed.",
            "걸음마다 다음 차례를 직접 고른다. 시간을 따르지 않는다."}},
    Option{"replay", {"replay", "재생"}, {"Follows a schedule, step by step.", "주어진 일정을 한 걸음씩 따른다."}},
};

// Which of several waiters is woken when a lock is released. Timed policies only: untimed ones let any of them be next.
enum class WakeOrder : std::uint8_t { fifo, lifo, random };
inline constexpr std::array wake_options{
    Option{"fifo", {"first come", "먼저 온 차례"}, {"The one that has waited longest.", "가장 오래 기다린 스레드."}},
    Option{"lifo", {"last come", "나중 온 차례"}, {"The one that came last.", "가장 늦게 온 스레드."}},
    Option{"random", {"random", "무작위"}, {"Any of them; decided by the seed.", "아무나. 시드가 정한다."}},
};

// Whether a text is a schedule (sim/schedule.h); else a sentence that names the place.
[[nodiscard]] Result<> check_schedule(std::string_view text);

struct Settings {
  PolicyKind policy = PolicyKind::random;
  std::int64_t seed = 1;
  std::int64_t cores = 2;
  Nanoseconds slice = 5 * millisecond;
  WakeOrder wake_order = WakeOrder::fifo;
  // Virtual nanoseconds that operations take.
  Nanoseconds cost_access = 1;     // a load or a store
  Nanoseconds cost_atomic = 5;     // fetch_add, compare_exchange, taking or releasing a lock
  Nanoseconds cost_switch = 1500;  // a core's change from one thread to another
  Nanoseconds cost_wake = 2000;    // from a release to the waiter's being able to run
  Nanoseconds cost_spawn = 10000;  // starting a thread
  Nanoseconds cost_task = 100;     // starting a task, or an event loop's going on with another
  // From a drop of the interpreter lock until the thread that slept for it runs: longer than cost_wake, because in the
  // meantime its core has gone to sleep. Measured with CPython: see docs/compare-cpython.md.
  Nanoseconds cost_handover = 200 * microsecond;
  SharedText schedule;  // what the policy `replay` follows

  template <class Visit>
  static void declare(Visit&& visit) {
    const auto cost = [](std::string_view key, Text label, Text hint, Nanoseconds value) {
      return duration(key, label, hint, 0, second, {value, value, value});
    };
    visit(
        choice("policy", {"Next step", "다음 차례"},
               {"Who decides which thread goes next.", "다음에 갈 스레드를 누가 정하는가."}, policy_options, {0, 0, 0}),
        &Settings::policy);
    visit(integer("seed", {"Seed", "시드"},
                  {"The same seed gives the same run, on every machine.",
                   "시드가 같으면 어느 기계에서나 같은 실행이 된다."},
                  0, 4'294'967'295, {1, 1, 1}),
          &Settings::seed);
    visit(integer("cores", {"Cores", "코어"},
                  {"How many threads can run at the same virtual time.", "같은 가상 시각에 함께 돌 수 있는 스레드 수."},
                  1, 64, {2, 2, 2}),
          &Settings::cores);
    const auto timed = [](ParamSpec spec) {
      return needs(std::move(spec), "policy", {PolicyKind::round_robin, PolicyKind::replay},
                   {"This policy does not obey the clock: anybody may be next at any step.",
                    "시간을 따르지 않는 방식이다. 어느 걸음에서나 아무나 다음일 수 있다."});
    };
    visit(timed(duration("slice", {"Time slice", "시간 조각"},
                         {"How long a thread keeps its core while others are ready.",
                          "다른 스레드가 기다릴 때 코어를 쥐고 있는 시간."},
                         1, 10 * second, {5 * millisecond, 5 * millisecond, 5 * millisecond})),
          &Settings::slice);
    visit(timed(choice("wake-order", {"Woken first", "먼저 깨우기"},
                       {"Which waiter is woken when a lock is released.", "락이 풀릴 때 누구를 깨우는가."},
                       wake_options, {0, 0, 0})),
          &Settings::wake_order);
    visit(cost("cost-access", {"Cost of a read or write", "읽기·쓰기 비용"},
               {"Virtual time of a load or a store.", "읽기나 쓰기 하나에 드는 가상 시간."}, 1),
          &Settings::cost_access);
    visit(cost("cost-atomic", {"Cost of an atomic step", "원자적 연산 비용"},
               {"Virtual time of an atomic operation, and of taking or releasing a lock.",
                "원자적 연산과 락을 얻고 놓는 데 드는 가상 시간."},
               5),
          &Settings::cost_atomic);
    visit(cost("cost-switch", {"Cost of a switch", "전환 비용"},
               {"Virtual time for a core to change from one thread to another.",
                "코어가 스레드를 바꾸는 데 드는 가상 시간."},
               1500),
          &Settings::cost_switch);
    visit(cost("cost-wake", {"Cost of waking", "깨우기 비용"},
               {"Virtual time from a release until the waiter can run.",
                "락이 풀리고 기다리던 스레드가 돌 수 있기까지의 가상 시간."},
               2000),
          &Settings::cost_wake);
    visit(cost("cost-spawn", {"Cost of starting a thread", "스레드 시작 비용"},
               {"Virtual time that starting a thread takes its parent.", "스레드 하나를 시작하는 데 드는 가상 시간."},
               10000),
          &Settings::cost_spawn);
    visit(cost("cost-handover", {"Cost of a GIL hand-over", "GIL 넘기기 비용"},
               {"Virtual time from a drop of the GIL until the thread that waited for it runs.",
                "GIL이 놓인 뒤 그것을 기다리던 스레드가 돌기까지의 가상 시간."},
               200 * microsecond),
          &Settings::cost_handover);
    visit(cost("cost-task", {"Cost of a task", "태스크 비용"},
               {"Virtual time of starting a task, and of an event loop's going on with another one.",
                "태스크 하나를 시작하거나 이벤트 루프가 다른 태스크로 넘어가는 데 드는 가상 시간."},
               100),
          &Settings::cost_task);
    visit(needs(text("schedule", {"Schedule", "일정"},
                     {"Who takes which step, such as A2BA.", "누가 어느 걸음을 딛는가. A2BA.처럼 쓴다."},
                     {.most = longest_text, .check = check_schedule}),
                "policy", {PolicyKind::replay},
                {"Only the policy replay follows a schedule.", "일정은 재생 방식만 따른다."}),
          &Settings::schedule);
  }
};

}  // namespace interleave::sim
