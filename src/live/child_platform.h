// What a platform does for child processes: processes of the system natively, Workers in a browser or Node. What a
// parent makes of it stands once, in children.cpp.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "live/children.h"

namespace interleave::live {

// One child. Used by its parent's thread alone; nothing here waits but reap(). At its end it kills and reaps what has
// not been.
class ChildProcess {
 public:
  ChildProcess() = default;
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;
  virtual ~ChildProcess() = default;

  // What it has told about itself since the last call. False once it has ended.
  virtual bool listen(const std::function<void(const ChildNews&)>& hear) = 0;
  // Some bytes of its stdout or stderr; none where no more will come; nothing where that is still open.
  virtual std::optional<std::string> read(rt::Pipe pipe) = 0;
  // How many of these bytes went into its stdin, none where there is no room now; nothing where nobody reads it any
  // more.
  virtual std::optional<std::size_t> write(std::string_view bytes) = 0;
  virtual void close_input() = 0;
  virtual void kill() = 0;
  // Waits until nothing of it is left. Its return code; nothing where it never came to be.
  virtual std::optional<int> reap() = 0;

  // Whether it waits for what its parent alone could do, and will not do by these wishes.
  [[nodiscard]] bool is_stuck(const rt::Talk& talk) const;
  [[nodiscard]] bool& is_open(rt::Pipe pipe) { return open_.at(static_cast<std::size_t>(pipe)); }
  [[nodiscard]] bool is_open(rt::Pipe pipe) const { return open_.at(static_cast<std::size_t>(pipe)); }
  [[nodiscard]] std::int64_t& moved_in(rt::Pipe pipe) { return moved_.at(static_cast<std::size_t>(pipe)); }

  std::optional<ChildNews> blocked;  // what it said last, where it was that
  bool killed = false;
  std::optional<int> code;  // once it has been reaped

 private:
  std::array<bool, rt::pipe_count> open_{true, true, true};  // of stdout and stderr: not read to the end
  std::array<std::int64_t, rt::pipe_count> moved_{};         // bytes, by its parent
};

// Where a parent's thread starts its children and waits for any of them.
class ChildPlatform {
 public:
  ChildPlatform() = default;
  ChildPlatform(const ChildPlatform&) = delete;
  ChildPlatform& operator=(const ChildPlatform&) = delete;
  virtual ~ChildPlatform() = default;

  // Null where there can be no more beside the `alive` that there are.
  virtual std::unique_ptr<ChildProcess> start(std::string_view program, const std::string& argument,
                                              std::size_t alive) = 0;
  // What any child does from here on ends the next rest().
  virtual void look() = 0;
  // Sleeps until something may have happened that one of them is waited for, so many nanoseconds at most.
  virtual void rest(std::span<ChildProcess* const> alive, ChildProcess& waited_for, const rt::Talk& talk,
                    Nanoseconds limit) = 0;
  // Ends a rest, from any thread.
  virtual void interrupt() = 0;
};

// Throws rt::LimitReached where there can be none.
[[nodiscard]] std::unique_ptr<ChildPlatform> make_child_platform();

}  // namespace interleave::live
