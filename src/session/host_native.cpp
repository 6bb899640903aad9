#include <unistd.h>

#include "session/host.h"

namespace interleave::session {

int logical_cores() {
  const long cores = sysconf(_SC_NPROCESSORS_ONLN);
  return cores > 0 ? static_cast<int>(cores) : 1;
}

std::string environment_name() { return "native"; }

}  // namespace interleave::session
