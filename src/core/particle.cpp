#include "core/particle.h"

#include <array>

namespace interleave {
namespace {

struct Forms {
  std::string_view both;
  std::string_view closed;
  std::string_view open;
  bool rieul_is_open = false;
};
constexpr std::array particles{
    Forms{"을(를)", "을", "를"}, Forms{"이(가)", "이", "가"},         Forms{"은(는)", "은", "는"},
    Forms{"과(와)", "과", "와"}, Forms{"(으)로", "으로", "로", true}, Forms{"(이)라", "이라", "라"},
};

// The last syllable's code point, where it is one of Hangul's composed syllables.
Ending ending_of_hangul(std::string_view word) {
  constexpr std::uint32_t first = 0xAC00;
  constexpr std::uint32_t finals = 28;
  constexpr std::uint32_t rieul = 8;
  const auto byte = [&](std::size_t from_end) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(word[word.size() - from_end]));
  };
  const std::uint32_t code = ((byte(3) & 0x0FU) << 12U) | ((byte(2) & 0x3FU) << 6U) | (byte(1) & 0x3FU);
  if (code < first || code > 0xD7A3) return Ending::open;
  const std::uint32_t final = (code - first) % finals;
  if (final == 0) return Ending::open;
  return final == rieul ? Ending::rieul : Ending::closed;
}

}  // namespace

Ending ending_of(std::string_view word) {
  // As read aloud: il, i, sam, sa, o, yuk, chil, pal, gu; and a zero ends yeong, sip, baek, cheon or man.
  constexpr std::string_view closed = "036MNmnkptbd";
  constexpr std::string_view rieul = "178LRl";
  while (!word.empty() && (word.back() == '`' || word.back() == '"' || word.back() == ')')) word.remove_suffix(1);
  if (word.empty()) return Ending::open;
  const char last = word.back();
  if (static_cast<unsigned char>(last) >= 0x80) return word.size() < 3 ? Ending::open : ending_of_hangul(word);
  if (closed.find(last) != std::string_view::npos) return Ending::closed;
  return rieul.find(last) != std::string_view::npos ? Ending::rieul : Ending::open;
}

Particle particle_behind(std::string_view word, std::string_view text) {
  for (const Forms& forms : particles) {
    if (!text.starts_with(forms.both)) continue;
    const Ending ending = ending_of(word);
    const bool open = ending == Ending::open || (ending == Ending::rieul && forms.rieul_is_open);
    return {open ? forms.open : forms.closed, forms.both.size()};
  }
  return {};
}

}  // namespace interleave
