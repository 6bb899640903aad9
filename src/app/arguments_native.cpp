#include "app/arguments_native.h"

#include <charconv>

#include <CLI/CLI.hpp>

namespace interleave::app {
namespace {

// role:key or role:key=value
Act read_act(const std::string& text) {
  const std::size_t colon = text.find(':');
  const std::size_t equals = text.find('=', colon);
  Act out{text.substr(0, colon), {}, std::nullopt};
  if (colon != std::string::npos)
    out.key = text.substr(colon + 1, equals == std::string::npos ? std::string::npos : equals - colon - 1);
  if (equals != std::string::npos) out.value = text.substr(equals + 1);
  return out;
}

// Two numbers with a separator between them, and nothing else.
template <class Number>
std::optional<std::pair<Number, Number>> read_pair(const std::string& text, char separator) {
  std::pair<Number, Number> out;
  const char* const end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, out.first);
  if (first.ec != std::errc() || first.ptr == end || *first.ptr != separator) return std::nullopt;
  const auto second = std::from_chars(first.ptr + 1, end, out.second);
  if (second.ec != std::errc() || second.ptr != end) return std::nullopt;
  return out;
}

std::string check_size(const std::string& text) {
  const auto size = read_pair<int>(text, 'x');
  const bool fine = size && size->first >= 64 && size->second >= 64 && size->first <= 16384 && size->second <= 16384;
  return fine ? "" : "takes a width and a height from 64 to 16384, such as 1440x900, not \"" + text + "\"";
}
std::string check_place(const std::string& text) {
  return read_pair<float>(text, ',') ? "" : "takes a place such as 120,340, not \"" + text + "\"";
}

}  // namespace

Arguments read_arguments(int count, char** arguments) {
  Arguments out;
  CLI::App cli{"Interleave in a window of its own."};
  cli.allow_extras();
  cli.footer("Every other flag is a parameter, as in `interleave run`: --workload deadlock --engine sim --threads 3.");
  std::string size;
  std::string theme;
  std::string language;
  std::string hover;
  std::vector<std::string> acts;
  cli.add_option("--size", size, "Width and height, in points")->type_name("WxH")->check(check_size);
  cli.add_option("--scale", out.scale, "Device pixels per point")->type_name("FACTOR")->check(CLI::Range(0.5, 4.0));
  cli.add_flag("--code", out.app.look.code, "Opens the source");
  cli.add_flag("--embedded", out.app.look.embedded, "As it looks in somebody else's page");
  cli.add_option("--controls", out.app.look.controls, "Where only the main controls fit: keys of those, or none")
      ->delimiter(',')
      ->type_name("KEYS");
  cli.add_option("--theme", theme, "light or dark")->type_name("")->check(CLI::IsMember({"light", "dark"}));
  std::vector<std::string> known;
  for (const LanguageInfo& one : languages) known.emplace_back(one.key);
  cli.add_option("--lang", language, "Of what is shown")->check(CLI::IsMember(known));
  cli.add_option("--screenshot", out.screenshot, "Draws into a PNG file and shows no window")->type_name("FILE");
  cli.add_option("--act", acts, "Before the picture: presses or sets a control; may be repeated")
      ->type_name("ROLE:KEY[=VALUE]")
      ->allow_extra_args(false);
  cli.add_option("--hover", hover, "In the picture: where the pointer stands")->type_name("X,Y")->check(check_place);
  cli.add_option("--state", out.state_file, "After the picture: writes what is on the screen, as JSON")
      ->type_name("FILE");
  try {
    cli.parse(count, arguments);
  } catch (const CLI::ParseError& error) {
    out.exit_code = cli.exit(error) == 0 ? 0 : 2;
    return out;
  }
  if (const auto pair = read_pair<int>(size, 'x')) std::tie(out.window.width, out.window.height) = *pair;
  if (out.scale > 0) {
    out.window.width = static_cast<int>(static_cast<float>(out.window.width) * out.scale);
    out.window.height = static_cast<int>(static_cast<float>(out.window.height) * out.scale);
  }
  if (!theme.empty()) out.app.look.theme = theme == "light" ? view::ThemeKind::light : view::ThemeKind::dark;
  if (!language.empty()) out.app.look.language = *language_of(language);
  if (const auto pair = read_pair<float>(hover, ',')) out.hover = view::Point{pair->first, pair->second};
  for (const std::string& act : acts) out.acts.push_back(read_act(act));
  out.window.hidden = out.app.reduced_motion = !out.screenshot.empty();
  out.rest = cli.remaining();
  return out;
}

}  // namespace interleave::app
