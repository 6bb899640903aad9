#include <emscripten.h>
#include <emscripten/threading.h>

#include "support/children_left.h"

// The main thread's own list, from which a Worker goes when it is gone.
EM_JS(int, interleave_count_children, (), { return Module.childProcesses ? Module.childProcesses.alive.size : 0; });

namespace interleave::test {

ChildrenLeft children_left() {
#ifdef __EMSCRIPTEN_PTHREADS__
  return {emscripten_sync_run_in_main_runtime_thread(EM_FUNC_SIG_I, &interleave_count_children), 0};
#else
  return {interleave_count_children(), 0};
#endif
}

bool kill_a_child() { return false; }

}  // namespace interleave::test
