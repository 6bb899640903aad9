// The value of a parameter: a number or a text.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace interleave {

// A text that many hold and nobody changes. A copy shares its letters, so that a run, each of its threads and each of
// an explorer's executions may keep one. Safe to copy and to read from every thread.
class SharedText {
 public:
  SharedText() = default;
  explicit SharedText(std::string text)
      : text_(text.empty() ? nullptr : std::make_shared<const std::string>(std::move(text))) {}
  explicit SharedText(std::string_view text) : SharedText(std::string(text)) {}
  explicit SharedText(const char* text) : SharedText(std::string(text)) {}

  // Valid as long as this text or a copy of it exists.
  [[nodiscard]] std::string_view view() const { return text_ == nullptr ? std::string_view{} : *text_; }
  [[nodiscard]] bool empty() const { return text_ == nullptr; }
  friend bool operator==(const SharedText& one, const SharedText& other) {
    return one.text_ == other.text_ || one.view() == other.view();
  }

 private:
  std::shared_ptr<const std::string> text_;  // null where it is empty
};

// A number: a count, nanoseconds, the index of an option, or 0 and 1. A text: UTF-8. Which of the two a parameter has
// is said by its kind.
class ParamValue {
 public:
  ParamValue() = default;
  ParamValue(std::int64_t number) : number_(number) {}  // NOLINT(google-explicit-constructor): numbers are values
  explicit ParamValue(SharedText text) : text_(std::move(text)) {}

  [[nodiscard]] std::int64_t number() const { return number_; }   // 0 of a text
  [[nodiscard]] const SharedText& text() const { return text_; }  // "" of a number
  friend bool operator==(const ParamValue&, const ParamValue&) = default;

 private:
  std::int64_t number_ = 0;
  SharedText text_;
};

using ParamValues = std::vector<ParamValue>;  // in the order of the declarations

}  // namespace interleave
