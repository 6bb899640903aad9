// Bad input is answered with a sentence, not an exception: what was wrong and what is allowed.
#pragma once

#include <cassert>
#include <utility>
#include <variant>

#include "core/text.h"

namespace interleave {

struct Error {
  Words message;
};

struct Nothing {};

// Either a value or an Error. Reading the one that is not there is a bug and asserts.
template <class T = Nothing>
class [[nodiscard]] Result {
 public:
  Result(T value) : content_(std::in_place_index<0>, std::move(value)) {}      // NOLINT(google-explicit-constructor)
  Result(Error error) : content_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool ok() const { return content_.index() == 0; }
  explicit operator bool() const { return ok(); }

  [[nodiscard]] const T& value() const& { return assert(ok()), *std::get_if<0>(&content_); }
  [[nodiscard]] T& value() & { return assert(ok()), *std::get_if<0>(&content_); }
  [[nodiscard]] T&& value() && { return assert(ok()), std::move(*std::get_if<0>(&content_)); }
  [[nodiscard]] const Error& error() const { return assert(!ok()), *std::get_if<1>(&content_); }

 private:
  std::variant<T, Error> content_;
};

}  // namespace interleave
