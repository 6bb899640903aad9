// What the link that was opened promises of its run, until the run has been seen.
#pragma once

#include <optional>
#include <vector>

#include "session/runner.h"
#include "session/sharing.h"

namespace interleave::app {

class LinkPromise {
 public:
  // A link was opened, and gave this setup. Returns what is to be said: that the promise is damaged, or broken already.
  // A list without a checksum promises nothing, and ends what another promised.
  [[nodiscard]] std::vector<Words> opened(const session::Listed& listed, const session::Setup& setup);
  // Whether the newest finished run is the one that was promised: says so once, where it is another.
  [[nodiscard]] std::optional<Words> look(const session::RunRecord& latest);

 private:
  struct Open {
    session::Promise promise;
    session::Setup setup;
  };
  std::optional<Open> open_;
};

}  // namespace interleave::app
