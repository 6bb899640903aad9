// Which interpreter a run pretends to be under. Source of the rules: CPython's Python/ceval_gil.c and, for where a
// thread may lose the lock, Python/ceval.c of 3.9 (before most bytecodes) and of 3.10 (at backward jumps, at function
// entry and after calls).
#pragma once

#include <array>
#include <concepts>

#include "core/params.h"
#include "core/time.h"
#include "rt/runtime.h"

namespace interleave::rt {

enum class Interpreter : std::uint8_t { none, cpython39, cpython310, freethreaded };
inline constexpr std::array interpreter_options{
    Option{"none",
           {"none (C++)", "없음 (C++)"},
           {"Compiled code: nothing keeps threads from running at the same time.",
            "컴파일된 코드. 스레드가 함께 도는 것을 막는 것이 없다."}},
    Option{"cpython39",
           {"CPython 3.9", "CPython 3.9"},
           {"One thread at a time holds the GIL, and may lose it between most bytecodes.",
            "한 번에 한 스레드만 GIL을 쥐고, 거의 모든 바이트코드 사이에서 잃을 수 있다."}},
    Option{"cpython310",
           {"CPython 3.10+", "CPython 3.10+"},
           {"One thread at a time holds the GIL, and may lose it only at backward jumps, at function entry and after "
            "calls.",
            "한 번에 한 스레드만 GIL을 쥐고, 뒤로 가는 점프, 함수 진입, 호출 뒤에서만 잃을 수 있다."}},
    Option{"freethreaded",
           {"free-threaded", "GIL 없는 파이썬"},
           {"Python 3.13t and later: no GIL, so threads run at the same time.",
            "파이썬 3.13t부터. GIL이 없어 스레드가 함께 돈다."}},
};

// How a run is interpreted.
struct Interpreting {
  Interpreter kind = Interpreter::none;
  Nanoseconds switch_interval = 5 * millisecond;  // how long a waiter waits before it asks the holder to hand over

  [[nodiscard]] constexpr bool has_gil() const {
    return kind == Interpreter::cpython39 || kind == Interpreter::cpython310;
  }
  // Whether a thread that was asked to hand the GIL over does so at this kind of place.
  [[nodiscard]] constexpr bool hands_over_at(Safepoint place) const {
    return kind == Interpreter::cpython39 || (kind == Interpreter::cpython310 && place != Safepoint::bytecode);
  }
};

// What a workload may declare: `static rt::Interpreting interpreter(const Params&)`. Without it there is none.
template <class W>
[[nodiscard]] Interpreting interpreting(const typename W::Params& params) {
  if constexpr (requires {
                  { W::interpreter(params) } -> std::same_as<Interpreting>;
                }) {
    return W::interpreter(params);
  } else {
    return {};
  }
}

// Parameters, for the workloads that have them.
[[nodiscard]] inline ParamSpec interpreter_param(Interpreter otherwise) {
  const auto value = static_cast<std::int64_t>(otherwise);
  return choice("interpreter", {"Interpreter", "인터프리터"},
                {"Who runs the code, and so which thread may run when.",
                 "누가 코드를 돌리는가. 어느 스레드가 언제 돌 수 있는지가 달라진다."},
                interpreter_options, {value, value, value});
}
[[nodiscard]] inline ParamSpec needs_gil(ParamSpec spec, Text reason) {
  return needs(std::move(spec), "interpreter", {Interpreter::cpython39, Interpreter::cpython310}, reason);
}
// Of a workload whose interpreter follows from something else, which says so itself.
[[nodiscard]] inline ParamSpec bare_switch_interval_param() {
  return duration("switch-interval", {"Switch interval", "전환 간격"},
                  {"How long a thread waits for the GIL before it asks for it: sys.setswitchinterval.",
                   "GIL을 달라고 하기 전에 기다리는 시간. sys.setswitchinterval과 같다."},
                  microsecond, second, {5 * millisecond, 5 * millisecond, 5 * millisecond});
}
[[nodiscard]] inline ParamSpec switch_interval_param() {
  return needs_gil(bare_switch_interval_param(),
                   {"Only where there is a GIL does a thread wait for it.", "GIL이 있어야 GIL을 기다린다."});
}
// The same, but for modes in which no thread waits for another.
inline constexpr Text one_thread_only{"One thread alone never waits for the GIL.",
                                      "스레드가 하나뿐이면 GIL을 기다릴 일이 없다."};

}  // namespace interleave::rt
