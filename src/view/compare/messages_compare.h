// What the comparison, repeats and sweeps say in more than one file.
#pragma once

#include "core/text.h"

namespace interleave::view::messages {

// The comparison.
inline constexpr Text compare{"Compare A and B", "A와 B 비교"};
inline constexpr Text history_empty{
    "Two runs are needed. Run something, change a setting, and run again: the two then stand here side by side.",
    "실행이 둘 있어야 합니다. 한 번 실행하고 설정을 바꿔 다시 실행하면 둘이 여기에 나란히 놓입니다."};
inline constexpr Text run_number{"Run {n}", "실행 {n}"};
inline constexpr Text same_run{"A and B are the same run. Choose another one.",
                               "A와 B가 같은 실행입니다. 다른 것을 골라 보세요."};

// Repeats and sweeps.
inline constexpr Text least{"least", "최소"};
inline constexpr Text median{"median", "중앙값"};
inline constexpr Text most{"most", "최대"};

}  // namespace interleave::view::messages
