// The memory of a shared variable on live.
#pragma once

#include <atomic>
#include <cstdint>

namespace interleave::live {

// Natively a load or a store is a relaxed atomic access: a real race between threads, defined behaviour, and one
// plain instruction. WebAssembly has no relaxed order (an atomic access there is sequentially consistent and costs
// ten times a plain one), so there CMake sets INTERLEAVE_PLAIN_CELLS and they are volatile accesses of 32 bits, or
// "no lock" would look dearer than "atomic" and teach the opposite of the truth. fetch_add and compare_exchange are
// atomic everywhere. Alone on its cache line, so that only what is meant to contend does.
class alignas(64) Cell {
 public:
  explicit Cell(std::int32_t initial) : value_(initial) {}

#ifdef INTERLEAVE_PLAIN_CELLS
  [[nodiscard]] std::int32_t load() const { return value_; }
  void store(std::int32_t value) { value_ = value; }
  std::int32_t fetch_add(std::int32_t amount) { return __atomic_fetch_add(&value_, amount, __ATOMIC_SEQ_CST); }
  bool compare_exchange(std::int32_t expected, std::int32_t desired) {
    return __atomic_compare_exchange_n(&value_, &expected, desired, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
  }

 private:
  volatile std::int32_t value_;
#else
  [[nodiscard]] std::int32_t load() const { return value_.load(std::memory_order_relaxed); }
  void store(std::int32_t value) { value_.store(value, std::memory_order_relaxed); }
  std::int32_t fetch_add(std::int32_t amount) { return value_.fetch_add(amount, std::memory_order_seq_cst); }
  bool compare_exchange(std::int32_t expected, std::int32_t desired) {
    return value_.compare_exchange_strong(expected, desired, std::memory_order_seq_cst);
  }

 private:
  std::atomic<std::int32_t> value_;
#endif
};

}  // namespace interleave::live
