// Korean particles: which of two forms stands behind a word depends on the sound that the word ends with.
#pragma once

#include <string>
#include <string_view>

namespace interleave {

// How a word ends as it is read aloud: in a vowel, in a consonant, or in the consonant rieul (which some particles
// treat like a vowel). Hangul by its last syllable; figures and single capital letters by their Korean names; other
// Latin words by their last letter.
enum class Ending : std::uint8_t { open, closed, rieul };
[[nodiscard]] Ending ending_of(std::string_view word);

// Where `text` begins with both forms of a particle, as in "을(를)", returns how many bytes they take and the form that
// fits behind the word; else nothing ("" and 0).
struct Particle {
  std::string_view form;
  std::size_t length = 0;
};
[[nodiscard]] Particle particle_behind(std::string_view word, std::string_view text);

}  // namespace interleave
