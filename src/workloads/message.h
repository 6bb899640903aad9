// Messages between processes, as bytes: numbers, times, and a payload, with a length in front and a checksum.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.h"

namespace interleave::workloads::message {

struct Times {
  Nanoseconds coding = 0;
  Nanoseconds computing = 0;
};
// The payload is a view: of the sender's text, or of the bytes that were decoded.
struct Message {
  std::vector<std::int64_t> numbers;
  Times times;
  std::string_view payload;
};

// How many bytes it is when encoded.
[[nodiscard]] std::size_t size(const Message& message);
[[nodiscard]] std::string encode(const Message& message);
// Writes times into an encoded message: the checksum leaves them out, so that they may say how long encoding took.
void stamp(std::string& encoded, const Times& times);
// Whether the bytes hold all of the message that they begin.
[[nodiscard]] bool whole(std::string_view bytes);
// None where they are not exactly one message, or its checksum differs.
[[nodiscard]] std::optional<Message> decode(std::string_view bytes);
// So many bytes, always the same; of a longer one they are the beginning.
[[nodiscard]] std::string payload(std::int64_t bytes);

}  // namespace interleave::workloads::message
