#include "sim/schedule.h"

#include "core/utf8.h"

namespace interleave::sim {
namespace {

constexpr std::uint32_t last_letter = 26;
constexpr std::uint32_t most_threads = 1'000'000;

// A letter of Hangul has three bytes, and is quoted whole.
std::string letter_at(std::string_view text, std::size_t at) {
  std::size_t bytes = 1;
  while (at + bytes < text.size() && (static_cast<unsigned char>(text[at + bytes]) & 0xC0U) == 0x80U) ++bytes;
  return quotable(text.substr(at, bytes));
}

Error bad_place(std::string_view text, std::size_t at) {
  const std::string what = at < text.size() ? letter_at(text, at) : std::string{};
  return {fill({"The schedule cannot be read at character {at} (\"{what}\"). It is made of threads (@, A to Z, (27)) "
                "with counts, like A2BA3, and ends with '.' or '-'.",
                "일정의 {at}번째 글자(\"{what}\")를 읽을 수 없습니다. 일정은 A2BA3처럼 스레드(@, A–Z, (27))와 "
                "횟수로 이루어지고 '.'이나 '-'로 끝납니다."},
               {{"at", static_cast<std::int64_t>(at + 1)}, {"what", std::string_view(what)}})};
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Reads a number at `at` and moves past it; false where there is none or it is too large.
bool read_count(std::string_view text, std::size_t& at, std::uint64_t limit, std::uint32_t& out) {
  std::uint64_t value = 0;
  const std::size_t begin = at;
  while (at < text.size() && is_digit(text[at])) {
    value = value * 10 + static_cast<std::uint64_t>(text[at++] - '0');
    if (value > limit) return false;
  }
  out = static_cast<std::uint32_t>(value);
  return at > begin;
}

bool read_thread(std::string_view text, std::size_t& at, std::uint32_t& out) {
  const char c = text[at];
  if (c >= '@' && c <= 'Z') {
    out = static_cast<std::uint32_t>(c - '@');
    ++at;
    return true;
  }
  if (c != '(') return false;
  ++at;
  if (!read_count(text, at, most_threads - 1, out) || at >= text.size() || text[at] != ')') return false;
  ++at;
  return true;
}

}  // namespace

std::string schedule_name(std::uint32_t thread) {
  if (thread <= last_letter) return std::string(1, static_cast<char>('@' + thread));
  std::string out = "(";
  out += std::to_string(thread);
  return out += ')';
}

std::string print_schedule(const Schedule& schedule) {
  std::string out = schedule.timed ? "~" : "";
  for (const Machine::Choice& choice : schedule.choices) {
    out += schedule_name(choice.thread);
    if (choice.count != 1) out += std::to_string(choice.count);
  }
  return out + (schedule.whole ? "." : "-");
}

Schedule schedule_of(const Machine& machine) {
  Schedule out;
  out.timed = machine.timed();
  out.whole = machine.choices_complete() && (machine.over() || machine.hung());
  out.choices = machine.choices();
  return out;
}

Result<> check_schedule(std::string_view text) {
  const Result<Schedule> schedule = parse_schedule(text);
  return schedule ? Result<>(Nothing{}) : Result<>(schedule.error());
}

Result<Schedule> parse_schedule(std::string_view text) {
  Schedule out;
  std::size_t at = 0;
  if (text.starts_with('~')) {
    out.timed = true;
    ++at;
  }
  while (at < text.size()) {
    if (text[at] == '.' || text[at] == '-') {
      if (at + 1 != text.size()) return bad_place(text, at + 1);
      out.whole = text[at] == '.';
      return out;
    }
    const std::size_t begin = at;
    Machine::Choice choice{0, 1};
    if (!read_thread(text, at, choice.thread)) return bad_place(text, begin);
    if (at < text.size() && is_digit(text[at])) {
      const std::size_t digits = at;
      if (!read_count(text, at, UINT32_MAX, choice.count) || choice.count == 0) return bad_place(text, digits);
    }
    out.choices.push_back(choice);
  }
  return Error{Text{"The schedule has lost its end: it must end with '.' (a whole run) or '-' (its first steps).",
                    "일정의 끝이 잘렸습니다. '.'(끝까지)이나 '-'(처음 일부)로 끝나야 합니다."}};
}

}  // namespace interleave::sim
