// The command line of the desktop window.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/app.h"

namespace interleave::app {

// What a reader would do with a widget: see App::perform.
struct Act {
  std::string role;
  std::string key;
  std::optional<std::string> value;
};

struct Arguments {
  WindowOptions window;
  AppOptions app;
  std::string screenshot;
  std::string state_file;
  float scale = 0;                   // device pixels per point; 0: the screen's own
  std::vector<Act> acts;             // done one after another before the picture is taken
  std::optional<view::Point> hover;  // where the pointer stands in the picture
  std::vector<std::string> rest;     // the configuration
  std::optional<int> exit_code;      // help was asked for and given, or a flag was wrong, which has been said
};

[[nodiscard]] Arguments read_arguments(int count, char** arguments);

}  // namespace interleave::app
