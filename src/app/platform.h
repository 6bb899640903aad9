// Where the app meets its surroundings: an operating system's window, or a page.
#pragma once

#include "session/catalogue.h"

namespace interleave::app {

// Runs the application until it is closed; on the web it returns at once, and the page's callbacks go on. Returns the
// process's exit code.
int run_on_platform(const session::Catalogue& catalogue, int argument_count, char** arguments);

}  // namespace interleave::app
