#include "explore/state_graph.h"

#include <algorithm>
#include <ranges>
#include <span>

namespace interleave::explore {

namespace {

bool is_on_value(sim::Op op) {
  const sim::On on = sim::info(op).on;
  return on != sim::On::condition && on != sim::On::pipe;
}

}  // namespace

StateGraph::StateGraph(Subject& subject, const sim::Settings& settings, Limits limits)
    : walk_(subject, settings), limits_(limits), values_(subject.all_in_variables()) {}

bool StateGraph::work(std::uint64_t steps) {
  if (complete_ || stopped_) return false;
  at_ = none;  // another search may have had the subject
  if (!begun_) begin();
  const std::uint64_t until = steps_ + steps;
  while (steps_ < until) {
    const bool endless = too_long_ && steps_ >= steps_allowed_;
    if (nodes_.size() >= limits_.states || endless) {
      stopped_ = true;
      break;
    }
    if (now_.empty()) {
      exhausted_below_ = bound_ + 1;
      if (later_.empty()) {
        complete_ = !too_long_;
        stopped_ = too_long_;
        break;
      }
      if (bound_ == limits_.preemptions) {
        stopped_ = true;
        break;
      }
      now_.swap(later_);
      std::ranges::reverse(now_);  // what was found first comes first
      ++bound_;
    }
    const Item item = now_.back();
    now_.pop_back();
    follow(item);
  }
  walk_.leave();
  return !complete_ && !stopped_;
}

// ---- moving about ---------------------------------------------------------------------------------------------------

void StateGraph::begin() {
  begun_ = true;
  go_to(none);
  const Index root = add_node(fingerprint_.value(), none);
  at_ = root;
  const Index visit = nodes_[root].first_visit;
  visits_[visit].seen = true;
  if (nodes_[root].failed) note_failure(root, visit);
  Index next = none;
  look_from(visit, root, std::nullopt, next);
  if (next != none) now_.push_back({visit, next});
}

// Stands at the node, by the way by which it was found; none: at the beginning.
void StateGraph::go_to(Index node) {
  path_.clear();
  for (Index at = node; at != none && nodes_[at].in_edge != none; at = edges_[nodes_[at].in_edge].from) {
    path_.push_back(edges_[nodes_[at].in_edge].thread);
  }
  fingerprint_.begin_execution();
  walk_.begin(IntoFingerprint{fingerprint_});
  ++steps_;
  for (const std::uint32_t thread : std::views::reverse(path_)) take(thread);
  at_ = node;
}

void StateGraph::take(std::uint32_t name) {
  sim::Thread& thread = *walk_.able(name);
  const Step step = walk_.step_of(thread);
  ++steps_;
  // Who is next among the tasks of a loop is no value; nor is what a pipe holds.
  const bool plain = thread.loop == nullptr && is_on_value(thread.parked->op);
  if (values_ && plain) return take_for_values(thread, step);
  fingerprint_.take(step, thread.parked->op == sim::Op::store);
  walk_.take(thread, IntoFingerprint{fingerprint_});
}

void StateGraph::take_for_values(sim::Thread& thread, const Step& step) {
  const sim::Parked& parked = *thread.parked;
  if (sim::info(parked.op).on == sim::On::lock) {
    const auto& lock = *static_cast<const sim::Lock*>(parked.target);
    fingerprint_.see(step, 0);
    walk_.take(thread, IntoFingerprint{fingerprint_});
    fingerprint_.become(step.label.object, lock.owner == nullptr ? 0 : walk_.name(*lock.owner) + std::uint64_t{1});
  } else {
    const auto& variable = *static_cast<const sim::Var*>(parked.target);
    fingerprint_.see(step, parked.op == sim::Op::store ? 0 : static_cast<std::uint32_t>(variable.value));
    walk_.take(thread, IntoFingerprint{fingerprint_});
    fingerprint_.become(step.label.object, std::uint64_t{1} << 32U | static_cast<std::uint32_t>(variable.value));
  }
  if (thread.over) fingerprint_.ended(step.thread);
}

StateGraph::Index StateGraph::add_node(std::uint64_t key, Index in_edge) {
  const auto index = static_cast<Index>(nodes_.size());
  known_.emplace(key, index);
  Node node;
  node.in_edge = in_edge;
  node.depth = in_edge == none ? 0 : nodes_[edges_[in_edge].from].depth + 1;
  node.first_edge = static_cast<Index>(edges_.size());
  node.first_visit = static_cast<Index>(visits_.size());
  // An execution that is too long ends here, and nothing is known of its rest.
  if (walk_.too_long()) {
    too_long_ = true;
  } else {
    for (const sim::Thread* thread : walk_.enabled()) {
      edges_.push_back({index, none, walk_.name(*thread), walk_.could_go_on(*thread)});
    }
  }
  node.edges = static_cast<std::uint16_t>(edges_.size() - node.first_edge);
  const auto own = std::span(edges_).subspan(node.first_edge);
  std::ranges::sort(own, {}, &Edge::thread);
  visits_.resize(visits_.size() + own.size() + 1);
  if (own.empty() && !walk_.too_long()) {
    const Ending end = walk_.result();
    node.failed = end.failed;
    node.hung = end.hung;
    node.figure = end.figure;
    ++ends_.all;
    if (end.failed) ++ends_.failing;
    if (end.hung) {
      ++ends_.hanging;
    } else {
      Ends::Count& same = ends_.figures[end.figure];
      ++same.all;
      if (end.failed) ++same.failing;
    }
  }
  nodes_.push_back(node);
  return index;
}

// The walk has just taken this edge.
StateGraph::Index StateGraph::arrive(Index in_edge) {
  const std::uint64_t key = fingerprint_.value();
  const auto found = known_.find(key);
  const Index node = found != known_.end() ? found->second : add_node(key, in_edge);
  edges_[in_edge].to = node;
  return node;
}

StateGraph::Index StateGraph::visit_of(Index node, std::uint32_t arrived) const {
  const Node& there = nodes_[node];
  for (Index at = 0; at < there.edges; ++at) {
    const Edge& edge = edges_[there.first_edge + at];
    if (edge.thread == arrived && edge.interrupts) return there.first_visit + 1 + at;
  }
  return there.first_visit;
}

// ---- searching ------------------------------------------------------------------------------------------------------

// Takes the edge and goes on from there as long as nobody has to be interrupted.
void StateGraph::follow(Item item) {
  while (item.edge != none) {
    const Edge edge = edges_[item.edge];
    Index node = edge.to;
    if (node == none) {
      if (at_ != edge.from) go_to(edge.from);
      take(edge.thread);
      node = at_ = arrive(item.edge);
    }
    const Index visit = visit_of(node, edge.thread);
    if (visits_[visit].seen) return;
    visits_[visit] = {true, item.visit, item.edge};
    if (nodes_[node].failed) note_failure(node, visit);
    const bool goes_on = visit != nodes_[node].first_visit;
    Index next = none;
    look_from(visit, node, goes_on ? std::optional(edge.thread) : std::nullopt, next);
    item = {visit, next};
  }
}

// Puts down the edges from here, and names the one to go on with.
void StateGraph::look_from(Index visit, Index node, std::optional<std::uint32_t> arrived, Index& next) {
  const Node& here = nodes_[node];
  const auto own = std::views::iota(here.first_edge, here.first_edge + here.edges);
  if (arrived) {
    for (const Index at : own) {
      if (edges_[at].thread != *arrived) later_.push_back({visit, at});
    }
  }
  // The first thread's last, so that it is followed first.
  for (const Index at : own | std::views::reverse) {
    if (arrived && edges_[at].thread != *arrived) continue;
    if (next != none) now_.push_back({visit, next});
    next = at;
  }
}

void StateGraph::note_failure(Index node, Index visit) {
  const std::uint32_t steps = nodes_[node].depth;
  if (failure_ != none && (bound_ > failure_preemptions_ || steps >= failure_steps_)) return;
  failure_ = visit;
  failure_steps_ = steps;
  failure_preemptions_ = bound_;
  failure_hangs_ = nodes_[node].hung;
}

std::optional<StateGraph::Shortest> StateGraph::shortest() const {
  if (failure_ == none) return std::nullopt;
  return Shortest{failure_preemptions_, failure_steps_, exhausted_below_ > failure_preemptions_};
}

std::vector<std::uint32_t> StateGraph::threads_to(Index visit) const {
  std::vector<std::uint32_t> out;
  for (; visits_[visit].by != none; visit = visits_[visit].before) out.push_back(edges_[visits_[visit].by].thread);
  std::ranges::reverse(out);
  return out;
}

sim::Schedule StateGraph::schedule_of_shortest() {
  walk_.begin();
  for (const std::uint32_t thread : threads_to(failure_)) walk_.take(*walk_.able(thread), NoNotices{});
  sim::Schedule out = walk_.schedule();
  walk_.leave();
  at_ = none;
  return out;
}

// ---- counting -------------------------------------------------------------------------------------------------------

Odds StateGraph::odds() const {
  // Every way to a state has the same number of steps, so that this order has each before what follows from it.
  std::vector<Index> order(nodes_.size());
  for (Index at = 0; at < order.size(); ++at) order[at] = at;
  std::ranges::sort(order, [this](Index a, Index b) {
    return nodes_[a].depth != nodes_[b].depth ? nodes_[a].depth < nodes_[b].depth : a < b;
  });
  std::vector<Odds::End> at(nodes_.size());
  at[0] = {1, 1};
  Odds out;
  const auto add = [](Odds::End& to, const Odds::End& what) {
    to.orders += what.orders;
    to.probability += what.probability;
  };
  for (const Index index : order) {
    const Node& node = nodes_[index];
    for (Index edge = node.first_edge; edge < node.first_edge + node.edges; ++edge) {
      add(at[edges_[edge].to], {at[index].orders, at[index].probability / node.edges});
    }
    if (node.edges > 0) continue;
    out.orders += at[index].orders;
    if (node.failed) add(out.failing, at[index]);
    add(node.hung ? out.hanging : out.ends[node.figure], at[index]);
  }
  return out;
}

}  // namespace interleave::explore
