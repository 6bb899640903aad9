// Task<T>: a body written once for every engine.
//
// A body is a coroutine whose first parameter is a runtime: `static Task<> add(R& rt, State<R>& s, ...)`, or a lambda
// without captures of the same shape. The runtime's type picks the promise (through std::coroutine_traits), so Task
// itself names no engine. On live threads every awaitable is ready and the compiler removes the coroutine; on the
// simulator and on a live loop awaitables suspend.
//
// Rules for bodies, each found by breaking it:
//  - no co_await inside a catch block: the standard forbids it;
//  - parameters by value, or by reference to what outlives the run: a coroutine copies values into its frame, and
//    keeps references as they are;
//  - one co_await in a full expression: g++ 12 evaluates both operands before the first wait;
//  - what an awaitable does is recorded in await_suspend, not before it;
//  - await_suspend returns void and the engine's loop resumes: symmetric transfer grows the stack in WebAssembly;
//  - no std distributions and no iteration over unordered containers: every platform must do the same;
//  - a guard is a local variable, never a member of something that outlives the body.
#pragma once

#include <coroutine>
#include <exception>
#include <optional>
#include <utility>

namespace interleave::rt {

struct TaskBase {
  std::coroutine_handle<> parent;  // who awaits this task; none for a body's outermost
  std::exception_ptr error;
};

template <class T>
struct TaskState : TaskBase {
  std::optional<T> value;
  void return_value(T result) { value = std::move(result); }
  T take() {
    if (error) std::rethrow_exception(std::exchange(error, nullptr));
    return std::move(*value);
  }
};

template <>
struct TaskState<void> : TaskBase {
  void return_void() {}
  void take() {
    if (error) std::rethrow_exception(std::exchange(error, nullptr));
  }
};

// Owns a coroutine that has not begun, is suspended, or has ended. Begins when it is awaited or resumed.
template <class T = void>
class [[nodiscard]] Task {
 public:
  Task() = default;
  Task(std::coroutine_handle<> handle, TaskState<T>& state) : handle_(handle), state_(&state) {}
  Task(Task&& other) noexcept
      : handle_(std::exchange(other.handle_, nullptr)), state_(std::exchange(other.state_, nullptr)) {}
  Task& operator=(Task&& other) noexcept {
    std::swap(handle_, other.handle_);
    std::swap(state_, other.state_);
    return *this;
  }
  ~Task() {
    if (handle_) handle_.destroy();
  }

  [[nodiscard]] std::coroutine_handle<> handle() const { return handle_; }
  [[nodiscard]] TaskState<T>& state() const { return *state_; }
  [[nodiscard]] bool done() const { return !handle_ || handle_.done(); }

 private:
  std::coroutine_handle<> handle_;
  TaskState<T>* state_ = nullptr;
};

// What marks a type as a runtime: it names the promise of its bodies.
template <class R>
concept HasPromise = requires { typename R::template Promise<void>; };

}  // namespace interleave::rt

// A function, or a static member function: the runtime comes first.
template <class T, class R, class... Args>
  requires interleave::rt::HasPromise<R>
struct std::coroutine_traits<interleave::rt::Task<T>, R&, Args...> {
  using promise_type = typename R::template Promise<T>;
};

// A lambda: its closure comes before the runtime.
template <class T, class Closure, class R, class... Args>
  requires interleave::rt::HasPromise<R>
struct std::coroutine_traits<interleave::rt::Task<T>, Closure, R&, Args...> {
  using promise_type = typename R::template Promise<T>;
};
