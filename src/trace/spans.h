// What one participant was doing, one span after another: 16 bytes each, since a run may have millions of them.
#pragma once

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <vector>

#include "core/ids.h"
#include "core/time.h"
#include "trace/event.h"

namespace interleave::trace {

struct Span {
  Nanoseconds begin = 0;
  Nanoseconds end = 0;  // equal to begin while the span is still open and nothing later is known
  ThreadId cause;       // who made it possible, or has what is waited for, where that is known
  ObjectId object;      // what is waited for, where the state waits for something that has a holder
  State state = State::idle;
};

// Spans in time order. Each ends where the next one begins, so only beginnings are kept, and the end of the last. Not
// for several threads at a time.
class Spans {
 public:
  // Of bytes kept for each span, not counting what a vector has in reserve (an eighth at most).
  static constexpr std::size_t bytes_each = 16;

  [[nodiscard]] std::size_t size() const { return marks_.size(); }
  [[nodiscard]] bool empty() const { return marks_.empty(); }
  [[nodiscard]] Nanoseconds begin_of(std::size_t at) const { return marks_[at].begin(); }
  [[nodiscard]] Nanoseconds end_of(std::size_t at) const {
    return at + 1 < marks_.size() ? marks_[at + 1].begin() : end_;
  }
  [[nodiscard]] State state_of(std::size_t at) const { return marks_[at].state(); }
  [[nodiscard]] Span operator[](std::size_t at) const {
    const Mark& mark = marks_[at];
    return {mark.begin(), end_of(at), mark.cause, mark.object, mark.state()};
  }
  [[nodiscard]] Span front() const { return (*this)[0]; }
  [[nodiscard]] Span back() const { return (*this)[size() - 1]; }
  [[nodiscard]] std::size_t bytes() const { return marks_.capacity() * sizeof(Mark); }

  // How many spans begin at that time or before. One and more: the last of them is what was going on then.
  [[nodiscard]] std::size_t begun_by(Nanoseconds time) const {
    const auto after = std::ranges::upper_bound(marks_, time, {}, &Mark::begin);
    return static_cast<std::size_t>(after - marks_.begin());
  }

  // Begins a span, and ends the last one there. Not before that one began, and not before 0.
  void push(Nanoseconds begin, State state, ObjectId object = ObjectId::none(), ThreadId cause = ThreadId::none()) {
    assert(begin >= 0 && (marks_.empty() || begin >= marks_.back().begin()));
    // Doubling would keep up to twice of what there is.
    if (marks_.size() == marks_.capacity()) marks_.reserve(marks_.size() + std::max(least_more, marks_.size() / 8));
    marks_.push_back(Mark::of(begin, state, object, cause));
    end_ = begin;
  }
  // Of the last span.
  void set_end(Nanoseconds end) { end_ = end; }
  // Takes the last span away, so that the one before it is open at the time where that had begun.
  void pop() {
    end_ = marks_.back().begin();
    marks_.pop_back();
  }

  class Iterator {
   public:
    using iterator_concept = std::forward_iterator_tag;
    using value_type = Span;
    using difference_type = std::ptrdiff_t;

    Iterator() = default;
    Iterator(const Spans& spans, std::size_t at) : spans_(&spans), at_(at) {}
    Span operator*() const { return (*spans_)[at_]; }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    Iterator operator++(int) {
      const Iterator before = *this;
      ++at_;
      return before;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.at_ == b.at_; }

   private:
    const Spans* spans_ = nullptr;
    std::size_t at_ = 0;
  };
  [[nodiscard]] Iterator begin() const { return {*this, 0}; }
  [[nodiscard]] Iterator end() const { return {*this, size()}; }

 private:
  // Sixty bits of nanoseconds are 36 years.
  struct Mark {
    std::uint64_t begin_and_state = 0;
    ObjectId object;
    ThreadId cause;

    static Mark of(Nanoseconds begin, State state, ObjectId object, ThreadId cause) {
      return {(static_cast<std::uint64_t>(begin) << 4U) | static_cast<std::uint64_t>(state), object, cause};
    }
    [[nodiscard]] Nanoseconds begin() const { return static_cast<Nanoseconds>(begin_and_state >> 4U); }
    [[nodiscard]] State state() const { return static_cast<State>(begin_and_state & 15U); }
  };
  static_assert(sizeof(Mark) == bytes_each);
  static constexpr std::size_t least_more = 4;

  std::vector<Mark> marks_;
  Nanoseconds end_ = 0;  // of the last
};

}  // namespace interleave::trace
