// What a reader may set of an exploration.
#pragma once

#include <array>

#include "core/params.h"
#include "core/time.h"

namespace interleave::explore {

enum class Method : std::uint8_t { every_order, few_preemptions, pct, random_walk };
inline constexpr std::array method_options{
    Option{"all",
           {"every order", "모든 순서"},
           {"Runs every order that can make a difference once, and counts how likely a random one is to fail.",
            "차이를 만들 수 있는 모든 순서를 한 번씩 돌리고, 무작위 순서가 실패할 확률을 센다."}},
    Option{"few",
           {"few interruptions", "적게 가로막기"},
           {"First what happens where no thread is interrupted, then where one is, and so on up to the bound.",
            "스레드를 가로막지 않을 때부터, 한 번, 두 번, 정한 횟수까지 차례로 본다."}},
    Option{"pct",
           {"PCT", "PCT"},
           {"Random priorities that change at a few random steps: each run finds a failure with a known least chance.",
            "무작위 우선순위를 몇 걸음에서 바꾼다. 실행마다 실패를 찾을 확률의 하한을 안다."}},
    Option{"random",
           {"random walk", "무작위"},
           {"Picks each step at random among the threads that can take one.",
            "걸음마다 갈 수 있는 스레드 가운데 아무나 고른다."}},
};

struct Settings {
  Method method = Method::every_order;
  std::int64_t executions = 1'000'000;
  std::int64_t states = 200'000;
  std::int64_t preemptions = 2;
  std::int64_t runs = 10'000;
  std::int64_t depth = 3;
  Nanoseconds time = 0;
  std::int64_t memory = 64;  // MiB
  std::int64_t workers = 0;
  std::int64_t seed = 1;

  template <class Visit>
  static void declare(Visit&& visit) {
    visit(primary(choice("search", {"Search", "탐색 방법"}, {"Which orders are run.", "어떤 순서를 돌리는가."},
                         method_options, {0, 0, 0})),
          &Settings::method);
    visit(needs(integer("executions", {"Executions at most", "최대 실행 수"},
                        {"The search stops after so many; then nothing is proved.",
                         "이만큼 돌리면 멈춘다. 그때는 증명된 것이 없다."},
                        1, 1'000'000'000, {1'000'000, 1'000'000, 1'000'000}),
                "search", {Method::every_order},
                {"Only the search of every order counts executions.", "모든 순서를 돌릴 때만 실행 수를 센다."}),
          &Settings::executions);
    visit(needs(integer("states", {"States at most", "최대 상태 수"},
                        {"How many states are remembered, of about 150 bytes each: chances and the shortest failure "
                         "come from them.",
                         "기억하는 상태 수. 하나에 150바이트쯤 든다. 확률과 가장 짧은 실패를 여기서 얻는다."},
                        1, 20'000'000, {200'000, 200'000, 200'000}),
                "search", {Method::every_order, Method::few_preemptions},
                {"Random runs remember no states.", "무작위 실행은 상태를 기억하지 않는다."}),
          &Settings::states);
    visit(needs(integer("preemptions", {"Interruptions at most", "최대 가로막기"},
                        {"How often a thread may be left that could have gone on.",
                         "더 갈 수 있는 스레드를 두고 다른 스레드로 넘어가는 횟수."},
                        0, 1'000, {2, 2, 2}),
                "search", {Method::few_preemptions}, {"Other searches have no bound.", "다른 방법에는 한도가 없다."}),
          &Settings::preemptions);
    visit(needs(integer("runs", {"Random runs", "무작위 실행"},
                        {"How many; with every order they are made only where the states were too many.",
                         "무작위 실행 횟수. 모든 순서를 돌릴 때는 상태가 너무 많은 경우에만 쓴다."},
                        1, 1'000'000'000, {10'000, 10'000, 10'000}),
                "search", {Method::every_order, Method::pct, Method::random_walk},
                {"This search makes no random runs.", "이 방법은 무작위로 돌리지 않는다."}),
          &Settings::runs);
    visit(needs(integer("depth", {"Depth", "깊이"},
                        {"How many steps must come in the right order for the failure that is looked for.",
                         "찾으려는 실패에 순서가 맞아야 하는 걸음 수."},
                        1, 10, {3, 3, 3}),
                "search", {Method::pct}, {"Only PCT has a depth.", "PCT에만 깊이가 있다."}),
          &Settings::depth);
    visit(duration("search-time", {"Time at most", "최대 시간"},
                   {"Real time after which the search stops; 0 for none.", "이 시간이 지나면 멈춘다. 0이면 없다."}, 0,
                   3600 * second, {0, 0, 0}),
          &Settings::time);
    visit(needs(integer("search-memory", {"Memory at most, MiB", "최대 메모리(MiB)"},
                        {"What each worker may remember, about: a quarter for the orders that are still to be run, the "
                         "rest for states.",
                         "일꾼마다 기억할 수 있는 대강의 양. 4분의 1은 앞으로 돌릴 순서에, 나머지는 상태에 쓴다."},
                        1, 65'536, {64, 64, 64}),
                "search", {Method::every_order, Method::few_preemptions},
                {"Random runs remember no states.", "무작위 실행은 상태를 기억하지 않는다."}),
          &Settings::memory);
    visit(integer("workers", {"Workers", "일꾼"},
                  {"How many threads share a long search; 0 for one on each core.",
                   "오래 걸리는 탐색을 나누는 스레드 수. 0이면 코어마다 하나."},
                  0, 64, {0, 0, 0}),
          &Settings::workers);
    visit(
        integer("seed", {"Seed", "시드"},
                {"For random runs, and for a workload's own random numbers.", "무작위 실행과 작업이 쓰는 난수의 씨앗."},
                0, 4'294'967'295, {1, 1, 1}),
        &Settings::seed);
  }
};

}  // namespace interleave::explore
