// How long the lists of the long tests are.
#pragma once

namespace interleave::test {

// A tenth under sanitizers and under Node (tests/CMakeLists.txt), where everything takes several times as long.
constexpr int fewer(int natively) { return (natively + INTERLEAVE_TEST_SHARE - 1) / INTERLEAVE_TEST_SHARE; }
inline constexpr bool natively = INTERLEAVE_TEST_SHARE == 1;

}  // namespace interleave::test
