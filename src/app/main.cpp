#include "app/platform.h"
#include "engines/registry.h"

int main(int argument_count, char** arguments) {
  using namespace interleave;
  // Lives as long as the process: on the web, main returns and the page goes on.
  static const session::Catalogue catalogue{engines::registry()};
  return app::run_on_platform(catalogue, argument_count, arguments);
}
