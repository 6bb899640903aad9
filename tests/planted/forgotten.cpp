// Awaitables that are made and forgotten: a call of a runtime that nobody awaits does nothing, or not when it should.
// And a guard that nobody keeps, which lets its lock go at once. Never built: tests/tools/forgotten.test.mjs has the
// compilers refuse each line that is marked, once for each engine, and no other line.
#include "live/loop.h"
#include "live/threads.h"
#include "rt/barrier.h"
#include "rt/event.h"
#include "rt/queue.h"
#include "rt/rwlock.h"
#include "rt/semaphore.h"
#include "sim/machine.h"

namespace interleave {
namespace {

template <rt::Runtime R>
struct State {
  typename R::Var var;
  typename R::Lock lock;
  typename R::Condition condition;
  rt::Queue<R, int> queue;
  rt::Semaphore<R> semaphore;
  rt::Event<R> event;
  rt::Barrier<R> barrier;
  rt::RwLock<R> rwlock;
};

template <rt::Runtime R>
rt::Task<> nested(R& rt, State<R>& state) {
  co_await rt.store(state.var, 1);
}

template <rt::Runtime R>
rt::Task<> forgets(R& rt, State<R>& state, rt::Participant who) {
  rt.load(state.var);                                                       // forgotten
  rt.store(state.var, 1);                                                   // forgotten
  rt.fetch_add(state.var, 1);                                               // forgotten
  rt.compare_exchange(state.var, 0, 1);                                     // forgotten
  rt.acquire(state.lock);                                                   // forgotten
  rt.try_acquire(state.lock);                                               // forgotten
  rt.acquire_for(state.lock, millisecond);                                  // forgotten
  rt.wait(state.condition);                                                 // forgotten
  rt.notify_one(state.condition);                                           // forgotten
  rt.notify_all(state.condition);                                           // forgotten
  rt.join(who);                                                             // forgotten
  rt.sleep(millisecond);                                                    // forgotten
  rt.safepoint(rt::Safepoint::back_edge, 0);                                // forgotten
  rt.io(rt::IoCall::select, millisecond, rt::GilDuringIo::released);        // forgotten
  rt.compute(1, 1, rt::Safepoint::back_edge, [](std::int64_t, auto) {});    // forgotten
  rt.spawn({}, [](R& own, State<R>& s) { return nested(own, s); }, state);  // forgotten
  nested(rt, state);                                                        // forgotten
  state.queue.put(rt, 7);                                                   // forgotten
  state.semaphore.acquire(rt);                                              // forgotten
  state.event.set(rt);                                                      // forgotten
  state.barrier.arrive(rt);                                                 // forgotten
  state.rwlock.acquire_read(rt);                                            // forgotten
  co_await rt.acquire(state.lock);                                          // dropped
}

template <rt::Runtime R>
rt::Task<> remembers(R& rt, State<R>& state) {
  const auto held = co_await rt.acquire(state.lock);
  co_await rt.load(state.var);
  co_await rt.store(state.var, 1);
  co_await rt.fetch_add(state.var, 1);
  const rt::Participant other = co_await rt.spawn({}, [](R& own, State<R>& s) { return nested(own, s); }, state);
  co_await rt.join(other);
  co_await nested(rt, state);
  co_await state.queue.put(rt, 7);
  co_await state.barrier.arrive(rt);
  rt.check(true, {"", ""});
}

template rt::Task<> forgets(sim::Machine&, State<sim::Machine>&, rt::Participant);
template rt::Task<> forgets(live::Threads&, State<live::Threads>&, rt::Participant);
template rt::Task<> forgets(live::Loop&, State<live::Loop>&, rt::Participant);
template rt::Task<> remembers(sim::Machine&, State<sim::Machine>&);
template rt::Task<> remembers(live::Threads&, State<live::Threads>&);
template rt::Task<> remembers(live::Loop&, State<live::Loop>&);

}  // namespace
}  // namespace interleave
