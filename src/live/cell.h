// The memory of a shared variable on live.
#pragma once

#include <atomic>
#include <cstdint>

#include "trace/event.h"

namespace interleave::live {

// Natively a load or a store is a relaxed atomic access: a real race between threads, defined behaviour, and one
// plain instruction. WebAssembly has no relaxed order (an atomic access there is sequentially consistent and costs
// ten times a plain one), so there CMake sets INTERLEAVE_PLAIN_CELLS and they are volatile accesses of 32 bits, or
// "no lock" would look dearer than "atomic" and teach the opposite of the truth. A load or a store that asks for an
// order gets at least that everywhere, and fetch_add and compare_exchange are atomic everywhere. The orders are
// constants where bodies are compiled, so that asking for none costs nothing. Alone on its cache line, so that only
// what is meant to contend does.
class alignas(64) Cell {
 public:
  explicit Cell(std::int32_t initial) : value_(initial) {}

#ifdef INTERLEAVE_PLAIN_CELLS
  [[nodiscard]] std::int32_t load(trace::Order order = trace::Order::relaxed) const {
    return trace::is_plain(order) ? value_ : __atomic_load_n(&value_, __ATOMIC_SEQ_CST);
  }
  void store(std::int32_t value, trace::Order order = trace::Order::relaxed) {
    if (trace::is_plain(order)) {
      value_ = value;
    } else {
      __atomic_store_n(&value_, value, __ATOMIC_SEQ_CST);
    }
  }
  std::int32_t fetch_add(std::int32_t amount) { return __atomic_fetch_add(&value_, amount, __ATOMIC_SEQ_CST); }
  bool compare_exchange(std::int32_t expected, std::int32_t desired) {
    return __atomic_compare_exchange_n(&value_, &expected, desired, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
  }

 private:
  volatile std::int32_t value_;
#else
  [[nodiscard]] std::int32_t load(trace::Order order = trace::Order::relaxed) const {
    if (trace::is_plain(order)) return value_.load(std::memory_order_relaxed);
    return value_.load(order == trace::Order::acquire ? std::memory_order_acquire : std::memory_order_seq_cst);
  }
  void store(std::int32_t value, trace::Order order = trace::Order::relaxed) {
    if (trace::is_plain(order)) return value_.store(value, std::memory_order_relaxed);
    value_.store(value, order == trace::Order::release ? std::memory_order_release : std::memory_order_seq_cst);
  }
  std::int32_t fetch_add(std::int32_t amount) { return value_.fetch_add(amount, std::memory_order_seq_cst); }
  bool compare_exchange(std::int32_t expected, std::int32_t desired) {
    return value_.compare_exchange_strong(expected, desired, std::memory_order_seq_cst);
  }

 private:
  std::atomic<std::int32_t> value_;
#endif
};

}  // namespace interleave::live
