#include "workloads/process_pool.h"

#include <charconv>

#include "core/format.h"
#include "workloads/factorize.h"

namespace interleave::workloads {
namespace {

ProcessPool::Split sum(const ProcessPool::Facts& facts) {
  ProcessPool::Split out;
  for (const ProcessPool::Split& one : facts.splits) {
    out.coding += one.coding;
    out.moving += one.moving;
    out.computing += one.computing;
    out.bytes += one.bytes;
    out.messages += one.messages;
    out.tasks += one.tasks;
  }
  return out;
}

Words sentence(const ProcessPool::Params& params, const ProcessPool::Split& all) {
  const bool gil = ProcessPool::interpreter(params).has_gil();
  if (params.mode == ProcessPool::Mode::serial) {
    return Text{"One thread did every task: nothing had to be sent, and nothing was gained.",
                "한 스레드가 모든 작업을 했다. 보낼 것도 없었고, 얻은 것도 없다."};
  }
  if (params.mode == ProcessPool::Mode::threads) {
    return gil ? Text{"Threads have nothing to send, but under the GIL only one of them computes at a time.",
                      "스레드는 보낼 것이 없다. 하지만 GIL 아래에서는 한 번에 하나만 계산한다."}
               : Text{"Threads have nothing to send, and without a GIL they compute at the same time.",
                      "스레드는 보낼 것이 없다. GIL도 없으니 함께 계산한다."};
  }
  if (all.coding + all.moving >= all.computing) {
    return Text{"Encoding and moving took longer than computing did: such small tasks are not worth a process.",
                "인코딩하고 옮기는 데 계산보다 오래 걸렸다. 이렇게 작은 일은 프로세스에 맡길 값어치가 없다."};
  }
  return gil ? Text{"Each process has a GIL of its own, and computing outweighs what it costs to send: processes pay.",
                    "프로세스마다 GIL이 따로 있고, 계산이 보내는 값보다 크다. 이럴 때 프로세스가 이득이다."}
             : Text{"Computing outweighs what it costs to send, but without a GIL threads need not send at all.",
                    "계산이 보내는 값보다 크다. 하지만 GIL이 없으면 스레드는 아예 보낼 필요가 없다."};
}

}  // namespace

std::vector<Preset> ProcessPool::presets() {
  const auto preset = [](std::string_view key, Text label, Text hint, std::string_view mode, std::string_view units,
                         std::string_view sent) {
    return Preset{key,
                  label,
                  hint,
                  Engine::simulate,
                  {{"mode", mode}, {"units", units}, {"sent", sent}, {"policy", "round-robin"}}};
  };
  return {
      preset("processes", {"Large tasks", "큰 작업"},
             {"Little to send, much to compute.", "보낼 것은 적고 계산할 것은 많다."}, "processes", "1000000", "100"),
      preset("small", {"Small tasks", "작은 작업"},
             {"Much to send, little to compute.", "보낼 것은 많고 계산할 것은 적다."}, "processes", "1000", "100000"),
      preset("threads", {"Threads", "스레드"}, {"The same large tasks, under the GIL.", "같은 큰 작업을 GIL 아래에서."},
             "threads", "1000000", "100"),
      preset("serial", {"One after the other", "차례로"}, {"What there is to compare with.", "비교의 기준."}, "serial",
             "1000000", "100")};
}

Nanoseconds ProcessPool::unit_cost(const Params& params) {
  return params.interpreter == rt::Interpreter::none ? Factorize::division_compiled : Factorize::division_in_python;
}

std::int64_t ProcessPool::divided_between(std::int64_t task, std::int64_t begin, std::int64_t end) {
  std::int64_t found = 0;
  const auto by = static_cast<std::uint32_t>(divisor(task));
  for (auto number = static_cast<std::uint32_t>(begin + 1); number <= static_cast<std::uint32_t>(end); ++number) {
    if (number % by == 0) ++found;
  }
  return found;
}

std::string ProcessPool::written(const Orders& orders) {
  return std::to_string(orders.units) + " " + std::to_string(orders.unit_cost) + " " + std::to_string(orders.returned);
}

ProcessPool::Orders ProcessPool::orders_in(const std::string& argument) {
  Orders out;
  const char* at = argument.data();
  const char* const end = at + argument.size();
  for (std::int64_t* value : {&out.units, &out.unit_cost, &out.returned}) {
    while (at != end && *at == ' ') ++at;
    at = std::from_chars(at, end, *value).ptr;
  }
  return out;
}

bool ProcessPool::fine(const Params& params, const Facts& facts) {
  for (std::size_t task = 0; task < facts.found.size(); ++task) {
    if (facts.found[task] != divided(static_cast<std::int64_t>(task), params.units)) return false;
  }
  return std::ranges::none_of(facts.splits, &Split::broken);
}

std::int64_t ProcessPool::figure(const Facts& facts) { return sum(facts).tasks; }

Outcome ProcessPool::judge(const Params& params, const Facts& facts, const rt::RunFacts& run) {
  Outcome out;
  const bool good = fine(params, facts);
  const Split all = sum(facts);
  out.verdict = good ? Verdict::ok : Verdict::failure;
  const auto add = [&](std::string_view key, Text label, FigureUnit unit, double value) {
    out.figures.push_back({key, label, unit, value});
  };
  const auto time = [&](std::string_view key, Text label, Nanoseconds value) {
    add(key, label, FigureUnit::nanoseconds, static_cast<double>(value));
  };
  if (run.engine != Engine::explore) {
    time("elapsed", {"Elapsed", "걸린 시간"}, facts.elapsed);
    if (facts.elapsed > 0) {
      add("speedup", {"Computing's sum over elapsed", "계산 시간의 합 / 걸린 시간"}, FigureUnit::ratio,
          static_cast<double>(all.computing) / static_cast<double>(facts.elapsed));
    }
    time("encoding", {"Encoding and decoding", "인코딩과 디코딩"}, all.coding);
    time("moving", {"Moving", "옮기기"}, all.moving);
    time("computing", {"Computing", "계산"}, all.computing);
  }
  add("bytes", {"Bytes moved", "옮긴 바이트"}, FigureUnit::count, static_cast<double>(all.bytes));
  add("messages", {"Messages", "메시지"}, FigureUnit::count, static_cast<double>(all.messages));
  add("tasks", {"Tasks done", "마친 작업"}, FigureUnit::count, static_cast<double>(all.tasks));
  const std::string elapsed = format_duration(facts.elapsed);
  out.headline = !good ? Words(Text{"A result is missing or wrong", "결과가 빠졌거나 틀렸다"})
                       : fill({"{n} tasks in {time}", "작업 {n}개에 {time}"},
                              {{"n", all.tasks}, {"time", std::string_view(elapsed)}});
  out.sentence = run.timed ? sentence(params, all) : rt::untimed_sentence;
  return out;
}

}  // namespace interleave::workloads
