// A sequence that one thread at a time appends to while others read the part that was there before.
#pragma once

#include <array>
#include <atomic>
#include <bit>
#include <cassert>
#include <cstddef>
#include <memory>
#include <type_traits>
#include <utility>

namespace interleave::trace {

// Memory for a log's chunk, untouched: the kernel hands out its pages when they are written first. A large chunk lies
// so that the kernel may hand out huge pages (2 MiB on Linux) instead, since a fault for every 4 KiB costs as much as
// recording the events in them.
[[nodiscard]] void* allocate_chunk(std::size_t bytes);
void free_chunk(void* chunk, std::size_t bytes) noexcept;

// Elements never move and are never changed once published. Chunk k holds FirstChunk * 2^k elements, so a short
// log is small and a long one has few chunks. Appending is for one thread at a time (the callers see to that);
// reading [0, size()) is safe from every thread, without locks.
template <class T, std::size_t FirstChunk = 64>
class AppendLog {
  static_assert(std::has_single_bit(FirstChunk));
  static_assert(alignof(T) <= __STDCPP_DEFAULT_NEW_ALIGNMENT__);
  static constexpr std::size_t chunk_count = 40;

 public:
  AppendLog() = default;
  ~AppendLog() { destroy(0); }
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

  // As newly made, but keeping its first chunk. For the one that appends, while nobody reads.
  void clear() {
    destroy(1);
    next_ = chunks_[0];
    end_ = used_ == 0 ? nullptr : next_ + FirstChunk;
    size_.store(0, std::memory_order_release);
  }

  void push(T value) {
    if (next_ == end_) grow();
    std::construct_at(next_++, std::move(value));
    size_.store(size_.load(std::memory_order_relaxed) + 1, std::memory_order_release);
  }

 private:
  static std::pair<std::size_t, std::size_t> place(std::size_t index) {
    const std::size_t shifted = index / FirstChunk + 1;
    const std::size_t chunk = static_cast<std::size_t>(std::bit_width(shifted)) - 1;
    return {chunk, index - FirstChunk * ((std::size_t{1} << chunk) - 1)};
  }

  static constexpr std::size_t bytes_of(std::size_t chunk) { return (FirstChunk << chunk) * sizeof(T); }

  T& at(std::size_t index) {
    const auto [chunk, offset] = place(index);
    return chunks_[chunk][offset];
  }

  // All elements, and the chunks from this one on.
  void destroy(std::size_t from) {
    if constexpr (!std::is_trivially_destructible_v<T>) {
      for (std::size_t index = 0, count = size(); index < count; ++index) std::destroy_at(&at(index));
    }
    while (used_ > from) {
      --used_;
      free_chunk(chunks_[used_], bytes_of(used_));
    }
  }

  void grow() {
    assert(used_ < chunk_count);
    next_ = static_cast<T*>(allocate_chunk(bytes_of(used_)));
    end_ = next_ + (FirstChunk << used_);
    chunks_[used_] = next_;
    ++used_;
  }

  std::array<T*, chunk_count> chunks_{};  // owned: see destroy()
  T* next_ = nullptr;
  T* end_ = nullptr;
  std::size_t used_ = 0;
  std::atomic<std::size_t> size_{0};
};

}  // namespace interleave::trace
