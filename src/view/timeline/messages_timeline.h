// What the timeline says, in both languages.
#pragma once

#include "core/text.h"

namespace interleave::view::messages {

inline constexpr Text timeline{"Timeline", "타임라인"};
inline constexpr Text show_timeline{"Show the timeline", "타임라인 펴기"};
inline constexpr Text hide_timeline{"Hide the timeline", "타임라인 접기"};
inline constexpr Text timeline_empty{"Each thread gets a lane here once something runs.",
                                     "실행하면 스레드마다 한 줄씩 여기에 그려집니다."};
inline constexpr Text steps_unit{"steps", "단계"};
inline constexpr Text of_time{"{shown} of {all}", "{all} 중 {shown}"};
inline constexpr Text step_of{"step {step} of {all}", "단계 {step} / {all}"};
inline constexpr Text seed{"seed {seed}", "시드 {seed}"};
inline constexpr Text virtual_now{"virtual time {time}", "가상 시간 {time}"};
inline constexpr Text from_to{"{from} to {to}", "{from}부터 {to}까지"};
inline constexpr Text waits_for_object{"waits for {name}", "{name} 기다림"};
inline constexpr Text waits_for_holder{"waits for {name}, which {who} has", "{name} 기다림. {who}이(가) 쥐고 있음"};
inline constexpr Text waits_for_end{"waits for {who}", "{who} 기다림"};
inline constexpr Text woken_by{"made possible by {name}", "{name} 덕분에 깨어남"};
inline constexpr Text ready_only{"Ready", "차례를 기다림"};
inline constexpr Text ready_inferred{"Ready, inferred", "코어 대기(추정)"};
inline constexpr Text lost_update{"Lost update", "사라진 갱신"};
inline constexpr Text help{"drag to move, Shift-drag to measure, ? for keys",
                           "끌어서 이동, Shift+끌기로 재기, ?로 키 보기"};
inline constexpr Text fit{"Show the whole run", "실행 전체 보기"};
inline constexpr Text follow{"Follow", "따라가기"};
inline constexpr Text follow_hint{"Keeps the latest in sight while the run goes on.",
                                  "실행이 이어지는 동안 맨 끝을 계속 보여 줍니다."};
inline constexpr Text measure{"Measure", "길이 재기"};
inline constexpr Text measure_hint{
    "Drag over the lanes to measure. Shift-drag does so at any time; M takes the span under the pointer.",
    "줄 위를 끌어 길이를 잽니다. Shift를 누르고 끌어도 되고, M은 가리킨 조각을 잽니다."};
inline constexpr Text arrows{"Arrows", "화살표"};
inline constexpr Text arrows_hint{
    "Who woke whom, and who waited for whose lock. All of them where there is room, else those of the span under the "
    "pointer.",
    "누가 누구를 깨웠고, 누가 누구의 락을 기다렸는지. 자리가 모자라면 가리킨 조각의 것만."};
inline constexpr Text clear_measure{"Clear the measurement", "잰 것 지우기"};

}  // namespace interleave::view::messages
