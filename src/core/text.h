// What the reader reads, in both languages. A Text is fixed at build time and cannot be made with one
// language missing; Words are put together at run time, from a Text and figures.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace interleave {

enum class Language : std::uint8_t { en, ko };

struct LanguageInfo {
  Language language;
  std::string_view key;       // in URLs, flags and JSON
  std::string_view own_name;  // as its own readers call it
  std::string_view mark;      // the same where there is little room
};
// In the order of Language.
inline constexpr std::array languages{LanguageInfo{Language::en, "en", "English", "EN"},
                                      LanguageInfo{Language::ko, "ko", "한국어", "KO"}};

[[nodiscard]] constexpr const LanguageInfo& info(Language language) {
  return languages[static_cast<std::size_t>(language)];
}
[[nodiscard]] constexpr std::string_view key_of(Language language) { return info(language).key; }
// None where no language has that key.
[[nodiscard]] constexpr std::optional<Language> language_of(std::string_view key) {
  for (const LanguageInfo& one : languages) {
    if (one.key == key) return one.language;
  }
  return std::nullopt;
}

// Both languages are required by the constructor. The characters must outlive the Text (literals do).
struct Text {
  std::string_view en;
  std::string_view ko;

  constexpr Text(std::string_view english, std::string_view korean) : en(english), ko(korean) {}
  [[nodiscard]] constexpr std::string_view in(Language language) const { return language == Language::ko ? ko : en; }
};

struct Words {
  std::string en;
  std::string ko;

  Words() = default;
  Words(std::string english, std::string korean) : en(std::move(english)), ko(std::move(korean)) {}
  Words(Text text) : en(text.en), ko(text.ko) {}  // NOLINT(google-explicit-constructor): a Text is Words
  [[nodiscard]] const std::string& in(Language language) const { return language == Language::ko ? ko : en; }
  [[nodiscard]] bool empty() const { return en.empty() && ko.empty(); }
  friend bool operator==(const Words&, const Words&) = default;
};

// One value for a "{name}" in a pattern. Integers are written with separators (6,000,000).
struct Fill {
  std::string_view name;
  Words value;

  Fill(std::string_view key, Words words) : name(key), value(std::move(words)) {}
  Fill(std::string_view key, std::string_view text) : name(key), value{std::string(text), std::string(text)} {}
  Fill(std::string_view key, std::int64_t number);
};

// Replaces each "{name}" in both languages of the pattern. A name without a value is a bug and asserts. Behind a value
// Korean particles are written with both forms, "{who}이(가) {what}을(를)", and the one that fits is taken: see
// core/particle.h.
[[nodiscard]] Words fill(Text pattern, std::initializer_list<Fill> values);

}  // namespace interleave
