#include "core/utf8.h"

namespace interleave {
namespace {

struct Character {
  std::size_t bytes = 1;
  bool valid = false;
  bool control = false;
};

bool continues(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
}

// The character that begins at `at`. An invalid one is a single byte long, so that a reader goes on
// behind it.
Character character_at(std::string_view text, std::size_t at) {
  const unsigned lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x80U) return {1, true, lead < 0x20U || lead == 0x7FU};
  const std::size_t bytes = lead >= 0xF0U ? 4 : lead >= 0xE0U ? 3 : 2;
  if (lead < 0xC2U || lead > 0xF4U) return {};
  for (std::size_t k = 1; k < bytes; ++k) {
    if (!continues(text, at + k)) return {};
  }
  const unsigned second = static_cast<unsigned char>(text[at + 1]);
  const bool overlong = (lead == 0xE0U && second < 0xA0U) || (lead == 0xF0U && second < 0x90U);
  const bool surrogate = lead == 0xEDU && second >= 0xA0U;
  const bool too_large = lead == 0xF4U && second >= 0x90U;
  if (overlong || surrogate || too_large) return {};
  return {bytes, true, lead == 0xC2U && second < 0xA0U};
}

}  // namespace

bool is_utf8(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const Character character = character_at(bytes, at);
    if (!character.valid) return false;
    at += character.bytes;
  }
  return true;
}

bool is_printable(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const Character character = character_at(bytes, at);
    if (!character.valid || character.control) return false;
    at += character.bytes;
  }
  return true;
}

bool is_plain_text(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const Character character = character_at(bytes, at);
    const bool allowed = !character.control || bytes[at] == '\n' || bytes[at] == '\t';
    if (!character.valid || !allowed) return false;
    at += character.bytes;
  }
  return true;
}

std::string quotable(std::string_view bytes, std::size_t longest) {
  std::string out;
  std::size_t count = 0;
  for (std::size_t at = 0; at < bytes.size(); ++count) {
    if (count == longest) return out + "\u2026";
    const Character character = character_at(bytes, at);
    if (character.valid && !character.control) {
      out.append(bytes.substr(at, character.bytes));
    } else {
      out.append("\uFFFD");
    }
    at += character.bytes;
  }
  return out;
}

}  // namespace interleave
