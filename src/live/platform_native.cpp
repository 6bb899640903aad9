#include "live/platform.h"

namespace interleave::live {
namespace {

// Enough for every workload's largest parameters; a thread is made when it is first wanted.
constexpr std::size_t workers = 64;

}  // namespace

std::shared_ptr<Pool> make_pool() { return std::make_shared<Pool>(workers, Pool::Begin::on_demand); }

}  // namespace interleave::live
