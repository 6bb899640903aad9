#include "core/text.h"

#include <algorithm>
#include <cassert>

#include "core/format.h"
#include "core/particle.h"

namespace interleave {
namespace {

std::string fill_one(std::string_view pattern, std::initializer_list<Fill> values, Language language) {
  std::string out;
  std::size_t at = 0;
  while (at < pattern.size()) {
    const std::size_t open = pattern.find('{', at);
    const std::size_t close = open == std::string_view::npos ? open : pattern.find('}', open);
    if (close == std::string_view::npos) break;
    out.append(pattern.substr(at, open - at));
    const std::string_view name = pattern.substr(open + 1, close - open - 1);
    const auto* found =
        std::find_if(values.begin(), values.end(), [&](const Fill& value) { return value.name == name; });
    assert(found != values.end() && "a pattern names a value that was not given");
    at = close + 1;
    if (found == values.end()) continue;
    out.append(found->value.in(language));
    const Particle particle = particle_behind(out, pattern.substr(at));
    out.append(particle.form);
    at += particle.length;
  }
  out.append(pattern.substr(at));
  return out;
}

}  // namespace

Fill::Fill(std::string_view key, std::int64_t number) : name(key), value{format_count(number), format_count(number)} {}

Words fill(Text pattern, std::initializer_list<Fill> values) {
  return {fill_one(pattern.en, values, Language::en), fill_one(pattern.ko, values, Language::ko)};
}

}  // namespace interleave
