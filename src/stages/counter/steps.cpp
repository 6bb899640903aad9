#include "stages/counter/steps.h"

#include "view/messages.h"

namespace interleave::stages {
namespace {

using workloads::Counter;

std::vector<CounterRow> plain_rows() {
  return {{CounterStep::read, messages::read_count, messages::read_short},
          {CounterStep::add, messages::add_one, messages::add_short},
          {CounterStep::write, messages::write_count, messages::write_short}};
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
  rows.insert(rows.begin(), {CounterStep::take, messages::take_lock, messages::take_short});
  const auto at = interpreted ? rows.end() - 1 : rows.end();
  rows.insert(at, {CounterStep::release, messages::release_lock, messages::release_short});
  return rows;
}

}  // namespace interleave::stages
