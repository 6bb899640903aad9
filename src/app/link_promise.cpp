#include "app/link_promise.h"

#include <utility>

namespace interleave::app {

std::vector<Words> LinkPromise::opened(const session::Listed& listed, const session::Setup& setup) {
  std::vector<session::Problem> damaged;
  open_.reset();
  if (auto promise = session::promise_of(listed, damaged)) open_ = Open{std::move(*promise), setup};
  std::vector<Words> out;
  for (session::Problem& problem : damaged) out.push_back(std::move(problem.message));
  if (!open_) return out;
  if (auto broken = session::broken_by(open_->promise, setup)) out.push_back(std::move(*broken));
  return out;
}

std::optional<Words> LinkPromise::look(const session::RunRecord& latest) {
  if (!open_ || !latest.hash || latest.setup != open_->setup) return std::nullopt;
  const Open seen = *std::exchange(open_, std::nullopt);
  return session::broken_by(seen.promise, *latest.hash);
}

}  // namespace interleave::app
