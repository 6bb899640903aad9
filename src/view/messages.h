// What the canvas says and the form beside it says, too. What one view says stands at the top of its file; what a
// workload says, in its header.
#pragma once

#include "core/text.h"

namespace interleave::view::messages {

// The title bar.
inline constexpr Text run{"Run", "실행"};
inline constexpr Text stop{"Stop", "멈춤"};
inline constexpr Text reset{"Reset", "처음으로"};
inline constexpr Text share{"Share", "공유"};
inline constexpr Text share_hint{"Copies a link to exactly this configuration.",
                                 "지금 설정 그대로 열리는 주소를 복사합니다."};
inline constexpr Text live_hint{"On real threads of this machine.", "이 기기의 실제 스레드에서 돌립니다."};
inline constexpr Text simulate_hint{"One thread, virtual time, the same on every machine; can be stepped.",
                                    "가상 시간으로, 어느 기기에서나 똑같이. 한 단계씩 볼 수 있습니다."};
inline constexpr Text explore_hint{"Every order that matters, and the shortest that goes wrong.",
                                   "결과가 달라질 수 있는 모든 순서와, 잘못되는 가장 짧은 순서."};

// Controls.
inline constexpr Text settings{"Settings", "설정"};
inline constexpr Text more{"More settings", "더 보기"};
inline constexpr Text defaults{"Defaults", "기본값"};
inline constexpr Text at_next_run{"Takes effect at the next run.", "다음 실행부터 적용됩니다."};

// Results.
inline constexpr Text result{"Result", "결과"};
inline constexpr Text nothing_yet{"Nothing has been run yet.", "아직 실행하지 않았습니다."};
inline constexpr Text running{"Running", "실행 중"};
inline constexpr Text starting{"Starting", "시작하는 중"};
inline constexpr Text could_not_run{"This cannot run", "실행할 수 없습니다"};
inline constexpr Text try_next{"Try next", "맞혀 보기"};

// Stepping.
inline constexpr Text step_back{"Step back", "한 단계 뒤로"};
inline constexpr Text step{"Step", "한 단계"};

// Exploring.
inline constexpr Text exhausted{"Every order that matters was run: what holds here is proved for this configuration.",
                                "달라질 수 있는 순서를 모두 돌려 보았습니다. 이 설정에서는 이것이 증명입니다."};
inline constexpr Text exhausted_failing{"Every order that matters was run, so these are all the failures there are.",
                                        "달라질 수 있는 순서를 모두 돌려 보았습니다. 잘못되는 것은 이게 전부입니다."};
inline constexpr Text watch{"Watch it step by step", "한 단계씩 보기"};
inline constexpr Text not_exhausted{"The search has not come to its end: what was not found is not disproved.",
                                    "아직 끝까지 찾지 않았습니다. 못 찾았다고 없는 것은 아닙니다."};
inline constexpr Text shortest{"The shortest that goes wrong", "가장 짧게 잘못되는 순서"};

// Seed and schedule.
inline constexpr Text schedule{"Schedule", "일정"};

}  // namespace interleave::view::messages
