// What the comparison, repeats and sweeps say, in both languages.
#pragma once

#include "core/text.h"

namespace interleave::view::messages {

// The comparison.
inline constexpr Text compare{"Compare A and B", "A와 B 비교"};
inline constexpr Text compare_hint{"Any two runs side by side.", "실행한 것 가운데 아무 둘이나 나란히 봅니다."};
inline constexpr Text compare_close{"Back to the stage", "무대로 돌아가기"};
inline constexpr Text a_and_b{"A and B", "A와 B"};
inline constexpr Text history{"Runs", "실행 기록"};
inline constexpr Text history_empty{
    "Two runs are needed. Run something, change a setting, and run again: the two then stand here side by side.",
    "실행이 둘 있어야 합니다. 한 번 실행하고 설정을 바꿔 다시 실행하면 둘이 여기에 나란히 놓입니다."};
inline constexpr Text run_number{"Run {n}", "실행 {n}"};
inline constexpr Text pick_a{"Take run {n} as A", "실행 {n}을(를) A로"};
inline constexpr Text pick_b{"Take run {n} as B", "실행 {n}을(를) B로"};
inline constexpr Text restore{"Set these parameters again", "이 설정으로 되돌리기"};
inline constexpr Text nothing_differs{"Both were set the same.", "둘의 설정이 같습니다."};
inline constexpr Text same_run{"A and B are the same run. Choose another one.",
                               "A와 B가 같은 실행입니다. 다른 것을 골라 보세요."};
inline constexpr Text figures{"Figures", "수치"};
inline constexpr Text not_compared{"not compared", "비교하지 않음"};
inline constexpr Text timelines_help{"wheel to zoom both, drag to move, F to fit",
                                     "휠로 함께 확대, 끌어서 이동, F로 전체"};
inline constexpr Text trace_gone{
    "The timeline of run {n} was let go to make room for newer runs. Its figures are above.",
    "새 실행에 자리를 내주느라 실행 {n}의 타임라인은 지웠습니다. 수치는 남아 있습니다."};
inline constexpr Text no_timeline{"An exploration has no timeline.", "탐색에는 타임라인이 없습니다."};
inline constexpr Text two_clocks{"Each timeline has its own clock, so lengths cannot be compared.",
                                 "두 타임라인의 시계가 달라 길이를 견줄 수 없습니다."};
inline constexpr Text real_time{"real time", "실제 시간"};
inline constexpr Text virtual_clock{"virtual time", "가상 시간"};
inline constexpr Text in_steps{"steps", "단계"};

// Repeats and sweeps.
inline constexpr Text many_runs{"Many runs", "여러 번 실행"};
inline constexpr Text repeat{"Repeat", "반복"};
inline constexpr Text repeat_times{"{n} times", "{n}번"};
inline constexpr Text repeat_hint{"Runs this again and again, and shows how often it goes wrong.",
                                  "같은 설정으로 여러 번 돌려 얼마나 자주 잘못되는지 봅니다."};
inline constexpr Text sweep{"Sweep", "바꿔 보기"};
inline constexpr Text sweep_hint{"Runs at each value of one parameter, and draws the curve.",
                                 "매개변수 하나를 값마다 돌려 곡선을 그립니다."};
inline constexpr Text no_repeat{"An exploration gives the same each time.", "탐색은 몇 번을 해도 같습니다."};
inline constexpr Text swept_parameter{"Parameter to sweep", "바꿔 볼 매개변수"};
inline constexpr Text repeat_count{"How often", "횟수"};
inline constexpr Text repeated_title{"{title}, {n} times", "{title}, {n}번 반복"};
inline constexpr Text swept_title{"{title} by {name}", "{name}에 따른 {title}"};
inline constexpr Text done_of{"{done} of {all} runs", "{all}번 중 {done}번"};
inline constexpr Text stop_series{"Stop", "멈춤"};
inline constexpr Text stopping_series{"Stopping", "멈추는 중"};
inline constexpr Text stopped_early{"Stopped after {done} of {all} runs.", "{all}번 중 {done}번까지 하고 멈췄습니다."};
inline constexpr Text waiting_for_first{"The first run has not ended yet.", "첫 실행이 아직 끝나지 않았습니다."};
inline constexpr Text show_figure_of{"Figure", "수치"};
inline constexpr Text least{"least", "최소"};
inline constexpr Text median{"median", "중앙값"};
inline constexpr Text most{"most", "최대"};
inline constexpr Text runs_of{"{n} runs", "실행 {n}번"};
inline constexpr Text one_run{"1 run", "실행 1번"};
inline constexpr Text as_meant{"{n} of {all} as meant", "{all}번 중 {n}번 정상"};
inline constexpr Text click_to_set{"Click to set this value", "누르면 이 값으로 맞춥니다"};
inline constexpr Text close_series{"Back to the stage", "무대로 돌아가기"};
inline constexpr Text sweep_key{"line: median · band: least to most of {n} runs",
                                "선: 중앙값 · 띠: {n}번의 최소에서 최대"};
inline constexpr Text went_wrong_key{"of {n} runs of each value", "값마다 {n}번 실행"};
inline constexpr Text dots_key{"each dot is a run", "점 하나가 실행 하나"};

}  // namespace interleave::view::messages
