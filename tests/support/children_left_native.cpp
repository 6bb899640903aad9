#include <algorithm>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <sys/wait.h>
#include <unistd.h>

#include "support/children_left.h"

namespace interleave::test {

ChildrenLeft children_left() {
  // Neither a child that runs nor one that waits to be reaped.
  const bool any = ::waitpid(-1, nullptr, WNOHANG) >= 0 || errno != ECHILD;
  return {any ? 1 : 0, std::ranges::distance(std::filesystem::directory_iterator("/proc/self/fd"),
                                             std::filesystem::directory_iterator())};
}

// The parent of a process is the second field behind its name, which stands in brackets.
bool kill_a_child() {
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const std::string name = entry.path().filename().string();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    std::ifstream file(entry.path() / "stat");
    std::string line;
    if (!std::getline(file, line)) continue;
    const std::string rest = line.substr(line.rfind(')') + 1);
    char state = 0;
    pid_t parent = 0;
    std::istringstream(rest) >> state >> parent;
    if (parent != ::getpid() || state == 'Z') continue;
    return ::kill(std::stoi(name), SIGKILL) == 0;
  }
  return false;
}

}  // namespace interleave::test
