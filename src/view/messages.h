// Everything that the canvas says by itself, in both languages. What a workload says stands in its header.
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
inline constexpr Text lesson{"Lesson", "수업"};
inline constexpr Text lesson_hint{"Opens the lesson about this: guess, see, and read why.",
                                  "이 작업을 다루는 수업을 엽니다. 맞혀 보고, 확인하고, 까닭을 읽습니다."};
inline constexpr Text workloads{"Workloads", "작업 목록"};
inline constexpr Text theme{"Light or dark", "밝게 또는 어둡게"};
inline constexpr Text language{"한국어로 보기", "Switch to English"};
inline constexpr Text export_hint{"Save trace, results or picture", "트레이스, 결과, 그림 저장"};
inline constexpr Text export_after_run{"After a run", "실행한 뒤에"};
inline constexpr Text keys_hint{"Keys and gestures: ?", "키와 손짓: ?"};
inline constexpr Text live_hint{"On real threads of this machine.", "이 기기의 실제 스레드에서 돌립니다."};
inline constexpr Text simulate_hint{"One thread, virtual time, the same on every machine; can be stepped.",
                                    "가상 시간으로, 어느 기기에서나 똑같이. 한 단계씩 볼 수 있습니다."};
inline constexpr Text explore_hint{"Every order that matters, and the shortest that goes wrong.",
                                   "결과가 달라질 수 있는 모든 순서와, 잘못되는 가장 짧은 순서."};

// Controls.
inline constexpr Text settings{"Settings", "설정"};
inline constexpr Text presets{"Presets", "미리 고른 설정"};
inline constexpr Text machine{"Machine", "기계"};
inline constexpr Text all_settings{"All settings and figures", "설정과 수치 모두"};
inline constexpr Text whole_page{"Open in full", "전체 화면"};
inline constexpr Text whole_page_hint{"All of it with these settings, in a new tab",
                                      "지금 설정 그대로 새 탭에서 엽니다"};
inline constexpr Text more{"More settings", "더 보기"};
inline constexpr Text less{"Fewer settings", "접기"};
inline constexpr Text defaults{"Defaults", "기본값"};
inline constexpr Text at_next_run{"Takes effect at the next run.", "다음 실행부터 적용됩니다."};
inline constexpr Text type_a_value{"Click to type a value", "눌러서 값을 입력"};

// Results.
inline constexpr Text result{"Result", "결과"};
inline constexpr Text result_so_far{"So far", "지금까지"};
inline constexpr Text nothing_yet{"Nothing has been run yet.", "아직 실행하지 않았습니다."};
inline constexpr Text running{"Running", "실행 중"};
inline constexpr Text starting{"Starting", "시작하는 중"};
inline constexpr Text could_not_run{"This cannot run", "실행할 수 없습니다"};
inline constexpr Text elapsed{"Elapsed", "걸린 시간"};
inline constexpr Text virtual_time{"Virtual time", "가상 시간"};
inline constexpr Text try_next{"Try next", "맞혀 보기"};
inline constexpr Text unrecorded{
    "The record is full: {kept} events, {bytes}. {count} more were counted and are not shown.",
    "기록이 가득 찼습니다({kept}개, {bytes}). 이어진 {count}개는 세기만 했고 보이지 않습니다."};

// Stepping.
inline constexpr Text first_step{"Start", "처음"};
inline constexpr Text step_back{"Step back", "한 단계 뒤로"};
inline constexpr Text step{"Step", "한 단계"};
inline constexpr Text play{"Play", "재생"};
inline constexpr Text pause{"Pause", "멈추기"};
inline constexpr Text speed{"Speed", "빠르기"};
inline constexpr Text next_thread{"Next", "다음"};
inline constexpr Text by_policy{"by the policy", "정책대로"};
inline constexpr Text place{"Place in the run", "실행 속 위치"};
inline constexpr Text timed{"timed", "시간을 따름"};
inline constexpr Text untimed{"untimed", "시간을 안 따름"};
inline constexpr Text timed_hint{"This policy obeys the virtual clock: a time slice of 5 ms lasts 5 ms.",
                                 "가상 시계를 따르는 방식입니다. 5 ms 조각은 5 ms 동안 이어집니다."};
inline constexpr Text untimed_hint{"This policy does not obey the clock: any thread may be next at any step.",
                                   "시계를 따르지 않는 방식입니다. 어느 단계에서나 아무 스레드가 다음일 수 있습니다."};

// Exploring.
inline constexpr Text explore_idle{"Run searches every order in which these threads can take their steps.",
                                   "실행을 누르면 스레드들이 걸음을 밟을 수 있는 모든 순서를 찾아봅니다."};
inline constexpr Text executions{"orders that differ", "서로 다른 순서"};
inline constexpr Text executions_at_random{"random runs", "무작위 실행"};
inline constexpr Text ends{"ends that differ", "서로 다른 끝"};
inline constexpr Text failures{"go wrong", "잘못됨"};
inline constexpr Text hangs{"of these hang", "그중 멈춤"};
inline constexpr Text hangs_row{"hangs", "멈춤"};
inline constexpr Text all_orders{"orders in all", "모든 순서"};
inline constexpr Text states{"states", "상태"};
inline constexpr Text chance{"fail at random", "무작위일 때 실패"};
inline constexpr Text chance_between{"{low} to {high} of random orders fail, with a confidence of 95 %.",
                                     "95 % 신뢰도로, 무작위 순서의 {low}에서 {high}가 실패합니다."};
inline constexpr Text at_random_only{"Orders were drawn at random: what was not found is not disproved.",
                                     "순서를 무작위로 뽑았습니다. 못 찾았다고 없는 것은 아닙니다."};
inline constexpr Text pct_promise{
    "Each run finds a failure that needs {depth} steps in order with a chance of at least 1 in {n}.",
    "걸음 {depth}개의 순서가 맞아야 하는 실패를 실행마다 적어도 {n}분의 1의 확률로 찾습니다."};
inline constexpr Text bounded{
    "Every order with at most {n} interruptions was looked at; what happens with more is not known.",
    "가로막기가 {n}번까지인 순서는 모두 보았습니다. 그보다 많으면 어떤지는 모릅니다."};
inline constexpr Text go_on_searching{"Search on", "더 찾기"};
inline constexpr Text exhausted{"Every order that matters was run: what holds here is proved for this configuration.",
                                "달라질 수 있는 순서를 모두 돌려 보았습니다. 이 설정에서는 이것이 증명입니다."};
inline constexpr Text exhausted_failing{"Every order that matters was run, so these are all the failures there are.",
                                        "달라질 수 있는 순서를 모두 돌려 보았습니다. 잘못되는 것은 이게 전부입니다."};
inline constexpr Text lines_more{"and {n} lines more", "그리고 {n}줄 더"};
inline constexpr Text watch{"Watch it step by step", "한 단계씩 보기"};
inline constexpr Text not_exhausted{"The search has not come to its end: what was not found is not disproved.",
                                    "아직 끝까지 찾지 않았습니다. 못 찾았다고 없는 것은 아닙니다."};
inline constexpr Text outcomes{"What came out, and in how many orders", "나온 값과 그 순서의 수"};
inline constexpr Text outcomes_chance{"What came out, and how likely it is at random", "나온 값과 무작위일 때의 확률"};
inline constexpr Text shortest{"The shortest that goes wrong", "가장 짧게 잘못되는 순서"};
inline constexpr Text shortest_found{"The shortest found that goes wrong", "찾은 것 가운데 가장 짧게 잘못되는 순서"};
inline constexpr Text none_fails{"None of them goes wrong.", "잘못되는 것이 하나도 없습니다."};

// The stage that every workload has until it gets its own.
inline constexpr Text stage_idle{"Press Run, and each thread gets a row here.",
                                 "실행을 누르면 스레드마다 한 줄이 나타납니다."};
inline constexpr Text has_ended{"ended", "끝남"};
inline constexpr Text not_begun{"not begun", "시작 전"};

// The counter's stage.
inline constexpr Text read_count{"read count", "count 읽기"};
inline constexpr Text add_one{"add 1", "1 더하기"};
inline constexpr Text write_count{"write count", "count 쓰기"};
inline constexpr Text take_lock{"take the lock", "락 얻기"};
inline constexpr Text release_lock{"release the lock", "락 놓기"};
// The same where there is little room.
inline constexpr Text read_short{"read", "읽기"};
inline constexpr Text add_short{"add 1", "+ 1"};
inline constexpr Text write_short{"write", "쓰기"};
inline constexpr Text take_short{"lock", "락 얻기"};
inline constexpr Text release_short{"unlock", "락 놓기"};
inline constexpr Text one_step{"one step, nothing comes between", "한 걸음, 아무도 못 끼어듦"};
inline constexpr Text may_hand_over{"here the GIL may go to another thread", "여기서 GIL이 넘어갈 수 있다"};
inline constexpr Text gil{"GIL", "GIL"};
inline constexpr Text in_hand{"in hand", "가진 값"};
inline constexpr Text next_up{"next", "다음 차례"};
inline constexpr Text out_of_date{"out of date", "낡은 값"};
inline constexpr Text expected{"expected", "기대한 값"};
inline constexpr Text found{"found", "나온 값"};
inline constexpr Text lost{"lost", "사라진 갱신"};
inline constexpr Text done{"done", "마침"};
inline constexpr Text overwrites{"soon overwritten by {value}", "곧 {value}을(를) 덮어쓴다"};
inline constexpr Text becomes{"soon {value}", "곧 {value}"};
inline constexpr Text lock_free{"lock: free", "락: 비어 있음"};
inline constexpr Text lock_held{"lock: held by {who}", "락: {who}이(가) 쥠"};
inline constexpr Text lost_so_far{"{count} lost", "{count}개가 사라졌다"};
inline constexpr Text none_lost_so_far{"None lost", "사라진 것 없음"};
inline constexpr Text additions{"additions so far", "지금까지 더한 횟수"};

inline constexpr Text say_idle_simulated{"Step goes one step at a time; Run goes to the end.",
                                         "‘한 단계’는 한 걸음씩, ‘실행’은 끝까지 갑니다."};
inline constexpr Text say_idle_live{"{threads} real threads wait for Run.",
                                    "실제 스레드 {threads}개가 실행을 기다립니다."};
inline constexpr Text say_start{"All threads stand at the start line.", "모든 스레드가 출발선에 섰다."};
inline constexpr Text say_joined{"The run waits until every thread has ended.", "모든 스레드가 끝나기를 기다린다."};
inline constexpr Text say_will_overwrite{"{who} read {loaded}, then {other} wrote {now}. ",
                                         "{who}이(가) {loaded}을(를) 읽은 뒤 {other}이(가) {now}을(를) 썼다. "};
inline constexpr Text say_will_overwrite_end{"Now {who} writes {value} over it: an update is lost.",
                                             "이제 {who}이(가) {value}을(를) 덮어쓰면 갱신 하나가 사라진다."};
inline constexpr Text say_overwrote{"{who} wrote {value} over {was}, from a value read before. ",
                                    "{who}이(가) 예전에 읽은 값으로 {was} 위에 {value}을(를) 썼다. "};
inline constexpr Text say_overwrote_end{"An update was lost.", "갱신 하나가 사라졌다."};
inline constexpr Text say_read{"{who} read {value}. Until it writes, another thread may change the count.",
                               "{who}이(가) {value}을(를) 읽었다. 쓰기 전까지 다른 스레드가 count를 바꿀 수 있다."};
inline constexpr Text say_read_locked{"{who} read {value}, and holds the lock: nobody can come between.",
                                      "{who}이(가) {value}을(를) 읽었다. 락을 쥐고 있어 아무도 끼어들 수 없다."};
inline constexpr Text say_wrote{"{who} wrote {value}. Nobody had written since it read, so nothing is lost.",
                                "{who}이(가) {value}을(를) 썼다. 읽은 뒤로 아무도 쓰지 않아 사라진 것이 없다."};
inline constexpr Text say_added{"{who} made {was} into {value} in one step. Nothing can come between.",
                                "{who}이(가) 한 걸음에 {was}을(를) {value}(으)로 바꿨다. 아무도 끼어들 수 없다."};
inline constexpr Text say_took{"{who} took the lock. The others wait until it is free.",
                               "{who}이(가) 락을 얻었다. 나머지는 풀릴 때까지 기다린다."};
inline constexpr Text say_released{"{who} released the lock. Another may take it now.",
                                   "{who}이(가) 락을 놓았다. 이제 다른 스레드가 얻을 수 있다."};
inline constexpr Text say_waits{"{who} wants the lock, but another thread holds it. So {who} waits.",
                                "{who}도 락이 필요하지만 다른 스레드가 쥐고 있다. 그래서 기다린다."};
inline constexpr Text say_took_gil{"{who} took the GIL: until it lets go, no other thread runs.",
                                   "{who}이(가) GIL을 얻었다. 놓을 때까지 다른 스레드는 돌지 않는다."};
inline constexpr Text say_offered_gil{
    "{who} let the GIL go at a place where it may be asked to. Whoever takes it runs.",
    "{who}이(가) 내줄 수 있는 곳에서 GIL을 놓았다. 먼저 얻는 스레드가 돈다."};
inline constexpr Text say_dropped_gil{"{who} let the GIL go, because it is about to wait or has ended.",
                                      "{who}이(가) 기다리거나 끝나게 되어 GIL을 놓았다."};
inline constexpr Text say_done{"All threads have ended. ", "모든 스레드가 끝났다. "};
inline constexpr Text say_done_lost_one{"One update was overwritten.", "갱신 하나가 덮어써졌다."};
inline constexpr Text say_done_lost{"{count} updates were overwritten.", "갱신 {count}개가 덮어써졌다."};
inline constexpr Text say_done_fine{"Not one update was lost.", "사라진 갱신이 하나도 없다."};
inline constexpr Text say_live{
    "Real threads at full speed. A step takes less time than reading a clock, so only progress is "
    "recorded here; Simulate shows single steps.",
    "실제 스레드가 제 속도로 돈다. 한 걸음이 시계를 읽는 것보다 빨라서 여기서는 진행만 기록한다. "
    "한 걸음씩 보려면 시뮬레이션으로."};

// Seed and schedule.
inline constexpr Text identity{"Seed and schedule", "시드와 일정"};
inline constexpr Text seed_label{"Seed", "시드"};
inline constexpr Text seed_note{"The same seed gives the same run, on every machine.",
                                "시드가 같으면 어느 기계에서나 같은 실행이 됩니다."};
inline constexpr Text schedule{"Schedule", "일정"};
inline constexpr Text schedule_note{
    "Who took each step of this run, written down: `A4B2` is four steps of A, then two of B. Another one is followed "
    "from the start.",
    "이 실행의 단계마다 누구 차례였는지 적은 것입니다. `A4B2`는 A가 네 단계, 이어서 B가 두 단계입니다. 다른 일정을 "
    "적으면 처음부터 그대로 따릅니다."};
inline constexpr Text schedule_empty{"No step yet", "아직 단계 없음"};
inline constexpr Text follow_schedule{"Follow it", "이대로 따르기"};
inline constexpr Text edit_schedule{"Edit", "고치기"};

// Trouble, told above the stage.
inline constexpr Text dismiss{"Close", "닫기"};

}  // namespace interleave::view::messages
