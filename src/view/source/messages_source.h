// What the source pane says.
#pragma once

#include "core/text.h"

namespace interleave::view::messages {

inline constexpr Text code{"Code", "코드"};
inline constexpr Text code_hint{"The workload in C++ and in Python, with each thread's line lit (C).",
                                "이 작업의 C++와 파이썬 코드. 스레드마다 지금 줄에 불이 들어옵니다(C)."};
inline constexpr Text code_close{"Close the code", "코드 닫기"};
inline constexpr Text python{"Python", "파이썬"};

inline constexpr Text source_before{"Step or run, and each thread's line is lit here.",
                                    "한 단계씩 가거나 실행하면 스레드마다 지금 줄에 불이 들어옵니다."};
inline constexpr Text source_just{"just taken", "방금 한 걸음"};
inline constexpr Text source_next{"next", "다음 걸음"};
inline constexpr Text source_live{
    "Live lights a line only while a thread waits there: noting each step would slow it down.",
    "실제 스레드는 기다리는 동안만 그 줄에 불이 들어옵니다. 걸음마다 적으면 느려지기 때문입니다."};
inline constexpr Text source_explore{
    "Explore runs all orders at once; watch one of them and its lines are lit.",
    "탐색은 모든 순서를 한꺼번에 봅니다. 그중 하나를 한 단계씩 보면 그 줄에 불이 들어옵니다."};

}  // namespace interleave::view::messages
