// What the form beside the page's canvas takes from the program, so that it says and decides nothing a second time.
// web/mirror is the other side.
#pragma once

#include <string>

#include "session/catalogue.h"
#include "session/run_json.h"
#include "view/model.h"

namespace interleave::app {

// What catalogue_json says, and what form and canvas both say, in both languages: "texts" by the form's own names, and
// the "hint" of each engine.
[[nodiscard]] std::string page_catalogue(const session::Catalogue& catalogue);

// Adds to the state, of what is set:
//   unmet     why a parameter has no effect, by its key; those that have one are left out
//   presets   the keys of the presets whose values are set, and "" where these are the engine's defaults
void add_form(session::Json& state, const view::Model& model, Language language);

}  // namespace interleave::app
