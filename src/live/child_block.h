// What a child in a Worker shares with its parent: a piece of the parent's memory. The child has a memory of its own
// and reaches this one through a few functions of JavaScript, so what both sides do with it is written over a `Memory`:
//   load, store and add (which notifies) of an atomic word of 32 bits by its address; get and put of bytes.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "rt/child.h"

namespace interleave::live {

using Address = std::uint32_t;  // in the parent's memory

struct ByteRing {
  std::atomic<std::uint32_t> written{0};  // bytes ever, modulo 2^32
  std::atomic<std::uint32_t> taken{0};
  std::array<std::byte, rt::pipe_capacity> bytes;
};

struct ChildBlock {
  // How a Worker left: written by the main thread, as is the child's return code. It touches none of this any more once
  // it has released it.
  enum Gone : std::uint32_t { is_here, has_ended, was_never_loaded };
  // Whoever writes into this block as a child passes the gate; once it is shut, no child ever does again.
  enum Gate : std::uint32_t { open, passing, shut };

  std::atomic<std::uint32_t> gone{is_here};
  std::atomic<std::int32_t> code{0};
  std::atomic<std::uint32_t> released{0};
  std::atomic<std::uint32_t> gate{open};
  std::atomic<std::uint32_t> moved{0};         // counts what the parent did; the child waits on it
  std::atomic<std::uint32_t> input_closed{0};  // by the parent
  Address parent_moved = 0;                    // of the word that counts what any child did; its parent waits on it
  std::array<ByteRing, rt::pipe_count> pipes;
  ByteRing news;
};

// The bytes of a ring, for one writer and one reader.
template <class Memory>
class RingOver {
 public:
  explicit RingOver(Address ring) : ring_(ring) {}

  [[nodiscard]] std::uint32_t filled() const {
    return Memory::load(ring_ + offsetof(ByteRing, written)) - Memory::load(ring_ + offsetof(ByteRing, taken));
  }
  [[nodiscard]] std::uint32_t room() const { return capacity - filled(); }

  // As many bytes as there is room for.
  std::uint32_t write(const char* from, std::size_t wanted) {
    return move(offsetof(ByteRing, written), room(), wanted,
                [&](Address at, std::uint32_t done, std::uint32_t size) { Memory::put(at, from + done, size); });
  }
  // As many bytes as there are.
  std::uint32_t read(char* into, std::size_t wanted) {
    return move(offsetof(ByteRing, taken), filled(), wanted,
                [&](Address at, std::uint32_t done, std::uint32_t size) { Memory::get(into + done, at, size); });
  }

 private:
  static constexpr std::uint32_t capacity = rt::pipe_capacity;

  template <class Copy>
  std::uint32_t move(std::size_t counter, std::uint32_t possible, std::size_t wanted, Copy&& copy) {
    const auto count = static_cast<std::uint32_t>(std::min<std::size_t>(possible, wanted));
    const Address word = ring_ + static_cast<Address>(counter);
    const std::uint32_t before = Memory::load(word);
    for (std::uint32_t done = 0; done < count;) {
      const std::uint32_t at = (before + done) % capacity;
      const std::uint32_t size = std::min(count - done, capacity - at);
      copy(ring_ + static_cast<Address>(offsetof(ByteRing, bytes)) + at, done, size);
      done += size;
    }
    Memory::store(word, before + count);
    return count;
  }

  Address ring_;
};

}  // namespace interleave::live
