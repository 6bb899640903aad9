// Chunks in WebAssembly's memory, which is one piece and has no pages to be handed out.
#include <new>

#include "trace/append_log.h"

namespace interleave::trace {

void* allocate_chunk(std::size_t bytes) { return ::operator new(bytes); }

void free_chunk(void* chunk, std::size_t /*bytes*/) noexcept { ::operator delete(chunk); }

}  // namespace interleave::trace
