// What bodies await of shared variables, locks, conditions and time on the simulator. See rt/runtime.h.
#pragma once

#include <algorithm>
#include <coroutine>
#include <cstdint>
#include <type_traits>
#include <utility>

#include "rt/guard.h"
#include "rt/runtime.h"
#include "sim/thread.h"

namespace interleave::sim {

// A part of the machine M, which is its only heir.
template <class M>
class Calls {
 public:
  using Guard = rt::Guard<M, Lock>;

  struct [[nodiscard]] Await {
    M& machine;
    Parked parked;
    static constexpr bool await_ready() { return false; }
    void await_suspend(std::coroutine_handle<>) { machine.park(parked); }
  };
  struct [[nodiscard]] AwaitNothing : Await {
    static void await_resume() {}
  };
  struct [[nodiscard]] AwaitValue : Await {
    std::int32_t await_resume() const { return static_cast<std::int32_t>(this->parked.operand); }
  };
  struct [[nodiscard]] AwaitFlag : Await {
    [[nodiscard]] bool await_resume() const { return this->parked.operand != 0; }
  };
  struct [[nodiscard]] AwaitGuard : Await {
    [[nodiscard]] bool await_ready() const {
      return static_cast<Lock*>(this->parked.target)->kind == rt::LockKind::none;
    }
    [[nodiscard]] Guard await_resume() const {
      auto* lock = static_cast<Lock*>(this->parked.target);
      const bool has_it = lock->kind != rt::LockKind::none && this->parked.operand != 0;
      return has_it ? Guard{this->machine, *lock} : Guard{};
    }
  };
  struct [[nodiscard]] AwaitParticipant : Await {
    [[nodiscard]] rt::Participant await_resume() const {
      return {ThreadId{static_cast<std::uint32_t>(this->parked.operand)}};
    }
  };
  template <class F>
  struct [[nodiscard]] AwaitCompute : Await {
    F work;
    std::int64_t units;
    auto await_resume() {
      if constexpr (requires { work.foretell(units); }) {
        return work.foretell(units);
      } else if constexpr (!std::is_void_v<decltype(work(std::int64_t{}, std::int64_t{}))>) {
        return work(0, units);
      }
    }
  };

  AwaitValue load(Var& var, rt::Order order = rt::Order::relaxed, rt::Site site = rt::Site::current()) {
    return {{me(), {&var, 0, 0, site.line(), Op::load, order}}};
  }
  AwaitNothing store(Var& var, std::int32_t value, rt::Order order = rt::Order::relaxed,
                     rt::Site site = rt::Site::current()) {
    return {{me(), {&var, value, 0, site.line(), Op::store, order}}};
  }
  AwaitValue fetch_add(Var& var, std::int32_t amount, rt::Order order = rt::Order::relaxed,
                       rt::Site site = rt::Site::current()) {
    return {{me(), {&var, amount, 0, site.line(), Op::fetch_add, order}}};
  }
  AwaitFlag compare_exchange(Var& var, std::int32_t expected, std::int32_t desired,
                             rt::Order order = rt::Order::relaxed, rt::Site site = rt::Site::current()) {
    return {{me(), {&var, desired, expected, site.line(), Op::compare_exchange, order}}};
  }
  AwaitGuard acquire(Lock& lock, rt::Site site = rt::Site::current()) {
    return {{me(), {&lock, 0, 0, site.line(), Op::acquire, rt::Order::acquire}}};
  }
  AwaitGuard try_acquire(Lock& lock, rt::Site site = rt::Site::current()) {
    return {{me(), {&lock, 0, 0, site.line(), Op::try_acquire, rt::Order::acquire}}};
  }
  AwaitGuard acquire_for(Lock& lock, Nanoseconds limit, rt::Site site = rt::Site::current()) {
    return {{me(), {&lock, limit, 0, site.line(), Op::acquire_for, rt::Order::acquire}}};
  }
  AwaitNothing wait(Condition& condition, rt::Site site = rt::Site::current()) {
    return {{me(), {&condition, 0, 0, site.line(), Op::wait, rt::Order::acq_rel}}};
  }
  AwaitNothing notify_one(Condition& condition, rt::Site site = rt::Site::current()) {
    return {{me(), {&condition, 0, 0, site.line(), Op::notify_one, rt::Order::release}}};
  }
  AwaitNothing notify_all(Condition& condition, rt::Site site = rt::Site::current()) {
    return {{me(), {&condition, 0, 0, site.line(), Op::notify_all, rt::Order::release}}};
  }
  AwaitNothing join(rt::Participant who, rt::Site site = rt::Site::current()) {
    return {{me(), {nullptr, who.id.value, 0, site.line(), Op::join, rt::Order::acquire}}};
  }
  AwaitNothing sleep(Nanoseconds time, rt::Site site = rt::Site::current()) {
    return {{me(), {nullptr, time, 0, site.line(), Op::sleep, rt::Order::none}}};
  }
  AwaitNothing io(rt::IoCall call, Nanoseconds time, rt::GilDuringIo gil, rt::Site site = rt::Site::current()) {
    const Op op = me().io_operation(call, time, gil);
    return {{me(), {nullptr, time, 0, site.line(), op, rt::Order::none}}};
  }
  template <class F>
  AwaitCompute<F> compute(std::int64_t units, Nanoseconds unit_cost, rt::Safepoint place, F work,
                          rt::Site site = rt::Site::current()) {
    const auto unit = static_cast<std::int32_t>(std::clamp<Nanoseconds>(unit_cost, 1, INT32_MAX));
    return {{me(), {nullptr, units * unit_cost, unit, site.line(), Op::compute, rt::Order::none, place}},
            std::move(work),
            units};
  }
  // Without an interpreter nothing can happen at a safepoint here: the machine is stopped between steps.
  struct [[nodiscard]] AwaitSafepoint : Await {
    bool passes;
    [[nodiscard]] bool await_ready() const { return passes; }
    static void await_resume() {}
  };
  AwaitSafepoint safepoint(rt::Safepoint place, std::int64_t /*done*/, rt::Site site = rt::Site::current()) {
    return {{me(), {nullptr, 0, 0, site.line(), Op::safepoint, rt::Order::none, place}}, me().passes_safepoint(place)};
  }

 private:
  friend M;
  Calls() = default;

  M& me() { return static_cast<M&>(*this); }
};

}  // namespace interleave::sim
