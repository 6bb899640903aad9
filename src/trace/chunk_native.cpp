// Chunks in huge pages, where the kernel has them.
#include <new>

#ifdef __linux__
#include <sys/mman.h>
#endif

#include "trace/append_log.h"

namespace interleave::trace {
namespace {

constexpr std::size_t huge_page = std::size_t{2} << 20U;

bool is_large(std::size_t bytes) { return bytes >= huge_page && bytes % huge_page == 0; }

}  // namespace

void* allocate_chunk(std::size_t bytes) {
  if (!is_large(bytes)) return ::operator new(bytes);
  void* const chunk = ::operator new(bytes, std::align_val_t{huge_page});
#ifdef __linux__
  // A kernel that has no huge pages refuses, and small ones do as well.
  (void)::madvise(chunk, bytes, MADV_HUGEPAGE);
#endif
  return chunk;
}

void free_chunk(void* chunk, std::size_t bytes) noexcept {
  if (is_large(bytes)) {
    ::operator delete(chunk, std::align_val_t{huge_page});
  } else {
    ::operator delete(chunk);
  }
}

}  // namespace interleave::trace
