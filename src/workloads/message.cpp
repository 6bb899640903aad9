#include "workloads/message.h"

#include <algorithm>

namespace interleave::workloads::message {
namespace {

constexpr std::size_t word = 8;
constexpr std::size_t header = 5 * word;   // length, checksum, two times, how many numbers
constexpr std::size_t checked = 4 * word;  // from here on the checksum counts

void put(std::string& into, std::uint64_t value) {
  for (std::size_t at = 0; at < word; ++at) into.push_back(static_cast<char>((value >> (8 * at)) & 0xff));
}

// The word at a place that is there.
std::uint64_t word_at(std::string_view bytes, std::size_t at) {
  std::uint64_t out = 0;
  for (std::size_t byte = word; byte > 0; --byte) out = out << 8 | static_cast<unsigned char>(bytes[at + byte - 1]);
  return out;
}

// FNV-1a.
std::uint64_t checksum(std::string_view bytes) {
  std::uint64_t out = 0xcbf29ce484222325;
  for (const char byte : bytes) out = (out ^ static_cast<unsigned char>(byte)) * 0x100000001b3;
  return out;
}

}  // namespace

std::size_t size(const Message& message) { return header + message.numbers.size() * word + message.payload.size(); }

std::string encode(const Message& message) {
  std::string out;
  out.reserve(size(message));
  put(out, size(message));
  put(out, 0);  // the checksum's place
  put(out, static_cast<std::uint64_t>(message.times.coding));
  put(out, static_cast<std::uint64_t>(message.times.computing));
  put(out, message.numbers.size());
  for (const std::int64_t number : message.numbers) put(out, static_cast<std::uint64_t>(number));
  out += message.payload;
  std::string sum;
  put(sum, checksum(std::string_view(out).substr(checked)));
  out.replace(word, word, sum);
  return out;
}

void stamp(std::string& encoded, const Times& times) {
  std::string words;
  put(words, static_cast<std::uint64_t>(times.coding));
  put(words, static_cast<std::uint64_t>(times.computing));
  encoded.replace(2 * word, words.size(), words);
}

bool whole(std::string_view bytes) { return bytes.size() >= word && bytes.size() >= word_at(bytes, 0); }

std::optional<Message> decode(std::string_view bytes) {
  if (bytes.size() < header || word_at(bytes, 0) != bytes.size()) return std::nullopt;
  if (word_at(bytes, word) != checksum(bytes.substr(checked))) return std::nullopt;
  const std::uint64_t told = word_at(bytes, 4 * word);
  if (told > (bytes.size() - header) / word) return std::nullopt;
  const auto count = static_cast<std::size_t>(told);
  Message out;
  out.times = {static_cast<Nanoseconds>(word_at(bytes, 2 * word)), static_cast<Nanoseconds>(word_at(bytes, 3 * word))};
  for (std::size_t at = 0; at < count; ++at) {
    out.numbers.push_back(static_cast<std::int64_t>(word_at(bytes, header + at * word)));
  }
  out.payload = bytes.substr(header + count * word);
  return out;
}

std::string payload(std::int64_t bytes) {
  std::string out(static_cast<std::size_t>(bytes), '\0');
  std::uint32_t state = 1;
  std::ranges::generate(out, [&state] {
    state = state * 1'664'525U + 1'013'904'223U;
    return static_cast<char>(state >> 24U);
  });
  return out;
}

}  // namespace interleave::workloads::message
