#include "cli/help.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/param_kinds.h"
#include "core/time.h"
#include "core/workload_info.h"

namespace interleave::cli {
namespace {

constexpr Option option_of(const LanguageInfo& language) {
  const Text name{language.own_name, language.own_name};
  return {language.key, name, name};
}

template <std::size_t... at>
constexpr auto options_of(std::index_sequence<at...>) {
  return std::array{option_of(languages[at])...};
}
constexpr std::array language_options = options_of(std::make_index_sequence<languages.size()>{});

std::string defaults_of(const ParamSpec& spec, std::span<const Engine> engines, Language language) {
  const auto value = [&](Engine engine) {
    const ParamValue one = spec.default_on(engine);
    return spec.kind == ParamKind::text ? show_value(spec, one).in(language) : print_value(spec, one);
  };
  const bool all_equal = std::ranges::all_of(
      engines, [&](Engine engine) { return spec.default_on(engine) == spec.default_on(engines.front()); });
  if (all_equal) return value(engines.front());
  std::string out;
  for (const Engine engine : engines) {
    out.append(out.empty() ? "" : ", ").append(value(engine));
    out.append(" (").append(key_of(engine)).append(")");
  }
  return out;
}

}  // namespace

std::vector<ParamSpec> program_flags() {
  constexpr Nanoseconds hour = 3600 * second;
  return {
      integer("repeat", {"Repeat", "반복 실행"},
              {"Runs it so often, each time with the next seed, and counts the outcomes.",
               "이만큼 돌리며 매번 다음 시드를 쓰고, 결과를 센다."},
              1, 100'000, {1, 1, 1}),
      duration("timeout", {"Time limit", "제한 시간"},
               {"Real time after which a run is stopped; 0ns for none.", "이 시간이 지나면 멈춘다. 0ns면 없다."}, 0,
               hour, {0, 0, 0}),
      toggle("json", {"JSON", "JSON"}, {"Prints JSON instead of tables.", "표 대신 JSON을 낸다."}, {0, 0, 0}),
      toggle("csv", {"CSV", "CSV"}, {"Prints a line of numbers for each run.", "실행마다 숫자 한 줄을 낸다."},
             {0, 0, 0}),
      toggle("expect-ok", {"Expect success", "성공을 기대"},
             {"Exit code 1 where the outcome is anything but ok.", "결과가 정상이 아니면 종료 코드가 1이다."},
             {0, 0, 0}),
      choice("lang", {"Language", "언어"}, {"Of what is printed.", "출력하는 말."}, language_options, {0, 0, 0}),
  };
}

std::string describe(const ParamSpec& spec, std::span<const Engine> engines, Language language) {
  std::string out = std::string(spec.label.in(language)) + ". " + std::string(spec.hint.in(language));
  if (spec.kind == ParamKind::toggle) return out;
  const Fill usual{"default", std::string_view(defaults_of(spec, engines, language))};
  if (!spec.options.empty()) {
    for (const Option& option : spec.options) {
      out.append("\n  ").append(option.key).append(": ").append(option.hint.in(language));
    }
    return out + "\n" + fill({"Default: {default}.", "기본값: {default}."}, {usual}).in(language);
  }
  if (spec.kind == ParamKind::text) {
    constexpr Text ways{"@FILE reads it from a file, - from the standard input; @=TEXT is TEXT as it stands.",
                        "@FILE은 파일에서, -는 표준 입력에서 읽는다. @=TEXT는 TEXT를 있는 그대로 쓴다."};
    out.append("\n").append(ways.in(language));
  }
  return out + "\n" +
         fill({"{allowed}. Default: {default}.", "{allowed}. 기본값: {default}."},
              {{"allowed", allowed_values(spec)}, usual})
             .in(language);
}

std::string placeholder(const ParamSpec& spec) {
  if (spec.options.empty()) return std::string(traits_of(spec.kind).placeholder);
  std::string out;
  for (const Option& option : spec.options) out.append(out.empty() ? "" : "|").append(option.key);
  return out;
}

}  // namespace interleave::cli
