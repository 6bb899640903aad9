// Deadlock: philosophers around a table who need two forks each, or transfers that need two accounts each.
// Shows the circle of threads that wait for each other, and three ways out: one order for all, giving back, a waiter.
// Leaves out detection at run time, which would end one of the threads, and promises of fairness.
#pragma once

#include <algorithm>
#include <array>
#include <deque>
#include <vector>

#include "rt/workload.h"

namespace interleave::workloads {

struct Deadlock {
  static constexpr std::string_view id = "deadlock";
  static constexpr Text title{"Deadlock", "데드락"};
  static constexpr Text summary{"Everybody waits for what the next one holds.",
                                "모두가 옆에서 쥔 것을 기다리면 아무도 나아가지 못한다."};
  static constexpr Text try_next{
      "Let everybody take the smaller number of the two first. Can it still deadlock? Guess, then let Explore prove "
      "it.",
      "모두 둘 중 번호가 작은 쪽부터 잡으면 그래도 멈출까? 먼저 맞혀 보고, 탐색으로 증명해 보자."};
  static constexpr Group group = Group::shared_data;

  enum class Scene : std::uint8_t { philosophers, accounts };
  static constexpr std::array scenes{
      Option{"philosophers",
             {"philosophers", "철학자"},
             {"Around a table: each needs the two forks beside the plate.",
              "둥근 식탁. 저마다 접시 양옆의 포크 둘이 있어야 먹는다."}},
      Option{"accounts",
             {"accounts", "계좌"},
             {"Transfers between two accounts, in both directions, with a lock on each.",
              "두 계좌 사이를 오가는 이체. 계좌마다 락이 있다."}},
  };

  enum class Order : std::uint8_t { naive, ordered, attempt, waiter };
  static constexpr std::array orders{
      Option{"naive",
             {"naive", "각자 순서"},
             {"Each takes its own one first, then the other, and waits for it.",
              "저마다 제 것부터 쥐고, 다른 것을 기다린다."}},
      Option{"ordered",
             {"ordered", "번호 순서"},
             {"Everybody takes the one with the smaller number first.", "누구나 번호가 작은 것부터 쥔다."}},
      Option{"try",
             {"try and back off", "물러나기"},
             {"Who cannot have the second puts the first down, and tries again later.",
              "두 번째를 바로 못 쥐면 첫 번째를 놓고, 나중에 다시 시도한다."}},
      Option{"waiter",
             {"waiter", "웨이터"},
             {"A waiter lets one at a time take both.", "웨이터가 한 번에 한 명만 둘을 집게 한다."}},
  };

  struct Pair {
    std::size_t first = 0;
    std::size_t second = 0;
  };

  struct Params {
    Scene scene = Scene::philosophers;
    Order order = Order::naive;
    int threads = 5;
    int meals = 1000;
    Nanoseconds think = 100 * microsecond;
    Nanoseconds reach = 50 * microsecond;
    Nanoseconds eat = 50 * microsecond;
    Nanoseconds back_off = 50 * microsecond;
    int tries = 10'000;
    bool jitter = true;

    template <class Visit>
    static void declare(Visit&& visit) {
      visit(primary(choice("scene", {"Scene", "장면"}, {"Who needs two locks at once.", "누가 락 둘을 함께 쓰는가."},
                           scenes, {0, 0, 0})),
            &Params::scene);
      visit(primary(choice("order", {"Order", "순서"}, {"In which order both are taken.", "둘을 어떤 순서로 쥐는가."},
                           orders, {0, 0, 0})),
            &Params::order);
      visit(primary(integer("threads", {"Threads", "스레드"},
                            {"How many philosophers sit at the table, or how many threads transfer.",
                             "식탁에 앉은 철학자, 또는 이체하는 스레드의 수."},
                            2, 16, {5, 5, 2})),
            &Params::threads);
      visit(integer("meals", {"Meals each", "식사 횟수"},
                    {"How often each one eats, or transfers.", "저마다 먹거나 이체하는 횟수."}, 1, 1'000'000,
                    {1000, 10, 1}),
            &Params::meals);
      declare_times(visit);
      visit(needs(integer("tries", {"Tries", "시도"},
                          {"After so many failed tries for one meal its philosopher leaves hungry.",
                           "한 끼에 이만큼 실패하면 굶고 넘어간다."},
                          1, 1'000'000, {10'000, 100, 2}),
                  "order", {Order::attempt}, never_fails),
            &Params::tries);
      visit(toggle("jitter", {"Random times", "무작위 시간"},
                   {"Each time lasts from half to one and a half of what is set; off: exactly that.",
                    "시간마다 정한 것의 절반에서 한 배 반까지 걸린다. 끄면 꼭 그만큼."},
                   {1, 1, 1}),
            &Params::jitter);
    }
    static constexpr Text never_fails{"In this order nobody tries and fails: whoever comes too late waits.",
                                      "이 순서에서는 시도하고 실패하는 일이 없다. 늦으면 기다린다."};
    template <class Visit>
    static void declare_times(Visit&& visit) {
      const auto time = [](std::string_view key, Text label, Text hint, Nanoseconds usual) {
        return duration(key, label, hint, 0, second, {usual, usual, 0});
      };
      visit(time("think", {"Thinking", "생각"}, {"Between two meals, without a fork.", "포크 없이, 다음 식사까지."},
                 100 * microsecond),
            &Params::think);
      visit(time("reach", {"Reaching", "손 뻗기"},
                 {"Between the first fork and the second.", "첫 포크를 쥐고 다음 포크를 집기까지."}, 50 * microsecond),
            &Params::reach);
      visit(time("eat", {"Eating", "식사"}, {"With both forks in hand.", "포크 둘을 다 쥔 시간."}, 50 * microsecond),
            &Params::eat);
      visit(needs(time("back-off", {"Backing off", "물러남"},
                       {"After a failed try, without a fork.", "시도에 실패한 뒤, 포크 없이."}, 50 * microsecond),
                  "order", {Order::attempt}, never_fails),
            &Params::back_off);
    }

    [[nodiscard]] std::size_t locks() const {
      return scene == Scene::philosophers ? static_cast<std::size_t>(threads) : 2;
    }
    // A philosopher's own fork has the same number; the other one is the next. Transfers of odd numbers go from the
    // first account to the second, the others back. Counted from 0.
    [[nodiscard]] Pair forks_of(std::size_t thread) const {
      Pair out{thread % locks(), (thread + 1) % locks()};
      if (order == Order::ordered && out.first > out.second) std::swap(out.first, out.second);
      return out;
    }
    [[nodiscard]] std::int64_t expected() const { return std::int64_t{threads} * meals; }

    template <rt::Runtime R>
    Nanoseconds about(R& rt, Nanoseconds time) const {
      return jitter ? time / 2 + rt.random(static_cast<std::uint32_t>(time) + 1) : time;
    }
  };

  static Preset remedy();
  static std::vector<Preset> presets();

  // What there is called in each scene. All but the waiter are numbered, from 1.
  struct Names {
    Text diner;
    Text lock;
    Text plate;
    Text waiter;
  };
  static constexpr Names names_in(Scene scene) {
    if (scene == Scene::accounts)
      return {{"teller", "창구"}, {"account", "계좌"}, {"slip", "전표"}, {"the bank", "은행"}};
    return {{"philosopher", "철학자"}, {"fork", "포크"}, {"plate", "접시"}, {"the waiter", "웨이터"}};
  }
  static constexpr Text balance_name{"balance", "잔액"};

  static constexpr std::int32_t money_each = 1000;
  static constexpr std::int32_t most_moved = 99;

  // What one thread counts for itself: nobody else looks before it has ended.
  struct Seat {
    std::int32_t meals = 0;
    std::int64_t failed_tries = 0;
    std::int64_t missed = 0;
  };

  template <rt::Runtime R>
  struct State {
    Params params;
    std::deque<typename R::Lock> locks;    // forks, or accounts
    typename R::Lock waiter;               // keeps nobody out where there is none
    std::deque<typename R::Var> plates;    // how often each thread has eaten, for all to see
    std::deque<typename R::Var> balances;  // of the accounts
    std::vector<Seat> seats;

    State(R& rt, const Params& p) : params(p), waiter(rt, rt::Name{names_in(p.scene).waiter}, waiter_kind(p)) {
      const Names names = names_in(p.scene);
      for (int at = 1; at <= static_cast<int>(p.locks()); ++at) {
        locks.emplace_back(rt, rt::Name{names.lock, at}, rt::LockKind::mutex);
      }
      for (int at = 1; at <= p.threads; ++at) plates.emplace_back(rt, rt::Name{names.plate, at}, 0);
      for (int at = 1; p.scene == Scene::accounts && at <= 2; ++at) {
        balances.emplace_back(rt, rt::Name{balance_name, at}, money_each);
      }
      seats.resize(static_cast<std::size_t>(p.threads));
    }

    static rt::LockKind waiter_kind(const Params& p) {
      return p.order == Order::waiter ? rt::LockKind::mutex : rt::LockKind::none;
    }
  };

  // Keeps a core busy: a nanosecond or two a bite.
  static constexpr Nanoseconds bite = 2;
  static void chew(std::int64_t begin, std::int64_t end) {
    volatile std::uint32_t chewed = 0;
    for (std::int64_t at = begin; at < end; ++at) chewed = chewed + 1;
  }

  // source: begin
  // What both locks are needed for.
  template <rt::Runtime R>
  static rt::Task<> use(R& rt, State<R>& state, std::size_t thread) {
    const Params& params = state.params;
    const std::int64_t bites = params.eat > 0 ? std::max<Nanoseconds>(params.about(rt, params.eat) / bite, 1) : 0;
    if (params.scene == Scene::philosophers) {
      if (bites > 0) co_await rt.compute(bites, bite, rt::Safepoint::back_edge, chew);  // @eat
    } else {
      auto& from = state.balances[thread % 2];
      auto& to = state.balances[(thread + 1) % 2];
      const std::int32_t has = co_await rt.load(from);  // @from
      const std::int32_t moved = std::min(has, 1 + static_cast<std::int32_t>(rt.random(most_moved)));
      co_await rt.store(from, has - moved);                                             // @take
      if (bites > 0) co_await rt.compute(bites, bite, rt::Safepoint::back_edge, chew);  // @count
      const std::int32_t there = co_await rt.load(to);                                  // @to
      co_await rt.store(to, there + moved);                                             // @give
    }
    co_await rt.store(state.plates[thread], ++state.seats[thread].meals);  // @plate
  }

  // Takes both locks, uses them and lets go. False where the second could not be had and the first was put down.
  template <rt::Runtime R>
  static rt::Task<bool> take_both(R& rt, State<R>& state, std::size_t thread) {
    const Params& params = state.params;
    const Pair needs = params.forks_of(thread);
    auto turn = co_await rt.acquire(state.waiter);                            // @waiter
    auto first = co_await rt.acquire(state.locks[needs.first]);               // @first
    if (params.reach > 0) co_await rt.sleep(params.about(rt, params.reach));  // @reach
    typename R::Guard second;
    if (params.order == Order::attempt) {
      second = co_await rt.try_acquire(state.locks[needs.second]);  // @try
      if (!second) co_return false;
    } else {
      second = co_await rt.acquire(state.locks[needs.second]);  // @second
    }
    turn = typename R::Guard{};
    co_await use(rt, state, thread);
    co_return true;
  }

  template <rt::Runtime R>
  static rt::Task<> dine(R& rt, State<R>& state, std::size_t thread) {
    const Params& params = state.params;
    Seat& seat = state.seats[thread];
    for (int meal = 0; meal < params.meals; ++meal) {
      if (params.think > 0) co_await rt.sleep(params.about(rt, params.think));  // @think
      for (int tries = 1;; ++tries) {
        const bool eaten = co_await take_both(rt, state, thread);
        if (eaten) break;
        ++seat.failed_tries;
        if (tries >= params.tries) {
          ++seat.missed;
          break;
        }
        if (params.back_off > 0) co_await rt.sleep(params.about(rt, params.back_off));  // @back_off
        co_await rt.safepoint(rt::Safepoint::back_edge, seat.meals);
      }
      co_await rt.safepoint(rt::Safepoint::back_edge, seat.meals);
    }
  }

  template <rt::Runtime R>
  static rt::Task<> main(R& rt, State<R>& state, const Params& params) {
    const Text name = names_in(params.scene).diner;
    std::vector<rt::Participant> diners;
    for (int number = 1; number <= params.threads; ++number) {
      const rt::SpawnOptions options{{name, number}, rt::Vehicle::thread};  // @start
      diners.push_back(co_await rt.spawn(
          options, [](R& own, State<R>& shared, std::size_t thread) { return dine(own, shared, thread); }, state,
          static_cast<std::size_t>(number - 1)));
    }
    for (const rt::Participant diner : diners) co_await rt.join(diner);  // @join
  }
  // source: end

  static std::int64_t work(const Params& params) { return params.expected(); }

  struct Facts {
    std::int64_t eaten = 0;
    std::int64_t hungriest = 0;  // meals of the one that ate least
    std::int64_t luckiest = 0;
    std::int64_t failed_tries = 0;
    std::int64_t missed = 0;  // meals given up
    std::int64_t money = 0;   // in both accounts
  };
  template <rt::Runtime R>
  static Facts observe(State<R>& state) {
    Facts out;
    out.hungriest = state.params.meals;
    for (const Seat& seat : state.seats) {
      out.eaten += seat.meals;
      out.hungriest = std::min<std::int64_t>(out.hungriest, seat.meals);
      out.luckiest = std::max<std::int64_t>(out.luckiest, seat.meals);
      out.failed_tries += seat.failed_tries;
      out.missed += seat.missed;
    }
    for (const auto& balance : state.balances) out.money += balance.peek();
    return out;
  }
  static std::int64_t money(const Params& params) {
    return params.scene == Scene::accounts ? 2 * std::int64_t{money_each} : 0;
  }
  static bool fine(const Params& params, const Facts& facts) {
    return facts.eaten == params.expected() && facts.money == money(params);
  }
  static std::int64_t figure(const Facts& facts) { return facts.eaten; }
  static Outcome judge(const Params& params, const Facts& facts, const rt::RunFacts& run);
};

}  // namespace interleave::workloads
