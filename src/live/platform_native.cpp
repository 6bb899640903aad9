#include <pthread.h>

#include "live/platform.h"

namespace interleave::live {
namespace {

// Enough for every workload's largest parameters; a thread is made when it is first wanted.
constexpr std::size_t workers = 64;

}  // namespace

std::shared_ptr<Pool> make_pool() { return std::make_shared<Pool>(workers, Pool::Begin::on_demand); }

// What std::thread asks for: whatever is usual.
std::int64_t stack_size() {
  pthread_attr_t usual;
  if (pthread_attr_init(&usual) != 0) return 0;
  std::size_t size = 0;
  pthread_attr_getstacksize(&usual, &size);
  pthread_attr_destroy(&usual);
  return static_cast<std::int64_t>(size);
}

}  // namespace interleave::live
