// The runtime of a program that runs as a child process: its pipes are the descriptors 0, 1 and 2, and it tells its
// parent through descriptor 3 what it does.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <type_traits>

#include "core/clock.h"
#include "live/children.h"
#include "live/threads.h"
#include "rt/child.h"

namespace interleave::live {

// The first argument of this executable where it is to be a child, and the variable that marks its environment.
inline constexpr std::string_view child_flag = "--as-child-process";
inline constexpr const char* child_mark = "INTERLEAVE_CHILD";

class ProgramRuntime {
 public:
  struct Child {};
  template <class T>
  using Promise = Threads::Promise<T>;

  // The descriptors never wait by themselves, so that a wait is told before it begins.
  ProgramRuntime();

  Ready<std::string> read(Child&);
  Ready<std::size_t> write(Child&, rt::Pipe pipe, std::string_view bytes, rt::Site = {});
  Ready<void> sleep(Nanoseconds time);
  // The work is really done, all at once: a program shares nothing, and is stopped by being killed.
  template <class F>
  Ready<std::invoke_result_t<F, std::int64_t, std::int64_t>> compute(std::int64_t units, Nanoseconds /*unit_cost*/,
                                                                     rt::Safepoint /*place*/, F work, rt::Site = {}) {
    if constexpr (std::is_void_v<std::invoke_result_t<F, std::int64_t, std::int64_t>>) {
      work(std::int64_t{0}, units);
      return {};
    } else {
      return {work(std::int64_t{0}, units)};
    }
  }
  [[nodiscard]] static Nanoseconds clock() { return steady_now(); }

  // Runs a program from its start to its return code.
  template <class Program>
  int run(std::string argument) {
    Child self;
    rt::Task<int> task = Program::run(*this, self, std::move(argument));
    task.handle().resume();
    const int code = task.state().take();
    tell(ChildNews::What::exits, rt::Pipe::in, code);
    return code;
  }

 private:
  void tell(ChildNews::What what, rt::Pipe pipe, std::int64_t value);
  void wait_until(rt::Pipe pipe);

  std::array<std::int64_t, rt::pipe_count> moved_{};
};

static_assert(rt::ProgramSide<ProgramRuntime>);

}  // namespace interleave::live
