// What several stages say. What one stage says stands at the top of its file.
#pragma once

#include "core/text.h"

namespace interleave::stages::texts {

inline constexpr Text not_begun{"not begun", "시작 전"};
inline constexpr Text found{"found", "나온 값"};
inline constexpr Text say_idle_simulated{"Step goes one step at a time; Run goes to the end.",
                                         "‘한 단계’는 한 걸음씩, ‘실행’은 끝까지 갑니다."};
inline constexpr Text say_joined{"The run waits until every thread has ended.", "모든 스레드가 끝나기를 기다린다."};

}  // namespace interleave::stages::texts
