// Prints what the tests of the page know of the program without a page, as one object of JSON:
//   ends        what a run of each workload with its defaults may come to: {"counter": ["ok", "failure"], ...}
//   catalogue   what the page gets from the program
#include <cstdio>
#include <string>

#include "any_workload/invariants.h"
#include "app/form_json.h"
#include "engines/registry.h"
#include "session/catalogue.h"

int main() {
  using namespace interleave;
  session::Json ends = session::Json::object();
  for (const auto& [id, own] : test::all_invariants()) {
    for (const Verdict verdict : own.ends) ends[std::string(id)].push_back(key_of(verdict));
  }
  const session::Catalogue catalogue{engines::registry()};
  const session::Json out{{"ends", ends}, {"catalogue", session::Json::parse(app::page_catalogue(catalogue))}};
  std::puts(out.dump().c_str());
}
