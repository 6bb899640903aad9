// A configuration as a flat JSON object.
#include <nlohmann/json.hpp>

#include "core/utf8.h"
#include "session/key_values.h"

namespace interleave::session {
namespace {

// Reads as the parser goes, so that equal keys are seen (a parsed object would hold the last one
// only) and nesting is refused before it costs anything.
// The one form of JSON in the program: a second one would be compiled, and downloaded, once more.
class FlatReader : public nlohmann::json_sax<nlohmann::ordered_json> {
 public:
  explicit FlatReader(Listed& out) : out_(out) {}

  bool null() override { return refuse({"{key} is null.", "{key}의 값이 null입니다."}); }
  bool boolean(bool value) override { return take(value ? "on" : "off"); }
  bool number_integer(number_integer_t value) override { return take(std::to_string(value)); }
  bool number_unsigned(number_unsigned_t value) override { return take(std::to_string(value)); }
  bool number_float(number_float_t, const string_t& text) override { return take(text); }
  bool string(string_t& value) override { return take(std::move(value)); }
  bool binary(binary_t&) override { return false; }

  bool start_object(std::size_t) override {
    if (depth_++ == 0) return true;
    return refuse_nesting();
  }
  bool key(string_t& key) override {
    key_ = std::move(key);
    return true;
  }
  bool end_object() override {
    --depth_;
    return true;
  }
  bool start_array(std::size_t) override { return refuse_nesting(); }
  bool end_array() override { return true; }

  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
    out_.problems.push_back({"", fill({"This is not JSON: it stops making sense at byte {at}.",
                                       "JSON이 아닙니다. {at}번째 바이트부터 읽을 수 없습니다."},
                                      {{"at", static_cast<std::int64_t>(position)}})});
    return false;
  }

 private:
  bool take(std::string value) {
    if (depth_ == 0) return refuse_nesting();
    out_.pairs.push_back({std::exchange(key_, {}), std::move(value)});
    return out_.pairs.size() <= most_pairs;
  }
  bool refuse(Text pattern) {
    if (depth_ == 0) return refuse_nesting();
    out_.problems.push_back({quotable(key_), fill(pattern, {{"key", quotable(key_)}})});
    return true;
  }
  bool refuse_nesting() {
    out_.problems.push_back({quotable(key_), Text{"A configuration is one flat JSON object, such as "
                                                  "{\"workload\": \"counter\", \"threads\": 6}.",
                                                  "설정은 {\"workload\": \"counter\", \"threads\": 6}처럼 한 겹인 "
                                                  "JSON 객체여야 합니다."}});
    return false;
  }

  Listed& out_;
  std::string key_;
  int depth_ = 0;
};

}  // namespace

Listed from_json(std::string_view text) {
  Listed out;
  if (text.size() > longest_input) {
    out.problems.push_back({"", fill({"The JSON is {bytes} bytes long; at most {most} are read.",
                                      "JSON의 길이가 {bytes}바이트입니다. {most}바이트까지만 읽습니다."},
                                     {{"bytes", static_cast<std::int64_t>(text.size())},
                                      {"most", static_cast<std::int64_t>(longest_input)}})});
    return out;
  }
  FlatReader reader(out);
  // False means that a problem has been noted; the pairs read before it stand.
  static_cast<void>(nlohmann::ordered_json::sax_parse(text, &reader));
  return out;
}

std::string to_json(std::span<const KeyValue> pairs) {
  nlohmann::ordered_json out = nlohmann::ordered_json::object();
  for (const KeyValue& pair : pairs) {
    if (pair.value) {
      out[pair.key] = *pair.value;
    } else {
      out[pair.key] = true;
    }
  }
  return out.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace interleave::session
