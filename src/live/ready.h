// An awaitable that has its value already.
#pragma once

#include <coroutine>
#include <utility>

namespace interleave::live {

template <class T>
struct [[nodiscard]] Ready {
  T value;
  static constexpr bool await_ready() noexcept { return true; }
  static constexpr void await_suspend(std::coroutine_handle<>) noexcept {}
  T await_resume() { return std::move(value); }
};

template <>
struct [[nodiscard]] Ready<void> {
  static constexpr bool await_ready() noexcept { return true; }
  static constexpr void await_suspend(std::coroutine_handle<>) noexcept {}
  static constexpr void await_resume() noexcept {}
};

}  // namespace interleave::live
