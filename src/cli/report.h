// What the program prints for people.
#pragma once

#include <iosfwd>
#include <span>
#include <string_view>
#include <vector>

#include "core/text.h"
#include "session/runner.h"

namespace interleave::cli {

void print_list(const session::Catalogue& catalogue, Language language, std::ostream& out);

// The headline first, then why, then figures.
void print_run(const session::RunRecord& record, const session::Host& host, Language language, std::ostream& out);

// How often each outcome came, and how the figures varied. At least one record.
void print_runs(std::span<const session::RunRecord> records, const session::Host& host, Language language,
                std::ostream& out);

// The command that repeats a run, with `more` behind it, and the computer that it was on.
void print_origin(const session::Setup& setup, const session::Host& host, Language language, std::ostream& out,
                  std::string_view more = {});

}  // namespace interleave::cli
