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
void print_run(const session::Catalogue& catalogue, const session::RunRecord& record, const session::Machine& machine,
               Language language, std::ostream& out);

// How often each outcome came, and how the figures varied. At least one record.
void print_runs(const session::Catalogue& catalogue, std::span<const session::RunRecord> records,
                const session::Machine& machine, Language language, std::ostream& out);

// The command that repeats a run, with `more` behind it, and the machine that it was on.
void print_origin(const session::Catalogue& catalogue, const session::Config& config, const session::Machine& machine,
                  Language language, std::ostream& out, std::string_view more = {});

}  // namespace interleave::cli
