// Wakeup trees: the beginnings of executions that are still to be explored, ordered.
#pragma once

#include <cstdint>
#include <vector>

#include "explore/label.h"
#include "explore/memory_budget.h"

namespace interleave::explore {

// One tree for the whole search: the path that is being explored leads down from the root, and the children of a
// node on it are the wakeup tree of the state there. Nodes live in one vector and are used again.
class WakeupTree {
 public:
  using Node = std::uint32_t;
  static constexpr Node none = 0xffff'ffffU;

  WakeupTree() {
    nodes_.reserve(room);
    free_.reserve(room);
    nodes_.push_back({});
  }

  [[nodiscard]] static constexpr Node root() { return 0; }
  [[nodiscard]] Node first_child(Node node) const { return nodes_[node].first_child; }
  [[nodiscard]] Node next_sibling(Node node) const { return nodes_[node].next_sibling; }
  [[nodiscard]] const Step& step(Node node) const { return nodes_[node].step; }
  [[nodiscard]] std::size_t size() const { return nodes_.size() - free_.size(); }
  [[nodiscard]] std::size_t bytes() const { return bytes_of(nodes_, free_); }

  // Behind the children that are there.
  Node add_child(Node parent, const Step& step) {
    const Node node = take();
    nodes_[node] = {step, none, none};
    Node* link = &nodes_[parent].first_child;
    while (*link != none) link = &nodes_[*link].next_sibling;
    *link = node;
    return node;
  }

  // The first child has been explored. What is below it must have been removed before.
  void remove_first_child(Node parent) {
    const Node node = nodes_[parent].first_child;
    nodes_[parent].first_child = nodes_[node].next_sibling;
    free_.push_back(node);
  }

 private:
  struct Content {
    Step step;
    Node first_child = none;
    Node next_sibling = none;
  };

  Node take() {
    if (free_.empty()) {
      nodes_.emplace_back();
      return static_cast<Node>(nodes_.size() - 1);
    }
    const Node node = free_.back();
    free_.pop_back();
    return node;
  }

  std::vector<Content> nodes_;
  std::vector<Node> free_;
};

}  // namespace interleave::explore
