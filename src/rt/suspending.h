// The promise of runtimes whose awaitables suspend (the simulator, the live loop). A nested Task becomes the innermost
// frame of its carrier; the engine's loop resumes whichever is innermost.
#pragma once

#include <cstddef>
#include <cstring>

#include "rt/task.h"

namespace interleave::rt {

// R offers: void enter(std::coroutine_handle<>) makes a frame the running participant's innermost;
// void* allocate_frame(size) and void release_frame(void*, size).
template <class R, class T>
class SuspendingPromise : public TaskState<T> {
 public:
  template <class... Args>
  explicit SuspendingPromise(R& rt, Args&&...) : rt_(&rt) {}
  template <class Closure, class... Args>
  SuspendingPromise(Closure&&, R& rt, Args&&...) : rt_(&rt) {}

  Task<T> get_return_object() { return Task<T>(std::coroutine_handle<SuspendingPromise>::from_promise(*this), *this); }
  std::suspend_always initial_suspend() noexcept { return {}; }
  auto final_suspend() noexcept { return Return{}; }
  void unhandled_exception() { this->error = std::current_exception(); }

  template <class U>
  auto await_transform(Task<U>&& child) {
    return Nested<U>{*rt_, std::move(child)};
  }
  template <class Awaitable>
  Awaitable&& await_transform(Awaitable&& awaitable) {
    return std::forward<Awaitable>(awaitable);
  }

  template <class... Args>
  static void* operator new(std::size_t size, R& rt, Args&&...) {
    return with_owner(rt, size);
  }
  template <class Closure, class... Args>
  static void* operator new(std::size_t size, Closure&&, R& rt, Args&&...) {
    return with_owner(rt, size);
  }
  static void operator delete(void* frame, std::size_t size) {
    R* owner = nullptr;
    std::memcpy(&owner, static_cast<std::byte*>(frame) + size, sizeof owner);
    owner->release_frame(frame, size + sizeof owner);
  }

 private:
  // The frame's owner stands behind it, since a deallocation is told only the address and the size.
  static void* with_owner(R& rt, std::size_t size) {
    R* const owner = &rt;
    auto* frame = static_cast<std::byte*>(rt.allocate_frame(size + sizeof owner));
    std::memcpy(frame + size, &owner, sizeof owner);
    return frame;
  }

  struct Return {
    static bool await_ready() noexcept { return false; }
    static void await_suspend(std::coroutine_handle<SuspendingPromise> ended) noexcept {
      SuspendingPromise& promise = ended.promise();
      promise.rt_->enter(promise.parent);
    }
    static void await_resume() noexcept {}
  };

  template <class U>
  struct Nested {
    R& rt;
    Task<U> child;
    static bool await_ready() noexcept { return false; }
    void await_suspend(std::coroutine_handle<> parent) noexcept {
      child.state().parent = parent;
      rt.enter(child.handle());
    }
    U await_resume() { return child.state().take(); }
  };

  R* rt_;
};

}  // namespace interleave::rt
