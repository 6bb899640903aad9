#include "stages/counter/steps.h"

namespace interleave::stages {
namespace {

constexpr Text read_count{"read count", "count 읽기"};
constexpr Text add_one{"add 1", "1 더하기"};
constexpr Text write_count{"write count", "count 쓰기"};
constexpr Text take_lock{"take the lock", "락 얻기"};
constexpr Text release_lock{"release the lock", "락 놓기"};
constexpr Text read_short{"read", "읽기"};
constexpr Text add_short{"add 1", "+ 1"};
constexpr Text write_short{"write", "쓰기"};
constexpr Text take_short{"lock", "락 얻기"};
constexpr Text release_short{"unlock", "락 놓기"};
using workloads::Counter;

std::vector<CounterRow> plain_rows() {
  return {{CounterStep::read, read_count, read_short},
          {CounterStep::add, add_one, add_short},
          {CounterStep::write, write_count, write_short}};
}

// As `dis` names them in CPython 3.11. Bytecodes that touch neither the count nor the order of threads are left out.
std::vector<CounterRow> bytecode_rows(const CounterScene& scene) {
  const rt::Interpreting how = Counter::interpreter(scene.params);
  const bool anywhere = how.hands_over_at(rt::Safepoint::bytecode);
  std::vector<CounterRow> out{{CounterStep::read, {"LOAD_ATTR count", "LOAD_ATTR count"}, {"LOAD", "LOAD"}, anywhere}};
  if (scene.params.increment == Counter::Increment::call) {
    out.push_back({CounterStep::call, {"CALL f", "CALL f"}, {"CALL", "CALL"}, how.hands_over_at(rt::Safepoint::call)});
  }
  out.push_back({CounterStep::add, {"BINARY_OP +=", "BINARY_OP +="}, {"ADD", "ADD"}, anywhere});
  out.push_back({CounterStep::write, {"STORE_ATTR count", "STORE_ATTR count"}, {"STORE", "STORE"}, anywhere});
  out.push_back({CounterStep::jump,
                 {"JUMP_BACKWARD", "JUMP_BACKWARD"},
                 {"JUMP", "JUMP"},
                 how.hands_over_at(rt::Safepoint::back_edge)});
  return out;
}

}  // namespace

std::vector<CounterRow> counter_rows(const CounterScene& scene) {
  const bool interpreted = scene.params.interpreter != rt::Interpreter::none && !scene.is_atomic();
  std::vector<CounterRow> rows = interpreted ? bytecode_rows(scene) : plain_rows();
  if (!scene.has_lock()) return rows;
  rows.insert(rows.begin(), {CounterStep::take, take_lock, take_short});
  const auto at = interpreted ? rows.end() - 1 : rows.end();
  rows.insert(at, {CounterStep::release, release_lock, release_short});
  return rows;
}

}  // namespace interleave::stages
