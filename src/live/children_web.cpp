// A browser's page cannot start child processes yet, and says so: the run ends with Verdict::limit.
#include "live/children.h"

namespace interleave::live {

struct Child::Process {};
struct Children::Inside {};

Children::Children() = default;
Children::~Children() = default;

void Children::start(Child&, std::string_view, const std::string&) { throw rt::LimitReached{0, rt::Scarce::processes}; }
bool Children::talk(Child&, const rt::Talk&, Nanoseconds, const Told&, rt::Heard&) { return false; }
void Children::kill(Child&) {}
void Children::end_all(const Told&) {}
void Children::interrupt() {}

}  // namespace interleave::live
