// What the page around the canvas asks for, by its form or by a page that embeds it: one JSON object for each.
#pragma once

#include <string>

#include "app/app.h"
#include "session/run_json.h"

namespace interleave::app {

// Returns "" or, in the app's language, what is wrong; then nothing was changed. The app is to be woken. The request
// is one of
//   {"configure": "workload=counter&threads=4"}   a whole configuration; what is not named has its default
//   {"set": {"threads": "4", "lock": "mutex"}}    some values of the one that is set; also workload, engine and preset
//   {"do": "run"}                                 or "stop", "reset", "share"
//   {"do": "forward", "thread": 1}                or "back": a simulated step, of the thread with that number in
//                                                 the state's "pending", or else of the one that the policy chooses
[[nodiscard]] std::string carry_out(App& app, const session::Json& request, const session::OtherKeys& others);

// The simulated run that is shown, a line for each step; "" where there is none.
[[nodiscard]] std::string transcript(const App& app, Language language);

}  // namespace interleave::app
