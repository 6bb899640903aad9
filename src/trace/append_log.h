// A sequence that one thread at a time appends to while others read the part that was there before.
#pragma once

#include <array>
#include <atomic>
#include <bit>
#include <cassert>
#include <cstddef>
#include <memory>
#include <utility>

namespace interleave::trace {

// Elements never move and are never changed once published. Chunk k holds FirstChunk * 2^k elements, so a short
// log is small and a long one has few chunks. Appending is for one thread at a time (the callers see to that);
// reading [0, size()) is safe from every thread, without locks.
template <class T, std::size_t FirstChunk = 64>
class AppendLog {
  static_assert(std::has_single_bit(FirstChunk));
  static constexpr std::size_t chunk_count = 40;

 public:
  AppendLog() = default;
  AppendLog(const AppendLog&) = delete;
  AppendLog& operator=(const AppendLog&) = delete;

  // The number of elements that may be read. Everything before it is visible to the caller.
  [[nodiscard]] std::size_t size() const { return size_.load(std::memory_order_acquire); }

  [[nodiscard]] const T& operator[](std::size_t index) const {
    const auto [chunk, offset] = place(index);
    return chunks_[chunk][offset];
  }

  // The elements from `index` to the end of their chunk or to `limit`, contiguous: for fast passes.
  [[nodiscard]] std::pair<const T*, std::size_t> run(std::size_t index, std::size_t limit) const {
    assert(index < limit);
    const auto [chunk, offset] = place(index);
    const std::size_t left = (FirstChunk << chunk) - offset;
    return {&chunks_[chunk][offset], left < limit - index ? left : limit - index};
  }

  void push(T value) {
    if (next_ == end_) grow();
    *next_++ = std::move(value);
    size_.store(size_.load(std::memory_order_relaxed) + 1, std::memory_order_release);
  }

 private:
  static std::pair<std::size_t, std::size_t> place(std::size_t index) {
    const std::size_t shifted = index / FirstChunk + 1;
    const std::size_t chunk = static_cast<std::size_t>(std::bit_width(shifted)) - 1;
    return {chunk, index - FirstChunk * ((std::size_t{1} << chunk) - 1)};
  }

  void grow() {
    const std::size_t capacity = FirstChunk << used_;
    assert(used_ < chunk_count);
    // Not value-initialised: a chunk of a million events should not be touched before it is written.
    chunks_[used_] = std::make_unique_for_overwrite<T[]>(capacity);
    next_ = chunks_[used_].get();
    end_ = next_ + capacity;
    ++used_;
  }

  std::array<std::unique_ptr<T[]>, chunk_count> chunks_{};
  T* next_ = nullptr;
  T* end_ = nullptr;
  std::size_t used_ = 0;
  std::atomic<std::size_t> size_{0};
};

}  // namespace interleave::trace
