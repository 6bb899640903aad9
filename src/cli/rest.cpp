#include "cli/rest.h"

#include <time.h>

namespace interleave::cli {

void rest() {
  const timespec half_a_millisecond{0, 500'000};
  nanosleep(&half_a_millisecond, nullptr);
}

}  // namespace interleave::cli
