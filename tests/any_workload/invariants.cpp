#include "any_workload/invariants.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace interleave::test {
namespace {

// Hangul's syllables begin with these bytes in UTF-8.
bool has_hangul(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return c >= '\xEA' && c <= '\xED'; });
}

void check_words(const std::string& name, const Words& words, Violations& out) {
  if (words.en.empty() || words.ko.empty()) {
    out.push_back(name + " lacks a language");
    return;
  }
  if (has_hangul(words.en)) out.push_back(name + " has Hangul in its English: " + words.en);
  for (const Language language : {Language::en, Language::ko}) {
    if (words.in(language).find('{') == std::string::npos) continue;
    out.push_back(name + " has a place that was not filled: " + words.in(language));
  }
}

// A label may be the same in both languages ("p99"), a sentence may not.
void check_sentence(const std::string& name, const Words& words, Violations& out) {
  check_words(name, words, out);
  if (!words.ko.empty() && !has_hangul(words.ko)) out.push_back(name + " has no Hangul in its Korean: " + words.ko);
}

void check_outcome(const Ended& ended, Violations& out) {
  const Outcome& outcome = ended.outcome();
  check_sentence("the headline", outcome.headline, out);
  check_sentence("the sentence", outcome.sentence, out);
  for (const Words& line : outcome.cycle) check_sentence("the cycle", line, out);
  std::set<std::string_view> keys;
  for (const Figure& figure : outcome.figures) {
    const std::string name = "the figure " + std::string(figure.key);
    check_words(name, Words(figure.label), out);
    if (!std::isfinite(figure.value)) out.push_back(name + " is not finite");
    if (show_figure(figure).empty()) out.push_back(name + " shows nothing");
    if (!keys.insert(figure.key).second) out.push_back(name + " is there twice");
  }
  if (ended.judged() && outcome.figures.empty()) out.push_back("a judged run has no figures");
  const Invariants* own = invariants_of(ended.config.entry->info.id);
  if (outcome.verdict == Verdict::hang && own != nullptr && !own->may_hang(ended.config)) {
    out.push_back("it hangs, and must not: " + outcome.sentence.en);
  }
}

// Each participant of a run that came to its end has begun once and ended once, and its time never goes back.
void check_participants(const trace::Trace& trace, Violations& out) {
  std::vector<int> begun(trace.threads().size());
  std::vector<int> ended(trace.threads().size());
  for (std::size_t stream = 0; stream < trace.streams().size(); ++stream) {
    const auto& events = trace.streams()[stream]->events();
    std::vector<Nanoseconds> latest(trace.threads().size());
    for (std::size_t at = 0; at < events.size(); ++at) {
      const trace::Event& event = events[at];
      const std::size_t who = event.thread.index();
      if (event.time < latest[who]) out.push_back("time goes back for participant " + std::to_string(who));
      latest[who] = std::max(latest[who], event.time);
      begun[who] += event.kind == trace::Kind::started ? 1 : 0;
      ended[who] += event.kind == trace::Kind::ended ? 1 : 0;
    }
  }
  for (std::size_t who = 0; who < begun.size(); ++who) {
    if (begun[who] == 1 && ended[who] == 1) continue;
    out.push_back("participant " + std::to_string(who) + " began " + std::to_string(begun[who]) + " times and ended " +
                  std::to_string(ended[who]) + " times");
  }
}

// No lock is held by two: read off a simulated trace, where every step is recorded in the order of execution.
void check_locks(const trace::Trace& trace, Violations& out) {
  std::vector<ThreadId> holders(trace.objects().size());
  const auto& events = trace.streams()[0]->events();
  for (std::size_t at = 0; at < events.size(); ++at) {
    const trace::Event& event = events[at];
    const bool takes = (event.kind == trace::Kind::acquire || event.kind == trace::Kind::try_acquire ||
                        event.kind == trace::Kind::acquire_for) &&
                       event.value == 1;
    if (!takes && event.kind != trace::Kind::release) continue;
    ThreadId& holder = holders[event.object.index()];
    const std::string& name = trace.objects()[event.object.index()].name.en;
    if (takes && holder.valid()) out.push_back(name + " is taken while it is held, at event " + std::to_string(at));
    if (!takes && holder != event.thread) out.push_back(name + " is released by one that does not hold it");
    holder = takes ? event.thread : ThreadId::none();
  }
}

// Whose thread it is that runs this one's body: a task's is that of its loop, which is its maker's.
ThreadId carrier_of(const trace::Trace& trace, ThreadId thread) {
  while (trace.threads()[thread.index()].vehicle == trace::Vehicle::task) {
    thread = trace.threads()[thread.index()].parent;
  }
  return thread;
}

// The interpreter lock has one holder at a time, and nobody else runs but child processes, whose interpreters are their
// own.
void check_interpreter(const trace::Trace& trace, Violations& out) {
  using trace::Kind;
  bool has_gil = false;
  for (std::size_t at = 0; at < trace.objects().size(); ++at) {
    has_gil = has_gil || trace.objects()[at].kind == trace::ObjectKind::interpreter;
  }
  if (!has_gil) return;
  ThreadId holder;
  const auto& events = trace.streams()[0]->events();
  for (std::size_t at = 0; at < events.size(); ++at) {
    const trace::Event& event = events[at];
    switch (event.kind) {
      case Kind::gil_take:
        if (holder.valid()) out.push_back("the interpreter lock is taken while another has it");
        holder = event.thread;
        break;
      case Kind::gil_drop:
        if (holder != event.thread) out.push_back("the interpreter lock is dropped by one that does not have it");
        holder = ThreadId::none();
        break;
      case Kind::load:
      case Kind::store:
      case Kind::fetch_add:
      case Kind::compare_exchange:
      case Kind::spawn:
      case Kind::release:
      case Kind::compute:
        if (trace.threads()[event.thread.index()].vehicle != trace::Vehicle::process &&
            holder != carrier_of(trace, event.thread)) {
          out.push_back(std::string(info(event.kind).key) + " without the interpreter lock");
        }
        break;
      default: break;
    }
  }
}

}  // namespace

const Invariants* invariants_of(std::string_view id) {
  const auto found = all_invariants().find(id);
  return found == all_invariants().end() ? nullptr : &found->second;
}

Violations violations(const Ended& ended) {
  Violations out;
  if (ended.snapshot.problem) out.push_back("a problem: " + ended.snapshot.problem->en);
  if (!ended.snapshot.outcome) {
    out.emplace_back("it has finished without an outcome");
    return out;
  }
  check_outcome(ended, out);
  if (ended.judged() && ended.complete()) check_participants(*ended.snapshot.trace, out);
  if (ended.config.engine == Engine::simulate && ended.snapshot.trace != nullptr) {
    check_locks(*ended.snapshot.trace, out);
    check_interpreter(*ended.snapshot.trace, out);
  }
  const Invariants* own = invariants_of(ended.config.entry->info.id);
  if (own == nullptr) {
    out.push_back("there is no tests/workloads/" + std::string(ended.config.entry->info.id) + "_invariants.cpp");
  } else {
    own->check(ended, out);
  }
  return out;
}

}  // namespace interleave::test
