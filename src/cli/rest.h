#pragma once

namespace interleave::cli {

// Leaves the core to the threads of a live run for about half a millisecond. Only this program may
// wait so: a page must not.
void rest();

}  // namespace interleave::cli
