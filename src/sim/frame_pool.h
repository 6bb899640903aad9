// Memory for coroutine frames: exploring makes and drops the same few frames a million times a second.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <new>
#include <vector>

namespace interleave::sim {

// Single-threaded. Blocks go back to a free list of their size class and to the system when the pool dies.
class FramePool {
 public:
  FramePool() = default;
  FramePool(const FramePool&) = delete;
  FramePool& operator=(const FramePool&) = delete;

  void* allocate(std::size_t size) {
    const std::size_t cls = size_class(size);
    if (cls >= class_count) return ::operator new(size);
    if (free_[cls] == nullptr) refill(cls);
    Block* block = free_[cls];
    free_[cls] = block->next;
    return block;
  }

  void release(void* memory, std::size_t size) noexcept {
    const std::size_t cls = size_class(size);
    if (cls >= class_count) return ::operator delete(memory);
    free_[cls] = ::new (memory) Block{free_[cls]};
  }

 private:
  struct Block {
    Block* next;
  };
  static constexpr std::size_t granule = 64;
  static constexpr std::size_t class_count = 64;  // frames of up to 4 KiB
  static constexpr std::size_t slab_size = std::size_t{64} * 1024;

  static std::size_t size_class(std::size_t size) { return (size - 1) / granule; }

  void refill(std::size_t cls) {
    const std::size_t size = (cls + 1) * granule;
    slabs_.push_back(std::make_unique_for_overwrite<Slab>());
    std::byte* at = slabs_.back()->bytes.data();
    for (std::size_t used = 0; used + size <= slab_size; used += size) {
      free_[cls] = ::new (at + used) Block{free_[cls]};
    }
  }

  struct Slab {
    alignas(granule) std::array<std::byte, slab_size> bytes;
  };
  std::array<Block*, class_count> free_{};
  std::vector<std::unique_ptr<Slab>> slabs_;
};

}  // namespace interleave::sim
