// A workload as small as one can be, and what has to be written to add it: four places, and no other file is touched.

export const id = 'tally';

const header = `// A tally: threads count one each, under a lock.
// Shows the least that a workload consists of.
// Leaves out everything else.
#pragma once

#include <vector>

#include "rt/workload.h"

namespace interleave::workloads {

struct Tally {
  static constexpr std::string_view id = "tally";
  static constexpr Text title{"Tally", "집계"};
  static constexpr Text summary{"Threads count one each, under a lock.", "스레드마다 락을 쥐고 하나씩 센다."};
  static constexpr Text try_next{"What do more threads change?", "스레드가 늘면 무엇이 달라질까?"};
  static constexpr Group group = Group::shared_data;

  struct Params {
    int threads = 2;

    template <class Visit>
    static void declare(Visit&& visit) {
      visit(primary(integer("threads", {"Threads", "스레드"}, {"How many threads count.", "세는 스레드 수."}, 1, 8,
                            {2, 2, 2})),
            &Params::threads);
    }
  };

  static std::vector<Preset> presets() { return {}; }

  template <rt::Runtime R>
  struct State {
    typename R::Var count;
    typename R::Lock lock;

    State(R& rt, const Params&)
        : count(rt, rt::Name{{"count", "count"}}, 0), lock(rt, rt::Name{{"lock", "락"}}, rt::LockKind::mutex) {}
  };

  template <rt::Runtime R>
  static rt::Task<> add(R& rt, State<R>& state) {
    auto held = co_await rt.acquire(state.lock);
    const std::int32_t value = co_await rt.load(state.count);
    co_await rt.store(state.count, value + 1);
  }

  template <rt::Runtime R>
  static rt::Task<> main(R& rt, State<R>& state, const Params& params) {
    std::vector<rt::Participant> threads;
    for (int number = 1; number <= params.threads; ++number) {
      const rt::SpawnOptions options{{{"thread", "스레드"}, number}, rt::Vehicle::thread};
      threads.push_back(
          co_await rt.spawn(options, [](R& own, State<R>& shared) { return add(own, shared); }, state));
    }
    for (const rt::Participant thread : threads) co_await rt.join(thread);
  }

  static std::int64_t work(const Params&) { return 0; }

  struct Facts {
    std::int64_t found = 0;
  };
  template <rt::Runtime R>
  static Facts observe(State<R>& state) {
    return {state.count.peek()};
  }
  static bool fine(const Params& params, const Facts& facts) { return facts.found == params.threads; }
  static std::int64_t figure(const Facts& facts) { return facts.found; }
  static Outcome judge(const Params& params, const Facts& facts, const rt::RunFacts&) {
    Outcome out;
    out.verdict = fine(params, facts) ? Verdict::ok : Verdict::failure;
    out.headline = fill({"{n} counted", "{n}개를 셌다"}, {{"n", facts.found}});
    out.sentence = Text{"Each thread counted under the lock.", "스레드마다 락을 쥐고 셌다."};
    out.figures.push_back({"found", {"Found", "나온 값"}, FigureUnit::count, static_cast<double>(facts.found)});
    return out;
  }
};

}  // namespace interleave::workloads
`;

const invariants = `// The count of \`tally\` is the number of threads.
#include "invariants_table.h"

namespace interleave::test {
namespace {

void check(const Ended& ended, Violations& out) {
  if (!ended.judged() || ended.config.engine == Engine::explore) return;
  if (ended.figure("found") != static_cast<double>(ended.config.param("threads"))) out.emplace_back("a count was lost");
}

}  // namespace

Invariants tally_invariants() { return {.check = check}; }

}  // namespace interleave::test
`;

// `read(path)` and `write(path, text)` are of the tree that it is added to. Returns the places, each with its files.
export function addTally(read, write) {
  write('src/workloads/tally.h', header);
  write('src/workloads/all.h', read('src/workloads/all.h')
    .replace('#include "workloads/subprocess.h"\n', '#include "workloads/subprocess.h"\n#include "workloads/tally.h"\n')
    .replace('ProcessPool>;', 'ProcessPool,\n             Tally>;'));
  write('tests/workloads/tally_invariants.cpp', invariants);
  const questions = {
    en: 'Several threads count one each, and each of them takes a lock before it does. What does the lock change?',
    ko: '여러 스레드가 하나씩 세는데, 저마다 세기 전에 락을 쥡니다. 락이 있으면 무엇이 달라지고, 없으면 무엇이 달라질까요?',
  };
  // The rest is another lesson's, since a lesson is long.
  const lessons = Object.entries(questions).map(([lang, question]) => {
    const path = `web/lessons/${lang}/tally.md`;
    const text = read(`web/lessons/${lang}/counter.md`)
      .replace(/^# .*\n\n(## .*)\n/, `# ${lang === 'en' ? 'A tally' : '집계'}\n\n$1\n\n${question}\n`)
      .replace(/\]\(\?workload=[^)]*\)/g, '](?workload=tally&engine=sim)');
    write(path, text);
    return path;
  });
  const course = JSON.parse(read('web/lessons/course.json'));
  course.at(-1).lessons.push('tally');
  write('web/lessons/course.json', JSON.stringify(course));
  return [
    ['src/workloads/tally.h'], ['src/workloads/all.h'], ['tests/workloads/tally_invariants.cpp'],
    [...lessons, 'web/lessons/course.json'],
  ];
}
