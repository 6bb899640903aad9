#include "stages/counter/steps.h"

#include "view/messages.h"

namespace interleave::stages {
namespace {

std::vector<CounterRow> plain_rows() {
  return {{CounterStep::read, messages::read_count, messages::read_short},
          {CounterStep::add, messages::add_one, messages::add_short},
          {CounterStep::write, messages::write_count, messages::write_short}};
}

// As `dis` names them in CPython 3.11. Bytecodes that touch neither the count nor the order of threads are left out.
std::vector<CounterRow> bytecode_rows(const CounterScene& scene) {
  const bool anywhere = scene.interpreter == CounterScene::Interpreter::cpython39;
  const bool some = anywhere || scene.interpreter == CounterScene::Interpreter::cpython310;
  std::vector<CounterRow> out{{CounterStep::read, {"LOAD_ATTR count", "LOAD_ATTR count"}, {"LOAD", "LOAD"}, anywhere}};
  if (scene.calls) out.push_back({CounterStep::call, {"CALL f", "CALL f"}, {"CALL", "CALL"}, some});
  out.push_back({CounterStep::add, {"BINARY_OP +=", "BINARY_OP +="}, {"ADD", "ADD"}, anywhere});
  out.push_back({CounterStep::write, {"STORE_ATTR count", "STORE_ATTR count"}, {"STORE", "STORE"}, anywhere});
  out.push_back({CounterStep::jump, {"JUMP_BACKWARD", "JUMP_BACKWARD"}, {"JUMP", "JUMP"}, some});
  return out;
}

}  // namespace

std::vector<CounterRow> counter_rows(const CounterScene& scene) {
  const bool atomic = scene.protection == CounterScene::Protection::atomic;
  const bool interpreted = scene.interpreter != CounterScene::Interpreter::none && !atomic;
  std::vector<CounterRow> rows = interpreted ? bytecode_rows(scene) : plain_rows();
  if (scene.protection != CounterScene::Protection::lock) return rows;
  rows.insert(rows.begin(), {CounterStep::take, messages::take_lock, messages::take_short});
  const auto at = interpreted ? rows.end() - 1 : rows.end();
  rows.insert(at, {CounterStep::release, messages::release_lock, messages::release_short});
  return rows;
}

}  // namespace interleave::stages
