// The test program's own main(), because it starts itself as a child process.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "session/child_mode.h"

int main(int count, char** arguments) {
  if (const auto code = interleave::session::run_as_child(count, arguments)) return *code;
  testing::InitGoogleMock(&count, arguments);
  return RUN_ALL_TESTS();
}
