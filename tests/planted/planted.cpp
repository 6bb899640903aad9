// Faults planted for the sanitizers, one for each name: a sanitizer that stays silent here is not at work.
#include <limits>
#include <memory>
#include <string_view>
#include <thread>

namespace {

int race() {
  int shared = 0;
  std::thread other([&shared] { shared += 1; });
  shared += 1;
  other.join();
  return shared == 2 ? 0 : 1;
}

int use_after_free() {
  auto owner = std::make_unique<int>(1);
  volatile int* dangling = owner.get();
  owner.reset();
  return *dangling;
}

int overflow(int one) {
  const int sum = std::numeric_limits<int>::max() + one;
  return sum == 0 ? 1 : 0;
}

}  // namespace

int main(int count, char** arguments) {
  const std::string_view fault = count > 1 ? arguments[1] : "";
  if (fault == "race") return race();
  if (fault == "use_after_free") return use_after_free();
  if (fault == "overflow") return overflow(count - 1);
  return 2;
}
