// What the reference counts' stage shows at one instant of a simulated run: what each object's count says, and which
// references there really are. Worked out from the trace alone. Pure: no drawing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "stages/common/view.h"
#include "workloads/refcount.h"

namespace interleave::stages {

// How far a thread is with its reference: it looks at the object, counts up, uses the object, counts down.
enum class RefStep : std::uint8_t { none, up, use, down, freeing, merging };

struct RefActor {
  ThreadId id;
  std::string letter;
  Words name;
  trace::State state = trace::State::idle;
  RefStep step = RefStep::none;
  std::size_t object = 0;            // the one it is at; without meaning where step is none
  bool holds = false;                // a reference, counted or not
  bool dangling = false;             // what it refers to has been freed
  std::optional<std::int64_t> hand;  // a count that it has read and not yet written
  bool stale = false;                // the count is another by now
  bool begun = false;
  bool ended = false;
  bool is_next = false;         // the next step of the run is this one's
  bool waits = false;           // for the object's lock, or for the GIL
  std::int64_t generation = 0;  // of its object, when it began with it
};

struct RefObject {
  Words name;
  std::int64_t count = 1;              // with biased counting the owner's half
  std::optional<std::int64_t> shared;  // with biased counting the others' half
  bool merged = false;                 // with biased counting: the shared half is the whole
  bool merging = false;                // the owner's half is on its way into the shared one
  std::int64_t generation = 0;         // how often it was freed
  std::int64_t freed_early = 0;        // of these, while there was a reference
  std::int64_t used_late = 0;          // how often it was used after that
  bool table = true;                   // the table's own reference
  bool being_freed = false;
  bool gone = false;                  // freed after its last reference
  std::vector<std::size_t> holders;   // actors with a reference to what is there now
  std::vector<std::size_t> dangling;  // actors with a reference to what was freed
  std::optional<std::size_t> locked_by;

  [[nodiscard]] std::int64_t counted() const { return count + shared.value_or(0); }
  [[nodiscard]] std::int64_t references() const { return static_cast<std::int64_t>(holders.size()) + (table ? 1 : 0); }
  // Between two steps that belong together a count says nothing.
  [[nodiscard]] bool settled() const { return !merging && !being_freed; }
  [[nodiscard]] bool wrong() const { return settled() && counted() != references(); }
};

// What the last step of the run did to an object.
enum class RefEvent : std::uint8_t {
  none,
  looked,       // wants a reference
  read_up,      // has read the count, to take a reference
  took,         // has a reference now
  used,         // uses the object
  used_late,    // would use it, but it has been freed
  read_down,    // has read the count, to drop its reference
  dropped,      // its reference is gone
  zero,         // the same, and the count is zero: it will free the object
  freed,        // has freed the object
  remade,       // has put another in its place, for the table
  merge_read,   // the owner has read its half
  merge_took,   // has emptied it
  merged,       // has put it into the shared half
  table_read,   // the table goes
  table_drops,  // and its reference with it
  freed_last,   // nobody is left, and the object is freed
};

struct RefcountScene {
  workloads::Refcount::Params params;
  std::vector<RefActor> actors;
  std::vector<RefObject> objects;
  RefEvent last = RefEvent::none;
  std::optional<std::size_t> last_actor;  // none: the main thread
  std::size_t last_object = 0;
  std::int64_t last_value = 0;  // read or written
  bool last_lost = false;       // it was written over another count than the one read
  bool finished = false;
  Words sentence;  // what just happened
  Words emphasis;  // what it means
  Tone emphasis_tone = Tone::bad;

  [[nodiscard]] bool biased() const { return params.counting == workloads::Refcount::Counting::biased; }
  [[nodiscard]] std::int64_t freed_early() const;
  [[nodiscard]] std::int64_t used_late() const;
  [[nodiscard]] std::size_t wrong() const;  // objects whose count is wrong now
};

// The chosen thread is the reader's choice for the next step, where there is one. Without a trace, as at the start.
[[nodiscard]] RefcountScene make_refcount_scene(const Model& model, RunView& run, ThreadId chosen);

}  // namespace interleave::stages
