#include "offscreen.h"

namespace interleave::bench {

// Node has no GPU; what a browser draws is measured on the page, by bench/page.mjs.
std::unique_ptr<Offscreen> Offscreen::make(int, int, std::string& why) {
  why = "Node draws nothing";
  return nullptr;
}

}  // namespace interleave::bench
