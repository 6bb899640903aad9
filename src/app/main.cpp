#include "app/platform.h"
#include "engines/registry.h"
#include "session/child_mode.h"

int main(int argument_count, char** arguments) {
  using namespace interleave;
  if (const auto code = session::run_as_child(argument_count, arguments)) return *code;
  // Lives as long as the process: on the web, main returns and the page goes on.
  static const session::Catalogue catalogue{engines::registry()};
  return app::run_on_platform(catalogue, argument_count, arguments);
}
