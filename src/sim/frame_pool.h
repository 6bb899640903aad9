// Memory for coroutine frames: exploring makes and drops the same few frames a million times a second.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <new>
#include <vector>

namespace interleave::sim {

// Single-threaded. Blocks go back to a free list of their size class, and to the system when the pool dies.
class FramePool {
 public:
  FramePool() = default;
  FramePool(const FramePool&) = delete;
  FramePool& operator=(const FramePool&) = delete;

  void* allocate(std::size_t size) {
    const std::size_t cls = size_class(size);
    if (cls >= class_count) return ::operator new(size);
    Block* block = free_[cls];
    if (block == nullptr) return carve((cls + 1) * granule);
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
  static constexpr std::size_t slab_size = std::size_t{16} * 1024;

  static std::size_t size_class(std::size_t size) { return (size - 1) / granule; }

  // Memory that nobody has had before: a short search must not pay for more than it uses.
  void* carve(std::size_t size) {
    if (left_ < size) {
      slabs_.push_back(std::make_unique_for_overwrite<Slab>());
      left_ = slab_size;
    }
    left_ -= size;
    return slabs_.back()->bytes.data() + left_;
  }

  struct Slab {
    alignas(granule) std::array<std::byte, slab_size> bytes;
  };
  std::array<Block*, class_count> free_{};
  std::vector<std::unique_ptr<Slab>> slabs_;
  std::size_t left_ = 0;  // of the last slab
};

}  // namespace interleave::sim
