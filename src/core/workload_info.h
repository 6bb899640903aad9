// What every part of the program may know of a workload without knowing its code.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "core/params.h"
#include "core/text.h"

namespace interleave {

// The groups of the list at the left, in its order.
enum class Group : std::uint8_t { processes, threads_and_gil, shared_data, structure };
inline constexpr std::array groups{Group::processes, Group::threads_and_gil, Group::shared_data, Group::structure};

// In JSON.
[[nodiscard]] constexpr std::string_view key_of(Group group) {
  switch (group) {
    case Group::processes: return "processes";
    case Group::threads_and_gil: return "threads-and-gil";
    case Group::shared_data: return "shared-data";
    case Group::structure: return "structure";
  }
  return "";
}

[[nodiscard]] constexpr Text title_of(Group group) {
  switch (group) {
    case Group::processes: return {"Processes", "프로세스"};
    case Group::threads_and_gil: return {"Threads and the GIL", "스레드와 GIL"};
    case Group::shared_data: return {"Shared data", "공유 데이터"};
    case Group::structure: return {"Structure", "구조"};
  }
  return {"", ""};
}

struct WorkloadInfo {
  std::string_view id;  // in URLs, flags and file names
  Text title;
  Text summary;   // one sentence, under the title
  Text try_next;  // a question that invites to a next run
  Group group = Group::structure;
  std::vector<ParamSpec> params;
  std::vector<Preset> presets;
  // The simulator's policy to begin with, where another suits it better than the simulator's own default: what is about
  // time needs one that obeys the clock. "" for that default.
  std::string_view policy = {};
  // What happens where it goes wrong, as a clause: "Updates were lost" in so many of all runs. In Korean a predicate
  // that stands behind "so many times": "갱신이 사라졌다".
  std::optional<Text> mishap = std::nullopt;
  // What an exploration that fails offers to change, and to prove right in one press: its label is the button's. The
  // engine says nothing.
  std::optional<Preset> remedy = std::nullopt;
};

[[nodiscard]] constexpr Text label_of(Engine engine) {
  switch (engine) {
    case Engine::live: return {"Live", "실제 스레드"};
    case Engine::simulate: return {"Simulate", "시뮬레이션"};
    case Engine::explore: return {"Explore", "탐색"};
  }
  return {"", ""};
}

// In URLs, flags and JSON.
[[nodiscard]] constexpr std::string_view key_of(Engine engine) {
  switch (engine) {
    case Engine::live: return "live";
    case Engine::simulate: return "sim";
    case Engine::explore: return "explore";
  }
  return "";
}

}  // namespace interleave
