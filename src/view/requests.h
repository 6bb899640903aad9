// What the reader asks for on the canvas. Views put requests into a list, and the app carries them out.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "core/ids.h"
#include "core/params.h"
#include "core/text.h"
#include "core/time.h"

namespace interleave::view {

struct RunRequest {};
struct StopRequest {};
struct ResetRequest {};
struct StepRequest {
  ThreadId thread;  // none: whichever the policy chooses
};
struct SelectWorkload {
  std::string workload;
};
struct SelectEngine {
  Engine engine;
};
struct SetParameter {
  std::string key;  // of the workload or of the engine
  ParamValue value;
};
struct SelectPreset {
  std::string preset;  // of the workload; "" for all defaults
};
struct WatchSchedule {
  std::string schedule;  // of this configuration, to be stepped through on the simulator
};
struct PlayUntil {
  Nanoseconds time = 0;  // virtual: a simulated run goes on by steps until its clock stands there
};
struct FollowSchedule {
  std::string schedule;  // as it was typed, for the run's configuration: followed from the start
};
// What can be taken away of a run: its trace for Perfetto, its result, the runs of this session as a table, the stage.
enum class ExportKind : std::uint8_t { trace, json, csv, picture };
struct ExportRequest {
  ExportKind kind = ExportKind::trace;
  Language language = Language::en;  // of sentences in it
};
// The configuration again and again; the n-th time with the n-th seed, where the engine has one.
struct RepeatRun {
  int count = 1;
};
// One parameter, of the workload or of the engine, at one value after the other, `repeat` runs each. Stopped, as a run,
// by StopRequest.
struct SweepRun {
  std::string key;
  std::vector<std::int64_t> values;
  int repeat = 1;
};
struct GoOnRequest {};  // with an exploration that was stopped or has spent its budget: as much again
// What the workload offers to make an exploration's failure go away, explored at once.
struct TryRemedy {};
struct CloseSeries {};  // what came of the last repeat or sweep has been seen; stops one that still goes on
// The configuration of an earlier run, which the history counts by this number.
struct RestoreRun {
  std::uint64_t number = 0;
};
// A link to this configuration, to wherever the platform puts such things; or the whole page, from an embedded one.
struct ShareRequest {
  bool whole_page = false;
};
struct LessonRequest {};  // the lesson of the workload, to wherever the platform shows such things
using Request =
    std::variant<RunRequest, StopRequest, ResetRequest, StepRequest, SelectWorkload, SelectEngine, SetParameter,
                 SelectPreset, WatchSchedule, PlayUntil, FollowSchedule, RepeatRun, SweepRun, GoOnRequest, TryRemedy,
                 CloseSeries, RestoreRun, ExportRequest, ShareRequest, LessonRequest>;

}  // namespace interleave::view
